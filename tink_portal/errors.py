"""Error pages. 500 and 503 are drawn without a database and without the request's context."""

from django.http import HttpResponse, HttpResponseForbidden
from django.template.loader import render_to_string

RETRY_AFTER_SECONDS = "60"


def server_error(request):
    return HttpResponse(render_to_string("500.html"), status=500)


def service_unavailable(request):
    response = HttpResponse(render_to_string("503.html"), status=503)
    response["Retry-After"] = RETRY_AFTER_SECONDS
    response["Cache-Control"] = "no-store"
    return response


def csrf_failure(request, reason=""):
    return HttpResponseForbidden(render_to_string("403.html", {"is_csrf": True}, request=request))
