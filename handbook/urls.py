from django.contrib import admin
from django.urls import path

from handbook.views import chapter_view, index_view, picture_view

app_name = "handbook"
urlpatterns = [
    path("", admin.site.admin_view(index_view), name="index"),
    path("bilder/<str:name>", admin.site.admin_view(picture_view), name="picture"),
    path("<slug:name>/", admin.site.admin_view(chapter_view), name="chapter"),
]
