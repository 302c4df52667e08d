from django.urls import path

from documents.views import DocumentFileView

app_name = "documents"
urlpatterns = [
    path("<uuid:uuid>/<slug:slug>.pdf", DocumentFileView.as_view(), name="file"),
]
