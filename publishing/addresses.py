"""From an address on our own site to the published page behind it."""

from typing import NamedTuple
from urllib.parse import urlsplit

from django.http import Http404
from django.urls import Resolver404, resolve

from publishing.models import PublishedContent
from publishing.views import ContentView

MAX_LENGTH = 500


class FoundPage(NamedTuple):
    """``path`` as stored, ``title`` as a resident reads it, ``content`` the row (None for a plain view)."""

    path: str
    title: str
    content: PublishedContent | None


def find_page(address):
    """The page that ``address`` names, as a FoundPage. Raises Http404 for everything else.

    Query and fragment are dropped. Anything that could lead out of the site, or that is not one of our
    public pages, is refused, and a draft cannot be told from a page that does not exist.
    """
    path, match, view_class = _resolve(address)
    if issubclass(view_class, ContentView):
        view = view_class(**match.func.view_initkwargs)
        view.setup(None, *match.args, **match.kwargs)
        content = view.get_object()
        return FoundPage(path, content.title, content)
    return FoundPage(path, str(view_class.page_title), None)


def find_gone_page(address):
    """The page that ``address`` could have named before it was unpublished. Raises Http404 like find_page.

    For a resident who had the page open: what they write is kept, and goes to the unit's mailbox.
    """
    path, _match, _view_class = _resolve(address)
    return FoundPage(path, path[:200], None)


def _resolve(address):
    """(path, match, view class) when the address leads to a public page's view; Http404 otherwise."""
    path = _own_path(address)
    try:
        match = resolve(path)
    except Resolver404 as error:
        raise Http404(path) from error
    view_class = getattr(match.func, "view_class", None)
    if view_class is None or not (
        issubclass(view_class, ContentView) or hasattr(view_class, "page_title")
    ):
        raise Http404(path)
    return path, match, view_class


def _own_path(address):
    address = str(address or "")
    if not address.startswith("/") or address.startswith("//") or len(address) > MAX_LENGTH:
        raise Http404("address")
    if "\\" in address or any(
        ord(character) < 32 or ord(character) == 127 for character in address
    ):
        raise Http404("address")
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise Http404("address") from error
    if parts.scheme or parts.netloc or "//" in parts.path:
        raise Http404("address")
    return parts.path
