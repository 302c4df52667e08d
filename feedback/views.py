"""The form, on a page of its own or in a dialog, and the receipt.

The form sets no cookie. Instead of a CSRF token it asks the browser where the post comes from
(``Sec-Fetch-Site``, else ``Origin``): the sender has no login that another site could misuse.
"""

import logging

from django.db import Error as DatabaseTrouble
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import DetailView

from feedback.forms import FeedbackForm
from feedback.limits import is_over_limit
from feedback.models import Feedback
from feedback.submit import submit
from publishing.addresses import find_gone_page, find_page

log = logging.getLogger("tink_portal")


class NeverStored:
    """Answers that hold what someone wrote are kept by no browser and no proxy."""

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex"
        return response


def comes_from_our_own_page(request):
    """Whether a browser says that the post comes from this site. Programs that say nothing may send."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is None or origin.partition("://")[2] == request.get_host()


@method_decorator(csrf_exempt, name="dispatch")
class FeedbackFormView(NeverStored, View):
    def get(self, request):
        found = find_page(request.GET.get("sida"))
        return self._show(FeedbackForm.fresh(found.path), found)

    def post(self, request):
        try:
            return self._receive(request)
        except DatabaseTrouble as error:
            log.error("feedback could not be stored: %s", type(error).__name__)
            return self._unavailable(request)

    def _receive(self, request):
        form = FeedbackForm(request.POST)
        found = self._page_of(request)
        if not comes_from_our_own_page(request):
            form.add_error(None, _("Skicka formuläret härifrån. Din text finns kvar."))
            return self._show(form, found, status=403)
        if not form.is_valid():
            return self._show(form, found)
        if is_over_limit(request) and not self._is_repeated(form):
            form.add_error(
                None,
                _("Du har skickat flera synpunkter på kort tid. Vänta en stund och försök igen."),
            )
            return self._show(form, found, status=429)
        feedback = submit(form, found, request)
        return redirect_after_post("feedback:receipt", reference=feedback.reference)

    def _page_of(self, request):
        """The page written about. One that was unpublished meanwhile keeps its address."""
        address = request.POST.get("sida")
        try:
            return find_page(address)
        except Http404:
            return find_gone_page(address)

    def _is_repeated(self, form):
        return Feedback.objects.filter(submission=form.submission()).exists()

    def _show(self, form, found, status=200):
        in_dialog = self.request.headers.get("X-Requested-With") == "dialog"
        template = "feedback/_form.html" if in_dialog else "feedback/feedback_form.html"
        response = render(self.request, template, {"form": form, "found": found}, status=status)
        if status == 429:
            response["Retry-After"] = "600"
        return response

    def _unavailable(self, request):
        """The form with everything in it, drawn without the database."""
        form = FeedbackForm(
            initial={name: request.POST.get(name, "") for name in FeedbackForm.base_fields}
        )
        response = HttpResponse(
            render_to_string("feedback/unavailable.html", {"form": form}), status=503
        )
        response["Retry-After"] = "60"
        return response


def redirect_after_post(to, **kwargs):
    """A 303: the receipt is fetched with GET, so reloading it sends nothing."""
    response = redirect(to, **kwargs)
    response.status_code = 303
    return response


class ReceiptView(NeverStored, DetailView):
    """What the sender may keep: the reference and what happens next. Nothing that was written."""

    model = Feedback
    template_name = "feedback/receipt.html"
    context_object_name = "feedback"

    def get_object(self, queryset=None):
        return get_object_or_404(Feedback, reference=self.kwargs["reference"])
