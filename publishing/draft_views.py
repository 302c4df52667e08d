"""The draft screens beside the form: versions, comparison, preview and restoring.

Each is called as ``view(request, admin, page)`` by ContentAdmin, which has asked for the right to see it.
"""

from copy import copy
from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import resolve
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from audit.log import Action, record
from publishing.compare import compare
from publishing.draft_forms import require_publishing_right
from publishing.drafts import bring_back, draft_of, overlay, save_draft, snapshot, unpublish
from publishing.models import Revision
from publishing.views import ContentView

VERSIONS_SHOWN = 100
DELETED_DAYS = 30


def versions_view(request, admin, page):
    """Every version: who, when, what; the newest first."""
    versions = Revision.objects.of(page).without_content()[:VERSIONS_SHOWN]
    return _screen(request, admin, page, "versions", _("Versioner"), versions=versions)


def compare_view(request, admin, page):
    """``?fran=3&till=5``: two versions beside each other; without ``till`` the live page."""
    before = _version(page, request.GET.get("fran"))
    after = _version(page, request.GET.get("till")) if request.GET.get("till") else None
    content = after.content if after else snapshot(page)
    return _screen(
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
    """The public page as it will look, drawn with the public view's own template. Nothing is written."""
    revision = draft_of(page)
    if request.GET.get("version"):
        revision = _version(page, request.GET["version"])
    if revision:
        overlay(page, revision)
        page.set_address()
    # The page as a resident gets it, addresses made from its own path included.
    public_request = copy(request)
    public_request.path = page.get_absolute_url() if page.has_address else "/"
    view = _public_view(public_request, page)
    prefetch_related_objects([page], *view.get_prefetches())
    response = TemplateResponse(
        public_request,
        view.get_template_names(),
        view.get_context_data(object=page),
    )
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _public_view(request, page):
    """The view that will show ``page``; one that has no address yet gets the view of its kind."""
    if page.has_address:
        match = resolve(page.get_absolute_url())
        view, arguments = match.func.view_class(**match.func.view_initkwargs), match.kwargs
    else:
        kinds = [kind for kind in _subclasses(ContentView) if kind.model is type(page)]
        view, arguments = kinds[0](), {}
    view.setup(request, **arguments)
    view.object = page
    return view


def _subclasses(kind):
    for subclass in kind.__subclasses__():
        yield subclass
        yield from _subclasses(subclass)


def restore_view(request, admin, page):
    """Make an older version the new draft. The live page stays as it is."""
    if request.method != "POST" or not admin.has_change_permission(request, page):
        raise PermissionDenied
    old = _version(page, request.POST.get("version"))
    newest = Revision.objects.of(page).values_list("number", flat=True).first() or 0
    note = _("Återställd från version %(number)d") % {"number": old.number}
    save_draft(page, old.content, newest + 1, request.user, note=note)
    admin.log_change(request, page, note)
    record(request.user, Action.RESTORED, page)
    messages.success(
        request, _("Den gamla versionen är nu ett utkast. Läs igenom det och publicera.")
    )
    return HttpResponseRedirect(admin._url("change", page.pk))


def unpublish_view(request, admin, page):
    """Take the page off the website at once."""
    if request.method != "POST":
        raise PermissionDenied
    require_publishing_right(request, admin, page)
    unpublish(page, request.user)
    admin.log_change(request, page, _("Avpublicerad"))
    messages.success(request, _("Sidan syns inte längre på webbplatsen."))
    return HttpResponseRedirect(admin._url("change", page.pk))


def deleted_view(request, admin):
    """Pages deleted lately, each with a button that brings it back as a draft."""
    since = timezone.now() - timedelta(days=DELETED_DAYS)
    gone = Revision.objects.of_deleted(admin.model, since)
    if request.method == "POST":
        revision = get_object_or_404(gone, pk=_number(request.POST.get("revision")))
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


def _number(text):
    """``text`` as a number that something may have; -1, which nothing has, for anything else."""
    return int(text) if str(text).isdecimal() and len(text) < 10 else -1


def _version(page, number):
    return get_object_or_404(Revision.objects.of(page), number=_number(number))


def _screen(request, admin, page, name, title, **context):
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
