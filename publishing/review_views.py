"""The button "Granskad – fortfarande aktuell", on the change form and on "Mina uppgifter"."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from publishing.reviews import mark_reviewed


def may_review(request, admin, page):
    """Whoever publishes pages of this kind, and those who answer for this one."""
    if not admin.has_change_permission(request, page):
        return False
    if admin.has_publish_permission(request, page):
        return True
    live = type(page)._base_manager.get(pk=page.pk)
    person = getattr(request.user, "person", None)
    return person is not None and person.pk in {live.responsible_id, live.deputy_id}


def review_view(request, admin, page):
    """Called by ContentAdmin as its other side views; ``next`` says where the button stood."""
    if request.method != "POST" or not may_review(request, admin, page):
        raise PermissionDenied
    if not page.is_published:
        messages.error(request, _("Bara en sida som syns på webbplatsen kan granskas."))
    else:
        _review(request, page)
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = admin._url("change", page.pk)
    return HttpResponseRedirect(back)


def _review(request, page):
    try:
        mark_reviewed(page, request.user, _chosen_date(request.POST.get("review_on", "")))
    except ValidationError as error:
        messages.error(
            request, _("Granskningen är inte sparad. %(why)s") % {"why": error.messages[0]}
        )
    else:
        sentence = _("”%(page)s” är granskad.") % {"page": page}
        if page.review_on:
            sentence += " " + _("Nästa gång: %(date)s.") % {"date": date_format(page.review_on)}
        messages.success(request, sentence)


def _chosen_date(text):
    """The date in ``text``; None when nothing is chosen."""
    if not text:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise ValidationError(_("Skriv datumet som 2026-12-31."))
    return day
