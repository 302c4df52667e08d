"""Tell an editor why something that is used was not deleted, whichever screen tried."""

from django.contrib import messages
from django.http import HttpResponseRedirect

from publishing.usage import InUse


class InUseMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, InUse):
            return None
        messages.error(request, str(exception))
        if request.path.endswith("/delete/"):
            return HttpResponseRedirect(request.path.removesuffix("delete/") + "change/")
        return HttpResponseRedirect(request.path)
