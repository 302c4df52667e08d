from django.urls import re_path

from pictures.views import PictureFileView

app_name = "pictures"
urlpatterns = [
    re_path(
        r"^(?P<name>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\.(?:jpg|png|webp)|-[1-9][0-9]{2,3}\.webp))$",
        PictureFileView.as_view(),
        name="file",
    ),
]
