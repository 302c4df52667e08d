from django.urls import re_path

from pages.views import PageView

app_name = "pages"
urlpatterns = [
    re_path(r"^(?P<path>[a-z0-9-]+(?:/[a-z0-9-]+)*)/$", PageView.as_view(), name="page"),
]
