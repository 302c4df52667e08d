"""The screens beside the start page. Each is wrapped in the admin's own check that staff are logged in."""

from datetime import timedelta

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from post_office.models import STATUS, Log

from tasks import planned as planning
from tasks.fact_sources import unsent_mail
from tasks.forms import HandoverForm
from tasks.handover import ChangedMeanwhile, Handover, may_close_account
from tasks.sources import GROUPS
from tasks.start import viewer_of
from tasks.task import Viewer

ON_ONE_PAGE = 50


def _screen(request, template, title, **context):
    context = {**admin.site.each_context(request), "title": title, **context}
    return TemplateResponse(request, f"tasks/{template}.html", context)


def group(request, slug):
    """All tasks of one heading, for the link "Visa alla"."""
    chosen = next((group for group in GROUPS if group.slug == slug), None)
    if chosen is None:
        raise Http404
    viewer = viewer_of(request)
    pages = Paginator(chosen.tasks(viewer), ON_ONE_PAGE)
    return _screen(
        request,
        "group",
        chosen.title,
        page=pages.get_page(request.GET.get("sida")),
        viewer=viewer,
    )


def planned(request):
    """What happens by itself, as a list from today or as a month: ?vy=manad&manad=2026-12&granskning=ja."""
    viewer = Viewer(request.user)
    if not viewer.editable:
        raise PermissionDenied
    with_reviews = request.GET.get("granskning") == "ja"
    month = planning.month_of(request.GET.get("manad"))
    context = {
        "is_month": request.GET.get("vy") == "manad",
        "with_reviews": with_reviews,
        "month": month,
        "refused": planning.refused(viewer.editable),
    }
    if context["is_month"]:
        context |= planning.month_table(month, viewer.editable, with_reviews)
        context["before"], context["after"] = planning.neighbours(month)
    else:
        today = timezone.localdate()
        last = today + timedelta(days=planning.DAYS_AHEAD)
        found = planning.happenings(viewer.editable, today, last, with_reviews)
        context["days"] = planning.by_day(found)
    return _screen(request, "planned", _("Planerat"), **context)


def handover(request):
    """First what would move, then moving it: the second post carries a fingerprint of what was shown."""
    if not request.user.has_perm("tasks.hand_over"):
        raise PermissionDenied
    form = HandoverForm(request.POST or None, initial={"leaver": request.GET.get("vem")})
    context = {"form": form}
    if form.is_valid():
        found = Handover(**form.cleaned_data)
        if "fingerprint" in request.POST and _carry_out(request, found):
            return HttpResponseRedirect(reverse("admin:index"))
        found = Handover(**form.cleaned_data)
        context |= {
            "handover": found,
            "cases": found.open_cases.count(),
            "closes_account": may_close_account(request.user, found.leaver),
        }
    return _screen(request, "handover", _("Överlämning"), **context)


def _carry_out(request, found):
    """Whether it was done."""
    try:
        found.carry_out(request.user, request.POST["fingerprint"])
    except ChangedMeanwhile:
        sentence = _("Något har ändrats sedan du såg listan. Läs den igen. Inget är flyttat än.")
        messages.warning(request, sentence)
        return False
    sentence = _("%(leaver)s är överlämnad till %(person)s.")
    names = {"leaver": found.leaver, "person": found.responsible}
    messages.success(request, sentence % names)
    return True


def mail(request):
    """Mail that has not left: when and why, never to whom or what it says. The button tries again."""
    if not request.user.has_perm("tasks.resend_mail"):
        raise PermissionDenied
    if request.method == "POST":
        number = unsent_mail().update(
            status=STATUS.queued, scheduled_time=None, number_of_retries=None
        )
        sentence = ngettext("%(n)d mejl försöker igen.", "%(n)d mejl försöker igen.", number)
        messages.success(request, sentence % {"n": number})
        return HttpResponseRedirect(reverse("tasks:mail"))
    latest = Log.objects.filter(email=OuterRef("pk")).order_by("-pk")
    rows = unsent_mail().annotate(error=Subquery(latest.values("exception_type")[:1]))
    pages = Paginator(
        rows.order_by("created", "pk").values("created", "status", "number_of_retries", "error"),
        ON_ONE_PAGE,
    )
    page = pages.get_page(request.GET.get("sida"))
    return _screen(
        request, "mail", _("Mejl som inte har skickats"), page=page, failed=STATUS.failed
    )
