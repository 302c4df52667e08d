from django.urls import path

from publishing.share_views import shared_view

app_name = "publishing"
urlpatterns = [path("granska-utkast/<str:token>/", shared_view, name="shared")]
