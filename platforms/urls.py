from django.urls import path

from platforms.views import LocalAreaGroupView, PlatformView

app_name = "platforms"
urlpatterns = [
    path("lokala-omradesgrupper/<slug:slug>/", LocalAreaGroupView.as_view(), name="group"),
    path("<slug:slug>/", PlatformView.as_view(), name="detail"),
]
