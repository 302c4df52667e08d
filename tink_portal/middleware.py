"""What every answer carries, and what a resident sees when the database does not answer."""

import logging

from django.http import HttpResponseNotAllowed
from django.template.loader import render_to_string

from tink_portal.errors import DATABASE_DOWN, service_unavailable

log = logging.getLogger("tink_portal")

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


class CommonHeadersMiddleware:
    """Permissions-Policy on every answer, and a readable page for a refused method."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            response.content = render_to_string("405.html", request=request)
        response["Permissions-Policy"] = PERMISSIONS
        return response


class DatabaseDownMiddleware:
    """Answer 503 with a page that needs no database when the database cannot be reached or is locked."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, DATABASE_DOWN):
            log.error("database unavailable: %s", type(exception).__name__)
            return service_unavailable(request)
        return None
