"""The draft screens beside the form: versions, comparison, preview and restoring.

Each is called as ``view(request, admin, page)`` by ContentAdmin, which has asked for the right to see it.
"""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.log import Action, record
from publishing.compare import compare
from publishing.drafts import SavedMeanwhile, bring_back, draft_of, save_draft
from publishing.models import Revision
from publishing.preview import draw, let_ourselves_frame
from publishing.snapshots import snapshot

VERSIONS_SHOWN = 100
DELETED_DAYS = 30


def versions_view(request, admin, page):
    """Every version: who, when, what; the newest first."""
    versions = Revision.objects.of(page).without_content()[:VERSIONS_SHOWN]
    return screen(request, admin, page, "versions", _("Versioner"), versions=versions)


def compare_view(request, admin, page):
    """``?fran=3&till=5``: two versions beside each other; without ``till`` the live page."""
    before = _version(page, request.GET.get("fran"))
    after = _version(page, request.GET.get("till")) if request.GET.get("till") else None
    content = after.content if after else snapshot(page)
    return screen(
        request,
        admin,
        page,
        "compare",
        _("Jämför versioner"),
        before_number=str(before.number),
        after_number=str(after.number) if after else "",
        differences=compare(type(page), before.content, content),
    )


def preview_view(request, admin, page):
    """The public page as it will look. Nothing is written."""
    revision = draft_of(page)
    if request.GET.get("version"):
        revision = _version(page, request.GET["version"])
    return let_ourselves_frame(draw(request, page, revision))


def restore_view(request, admin, page):
    """Make an older version the new draft. The live page stays as it is."""
    if request.method != "POST" or not admin.has_change_permission(request, page):
        raise PermissionDenied
    old = _version(page, request.POST.get("version"))
    newest = Revision.objects.of(page).values_list("number", flat=True).first() or 0
    note = _("Återställd från version %(number)d") % {"number": old.number}
    try:
        save_draft(
            page, old.content, newest + 1, request.user, note=note, check_reason=old.check_reason
        )
    except SavedMeanwhile:
        messages.error(
            request,
            _(
                "Någon annan sparade sidan just nu. Ingenting är återställt. Se efter och försök igen."
            ),
        )
        return HttpResponseRedirect(admin._url("versions", page.pk))
    admin.log_change(request, page, note)
    record(request.user, Action.RESTORED, page)
    messages.success(
        request, _("Den gamla versionen är nu ett utkast. Läs igenom det och publicera.")
    )
    return HttpResponseRedirect(admin._url("change", page.pk))


def deleted_view(request, admin):
    """Pages deleted lately, each with a button that brings it back as a draft."""
    since = timezone.now() - timedelta(days=DELETED_DAYS)
    gone = Revision.objects.of_deleted(admin.model, since)
    if request.method == "POST":
        revision = get_object_or_404(gone, pk=number(request.POST.get("revision")))
        page = bring_back(revision, request.user)
        admin.log_addition(request, page, _("Tillbaka från borttagna"))
        messages.success(request, _("Sidan är tillbaka som utkast. Läs igenom den och publicera."))
        return HttpResponseRedirect(admin._url("change", page.pk))
    context = {
        **admin.admin_site.each_context(request),
        "title": _("Borttagna"),
        "opts": admin.opts,
        "versions": gone.without_content(),
        "days": DELETED_DAYS,
    }
    return TemplateResponse(request, "admin/content_deleted.html", context)


def number(text):
    """``text`` as a number that something may have; -1, which nothing has, for anything else."""
    return int(text) if str(text).isdecimal() and len(text) < 10 else -1


def _version(page, text):
    return get_object_or_404(Revision.objects.of(page), number=number(text))


def screen(request, admin, page, name, title, **context):
    context = {
        **admin.admin_site.each_context(request),
        "title": title,
        "subtitle": str(page),
        "opts": admin.opts,
        "original": page,
        "may_change": admin.has_change_permission(request, page),
        **context,
    }
    return TemplateResponse(request, f"admin/content_{name}.html", context)
