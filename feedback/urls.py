from django.urls import path, re_path

from feedback.models import REFERENCE_ALPHABET, REFERENCE_LENGTH
from feedback.views import FeedbackFormView, ReceiptView

app_name = "feedback"
urlpatterns = [
    path("", FeedbackFormView.as_view(), name="form"),
    re_path(
        rf"^tack/(?P<reference>[{REFERENCE_ALPHABET}]{{{REFERENCE_LENGTH}}})/$",
        ReceiptView.as_view(),
        name="receipt",
    ),
]
