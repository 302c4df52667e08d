"""Whether a link to our own website leads to something that residents can read. Nothing leaves the machine.

The address is resolved and its view called, as for a resident without an account, so that pages, pictures,
documents, search and forms are all judged by what they answer.
"""

import logging
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.redirects.models import Redirect
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpRequest, QueryDict
from django.urls import Resolver404, resolve

from organisation.models import PHONE
from publishing.references import SCHEMES, model_of, target_of
from publishing.views import ContentView

log = logging.getLogger("tink_portal")
MOST_REDIRECTS = 5


class Verdict(NamedTuple):
    """``reason`` is a key of links.sentences and "" for a link that works; ``moved_to`` its new address."""

    reason: str = ""
    moved_to: str = ""
    code: int | None = None


OK = Verdict()


def judge(url):
    """The Verdict on a link to our own website or to a mailbox or telephone."""
    scheme, _colon, rest = url.partition(":")
    if scheme in SCHEMES:
        return judge_reference(url)
    if scheme == "mailto":
        return _judge_value(validate_email, unquote(rest.partition("?")[0]), "mail")
    if scheme == "tel":
        return _judge_value(PHONE, rest, "phone")
    return judge_address(url)


def _judge_value(validator, value, reason):
    try:
        validator(value)
    except ValidationError:
        return Verdict(reason)
    return OK


def judge_reference(url):
    """A choice made in the editor: the row must be there and be shown to residents."""
    reference, mark, fragment = url.partition("#")
    label, pk = target_of(reference) or ("", None)
    model = model_of(label)
    row = model._base_manager.filter(pk=pk).first() if model else None
    if row is None:
        return Verdict("reference")
    if not getattr(row, "is_published", True):
        return Verdict("not_published")
    return judge_address(f"{row.get_absolute_url()}#{fragment}") if mark else OK


def judge_address(url):
    try:
        parts = urlsplit(url)
    except ValueError:
        return Verdict("malformed")
    path, query, moved_to = unquote(parts.path) or "/", parts.query, ""
    for _step in range(MOST_REDIRECTS):
        verdict, response, target = _ask(path, query)
        if target and not _is_inner(target):
            return Verdict("moved", target)
        if not target:
            break
        moved_to = target
        path, _mark, query = target.partition("#")[0].partition("?")
    else:
        return Verdict("loop", code=310)
    if verdict.reason:
        return verdict
    if parts.fragment and unquote(parts.fragment) not in _ids(response):
        return Verdict("fragment")
    if moved_to:
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        return Verdict("moved", moved_to + fragment)
    return OK


def _is_inner(target):
    return target.startswith("/") and not target.startswith("//")


def _ask(path, query):
    """(Verdict, response, address that it leads on to) as the website's own order has it."""
    if path.startswith("/admin/"):
        return Verdict("admin"), None, ""
    if path.startswith(settings.STATIC_URL):
        return _judge_file(path.removeprefix(settings.STATIC_URL)), None, ""
    try:
        match = resolve(path)
    except Resolver404:
        return _not_resolved(path, query)
    try:
        response = match.func(_resident_request(path, query), *match.args, **match.kwargs)
        _close_file(response)
    except Http404:
        if target := _redirect(path, query):
            return OK, None, target
        return Verdict(_why_missing(match, path), code=404), None, ""
    except Exception as error:
        log.error("a linked page could not be shown: %s", type(error).__name__)
        return Verdict("error", code=500), None, ""
    if 300 <= response.status_code < 400:
        return OK, None, response["Location"]
    if response.status_code >= 400:
        return Verdict("missing", code=response.status_code), None, ""
    return OK, response, ""


def _not_resolved(path, query):
    """No page can have the address; perhaps an old address, or one without its last slash."""
    if target := _redirect(path, query):
        return OK, None, target
    if not path.endswith("/"):
        try:
            resolve(f"{path}/")
        except Resolver404:
            return Verdict("missing", code=404), None, ""
        return OK, None, f"{path}/{'?' if query else ''}{query}"
    return Verdict("missing", code=404), None, ""


def _resident_request(path, query):
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", path, path
    request.GET = QueryDict(query)
    request.META = {"SERVER_NAME": settings.ALLOWED_HOSTS[0], "SERVER_PORT": "443"}
    request.META |= {"REMOTE_ADDR": "127.0.0.1", "QUERY_STRING": query}
    request.user = AnonymousUser()
    request.csp_nonce = ""
    return request


def _close_file(response):
    """Only the file: ``response.close()`` would say that a request has ended, and close the database."""
    if file := getattr(response, "file_to_stream", None):
        file.close()


def _redirect(path, query):
    """Where an old address leads; "" when it leads nowhere."""
    full = f"{path}?{query}" if query else path
    wanted = [full, f"{path}/"]
    rows = Redirect.objects.filter(site_id=settings.SITE_ID, old_path__in=wanted)
    found = dict(rows.values_list("old_path", "new_path"))
    return next((found[old] for old in wanted if found.get(old)), "")


def _why_missing(match, path):
    """Whether there is a page that is only not published."""
    view_class = getattr(match.func, "view_class", None)
    if view_class is None or not issubclass(view_class, ContentView):
        return "missing"
    slug = path.rstrip("/").rpartition("/")[2]
    rows = view_class.model._base_manager.filter(slug=slug)
    there = any(row.has_address and row.get_absolute_url() == path for row in rows)
    return "not_published" if there else "missing"


def _judge_file(name):
    exists = finders.find(name) or staticfiles_storage.exists(name)
    return OK if exists else Verdict("missing", code=404)


class _Ids(HTMLParser):
    def __init__(self):
        super().__init__()
        self.ids = set()

    def handle_starttag(self, tag, attrs):
        self.ids.update(value for name, value in attrs if name == "id" and value)


def _ids(response):
    """The places on the page that a link can name after #. "top" is every page's beginning."""
    if response is None or response.streaming:
        return {"top"}
    if hasattr(response, "render"):
        response.render()
    parser = _Ids()
    parser.feed(response.content.decode())
    return parser.ids | {"top"}
