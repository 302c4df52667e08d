"""What a text points at: our own pages, documents and pictures, stored as references that survive a move.

``sida:<app_label>.<model>:<pk>`` and ``dokument:<pk>`` stand where a link has its address, ``bild:<pk>``
where a picture has its source. A reference becomes an address when a page is shown, and never before.
"""

import re
from functools import cached_property
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.http import Http404
from django.template.loader import render_to_string
from django.utils.html import escape, format_html, strip_tags
from django.utils.translation import gettext as _

KEY = r"[1-9][0-9]{0,17}"
LINK_REFERENCE = re.compile(rf"(?:sida:(?P<label>[a-z_]+\.[a-z]+)|dokument):(?P<pk>{KEY})")
PICTURE_REFERENCE = re.compile(rf"bild:(?P<pk>{KEY})")
SCHEMES = {"sida", "dokument", "bild"}
DOCUMENT = "documents.document"
PICTURE = "pictures.picture"

# These read what sanitise has written: attributes in double quotes, no link inside a link.
LINK = re.compile(r'<a\b[^>]*?\shref="((?:sida|dokument):[^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
IMAGE = re.compile(r'<img\b[^>]*?\ssrc="(bild:[^"]*)"[^>]*>')
ADDRESS = re.compile(r'(<a\b[^>]*?\shref=")([^"]*)(")')
TABLE = re.compile(r"<table\b[^>]*>(?:\s*<caption\b[^>]*>(.*?)</caption>)?", re.DOTALL)


def is_link_reference(value):
    return bool(LINK_REFERENCE.fullmatch(value))


def is_picture_reference(value):
    return bool(PICTURE_REFERENCE.fullmatch(value))


def reference_to(row):
    """The reference to a page or a document."""
    label = row._meta.label_lower
    return f"dokument:{row.pk}" if label == DOCUMENT else f"sida:{label}:{row.pk}"


def target_of(reference):
    """(label of the model, key) that ``reference`` names; None when it is not well-formed."""
    if match := PICTURE_REFERENCE.fullmatch(reference):
        return PICTURE, int(match["pk"])
    if match := LINK_REFERENCE.fullmatch(reference):
        return match["label"] or DOCUMENT, int(match["pk"])
    return None


def model_of(label):
    """The model that references of this label may lead to; None for any other."""
    from publishing.models import content_models

    allowed = {model._meta.label_lower: model for model in content_models()}
    if label in {DOCUMENT, PICTURE}:
        try:
            return apps.get_model(label)
        except LookupError:
            return None
    return allowed.get(label)


def references_in(html):
    """Every well-formed (label, key) in ``html``."""
    found = {reference for reference, _words in LINK.findall(html)} | set(IMAGE.findall(html))
    return {target_of(reference) for reference in found} - {None}


class References:
    """What the references in several texts lead to, asked for once: one query for each kind of target.

    ``texts`` is a callable that gives the texts of a whole page, called when the first reference is met.
    Nothing is asked where there are none.
    """

    def __init__(self, texts=tuple):
        self.texts = texts
        self.known = {}

    @classmethod
    def of_page(cls, page):
        return cls(lambda: rich_texts(page))

    @cached_property
    def _all_on_the_page(self):
        return {target for html in self.texts() for target in references_in(html)}

    def find(self, reference):
        """The page, document or picture; None when a resident may not see it."""
        return self.known.get(target_of(reference))

    def learn(self, html):
        wanted = references_in(html) - self.known.keys()
        if not wanted:
            return
        wanted |= self._all_on_the_page - self.known.keys()
        self.known |= dict.fromkeys(wanted)
        for label in sorted({label for label, _key in wanted}):
            keys = {key for name, key in wanted if name == label}
            self.known |= {(label, row.pk): row for row in _visible(label, keys)}

    def show(self, html):
        """``html`` for a resident: addresses for references, figures for pictures, tables that scroll."""
        self.learn(html)
        html = LINK.sub(self._link, html)
        html = IMAGE.sub(self._figure, html)
        return TABLE.sub(_scrolling, html).replace("</table>", "</table></div>")

    def _link(self, match):
        row, words = self.find(match[1]), match[2]
        return f'<a href="{escape(row.get_absolute_url())}">{words}</a>' if row else words

    def _figure(self, match):
        picture = self.find(match[1])
        if picture is None:
            return ""
        inside = render_to_string("components/picture.html", {"picture": picture, "lazy": True})
        return format_html('<figure class="figure figure--text">{}</figure>', inside)


def _visible(label, keys):
    """The rows of one kind that residents may see."""
    model = model_of(label)
    if model is None:
        return []
    rows = model._default_manager.filter(pk__in=keys)
    for narrower in ("published", "usable"):
        if hasattr(rows, narrower):
            rows = getattr(rows, narrower)()
    return rows


def _scrolling(match):
    """A wide table scrolls by itself, by finger and by arrow keys, and says what it is."""
    name = strip_tags(match[1]) if match[1] else escape(_("Tabell"))
    region = f'<div class="table-scroll" role="region" tabindex="0" aria-label="{name}">'
    return region + match[0]


def rich_texts(page):
    """Every rich text that belongs to ``page``, its own rows' included."""
    rows = [page]
    for name in page.owned:
        if _rich_columns(page._meta.get_field(name).related_model):
            rows += getattr(page, name).all()
    return [getattr(row, column) or "" for row in rows for column in _rich_columns(type(row))]


def _rich_columns(model):
    from publishing.richtext import RichTextField

    return [f.attname for f in model._meta.concrete_fields if isinstance(f, RichTextField)]


# --- From addresses to references -----------------------------------------------------------------


def with_references(html):
    """``html`` with references for the addresses of our own published pages."""
    found = {}

    def replace(match):
        address = match[2]
        if address not in found:
            found[address] = _reference_for(address)
        return match[1] + (found[address] or address) + match[3]

    return ADDRESS.sub(replace, html)


def _reference_for(address):
    """None for an address that is not simply that of a published page of ours."""
    from publishing.addresses import find_page

    try:
        parts = urlsplit(address)
        port_free = parts.hostname
    except ValueError:
        return None
    if parts.query or parts.fragment or (parts.netloc and not _is_our_own(parts, port_free)):
        return None
    try:
        page = find_page(parts.path or ("/" if parts.netloc else ""))
    except Http404:
        return None
    return reference_to(page.content) if page.content is not None else None


def _is_our_own(parts, host):
    own = {urlsplit(settings.SITE_URL).hostname, *settings.ALLOWED_HOSTS}
    return parts.scheme in {"http", "https"} and host in own
