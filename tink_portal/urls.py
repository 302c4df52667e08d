"""The addresses of the whole site. Paths are Swedish, names are English; the page tree comes last."""

from django.contrib import admin
from django.urls import include, path

from tink_portal.views import HealthView, RobotsView, StartView

handler500 = "tink_portal.errors.server_error"

urlpatterns = [
    path("", StartView.as_view(), name="start"),
    path("samverkan/", include("platforms.urls")),
    path("nyheter/", include("news.urls")),
    path("sok/", include("search.urls")),
    path("tyck-till/", include("feedback.urls")),
    path("bildfil/", include("pictures.urls")),
    path("dokument/", include("documents.urls")),
    path("admin/handbok/", include("handbook.urls")),
    path("admin/", include("tasks.urls")),
    path("admin/", admin.site.urls),
    path("halsa/", HealthView.as_view(), name="health"),
    path("robots.txt", RobotsView.as_view(), name="robots"),
    path("", include("publishing.urls")),
    path("", include("activities.urls")),
    path("", include("pages.urls")),
]
