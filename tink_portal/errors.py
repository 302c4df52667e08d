"""Error pages. 500 and 503 are drawn without a database and without the request's context."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, HttpResponseForbidden
from django.template.loader import render_to_string

RETRY_AFTER_SECONDS = "60"
#: What is raised when the database cannot be reached, is locked or is full.
DATABASE_DOWN = (OperationalError, InterfaceError)


def server_error(request):
    """Also reached when another error page could not ask the database: a 404 while it is down is a 503."""
    if isinstance(sys.exc_info()[1], DATABASE_DOWN):
        return service_unavailable(request)
    return HttpResponse(render_to_string("500.html"), status=500)


def service_unavailable(request):
    response = HttpResponse(render_to_string("503.html"), status=503)
    response["Retry-After"] = RETRY_AFTER_SECONDS
    response["Cache-Control"] = "no-store"
    return response


def csrf_failure(request, reason=""):
    return HttpResponseForbidden(render_to_string("403.html", {"is_csrf": True}, request=request))
