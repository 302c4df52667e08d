"""Draw a page as publishing a version would make it, with the public view's own template."""

from copy import copy

from csp.constants import SELF
from django.db.models import prefetch_related_objects
from django.template.response import TemplateResponse
from django.urls import resolve
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from publishing.drafts import content_changed
from publishing.snapshots import overlay, snapshot
from publishing.views import ContentView


def draw(request, page, revision, **context):
    """The answer with ``page`` as ``revision`` has it (None: as it is). Nothing is written."""
    if revision:
        lay_over(page, revision)
    # The page as a resident gets it, addresses made from its own path included.
    public_request = copy(request)
    public_request.path = page.get_absolute_url() if page.has_address else "/"
    view = _public_view(public_request, page)
    prefetch_related_objects([page], *view.get_prefetches())
    response = TemplateResponse(
        public_request,
        view.get_template_names(),
        view.get_context_data(object=page) | context,
    )
    return keep_out_of_sight(response)


def keep_out_of_sight(response):
    """Neither stored, nor indexed, nor told to the page that somebody goes on to."""
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response


def let_ourselves_frame(response):
    """The preview, and nothing else of ours, may stand in a frame of our own."""
    response._csp_replace = {"frame-ancestors": [SELF]}
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


def lay_over(page, revision):
    """Make ``page`` in memory what publishing ``revision`` would make it, its address and date included."""
    before = snapshot(page)
    overlay(page, revision)
    page.set_address()
    if not revision.is_minor and content_changed(type(page), before, snapshot(page)):
        page.content_changed_on = timezone.localdate()
    if revision.is_note_public and revision.note and not revision.published_at:
        page.coming_note = {"note": revision.note, "published_at": timezone.now()}


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
