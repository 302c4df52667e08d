from django.urls import re_path

from pictures.views import PictureFileView

app_name = "pictures"
urlpatterns = [
    re_path(
        r"^(?P<name>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.(?:jpg|png|webp))$",
        PictureFileView.as_view(),
        name="file",
    ),
]
