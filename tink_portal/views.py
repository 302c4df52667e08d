"""The start page and what machines ask for."""

from django.db import connection
from django.http import HttpResponse
from django.views import View

from pages.views import PageView


class StartView(PageView):
    """The start page: the page at "/" in its own template."""

    template_name = "tink_portal/start.html"


class HealthView(View):
    """For a proxy or a watchdog: 200 when the database answers, otherwise the 503 page."""

    def get(self, request):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


class RobotsView(View):
    def get(self, request):
        lines = [
            "User-agent: *",
            "Disallow: /admin/",
            "Disallow: /sok/",
            "Disallow: /tyck-till/",
            "",
        ]
        return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
