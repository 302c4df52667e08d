"""Find every link in the content and write down where it stands.

Generic over the models: rich text and URL fields of every kind of page, of the rows it owns, and of plain
models. What nobody can read (unpublished pages) is left out; what waits in a draft is marked as such.
"""

from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.translation import gettext as _

from links.models import Link, LinkPlace
from publishing.drafts import owned_relation
from publishing.models import Revision, content_models
from publishing.references import SCHEMES
from publishing.richtext import RichTextField

LONGEST = 2000
CONTACT = ("mailto", "tel")


class Found(NamedTuple):
    """One link in one place."""

    url: str
    page: models.Model
    field: str
    anchor: str
    text: str
    is_draft: bool = False


def rebuild():
    """Write down all links anew: new ones unchecked, gone ones deleted. One short transaction."""
    found = [*in_published(), *in_plain_rows()]
    seen = {(place.url, type(place.page), place.page.pk) for place in found}
    found += [p for p in in_drafts() if (p.url, type(p.page), p.page.pk) not in seen]
    with transaction.atomic():
        known = {link.url: link for link in Link.objects.all()}
        Link.objects.filter(pk__in=[known[url].pk for url in known.keys() - _urls(found)]).delete()
        new = [_new_link(url) for url in sorted(_urls(found) - known.keys())]
        known |= {link.url: link for link in Link.objects.bulk_create(new)}
        LinkPlace.objects.all().delete()
        LinkPlace.objects.bulk_create((_place(known[p.url], p) for p in found), batch_size=500)


def _urls(found):
    return {place.url for place in found}


def _new_link(url):
    kind = kind_of(url)
    host = urlsplit(url).netloc[:255].lower() if kind == Link.Kind.OUTER else ""
    return Link(url=url, kind=kind, host=host)


def _place(link, found):
    return LinkPlace(
        link=link,
        content_type=ContentType.objects.get_for_model(found.page),
        object_id=found.page.pk,
        title=str(found.page)[:250],
        field=found.field[:250],
        anchor=found.anchor[:80],
        text=found.text[:250],
        is_draft=found.is_draft,
    )


# --- Where to look --------------------------------------------------------------------------------


def link_fields(model):
    return [
        f for f in model._meta.concrete_fields if isinstance(f, RichTextField | models.URLField)
    ]


def _owned(model):
    """(name, relation) of the rows that belong to a page of ``model`` and can hold a link."""
    for name in model.owned:
        relation = owned_relation(model, name)
        if link_fields(relation.related_model):
            yield name, relation


def in_published():
    for model in content_models():
        owned = list(_owned(model))
        pages = model.objects.published().prefetch_related(*(name for name, _relation in owned))
        for page in pages:
            yield from _in_row(page, page, link_fields(model))
            for name, relation in owned:
                fields = link_fields(relation.related_model)
                for number, row in enumerate(getattr(page, name).all()):
                    yield from _in_row(page, row, fields, str(row), f"{name}-{number}")


def in_plain_rows():
    """Facts without a page: partners, help lines … Where a model knows what is published, only that."""
    pages = set(content_models())
    owned = {relation.related_model for page in pages for _name, relation in _owned(page)}
    for model in apps.get_models():
        fields = link_fields(model)
        if not fields or model in pages | owned or model._meta.app_label not in settings.LOCAL_APPS:
            continue
        rows = model._default_manager.all()
        for row in rows.published() if hasattr(rows, "published") else rows:
            yield from _in_row(row, row, fields)


def _in_row(page, row, fields, row_name="", anchor=""):
    for field in fields:
        label = str(field.verbose_name).capitalize()
        label = f"{row_name}: {label.lower()}" if row_name else label
        value = getattr(row, field.attname)
        for url, text in links_in(field, value, page):
            yield Found(url, page, label, anchor or f"id_{field.name}", text)


def in_drafts():
    """The inner links of the newest version of every page, when it is not published."""
    drafts = Revision.objects.drafts()
    for model in content_models():
        kind = ContentType.objects.get_for_model(model)
        of_model = {draft.object_id: draft for draft in drafts.filter(content_type=kind)}
        for page in model._base_manager.filter(pk__in=of_model):
            for place in _in_draft(page, of_model[page.pk].content):
                if kind_of(place.url) != Link.Kind.OUTER:
                    yield place._replace(is_draft=True)


def _in_draft(page, content):
    parts = [("", page._meta.model, content["fields"], "")]
    for name, relation in _owned(type(page)):
        for number, row in enumerate(content["rows"].get(name, [])):
            heading = row["fields"].get("heading") or relation.related_model._meta.verbose_name
            parts.append((str(heading), relation.related_model, row["fields"], f"{name}-{number}"))
    for row_name, model, values, anchor in parts:
        row = model(**{f.attname: values.get(f.name) or "" for f in link_fields(model)})
        yield from _in_row(page, row, link_fields(model), row_name, anchor)


# --- What a link is -------------------------------------------------------------------------------


class _Anchors(HTMLParser):
    """Collects (href, words) of every link."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found, self.open = [], None

    def handle_starttag(self, tag, attrs):
        href = dict(attrs).get("href")
        if tag == "a" and href is not None:
            self.open = [href, ""]
            self.found.append(self.open)

    def handle_data(self, data):
        if self.open:
            self.open[1] += data

    def handle_endtag(self, tag):
        if tag == "a":
            self.open = None


def links_in(field, value, page):
    """(address, words) of the links in ``value``; relative addresses become whole."""
    if not value:
        return []
    if not isinstance(field, RichTextField):
        return [(_whole(value, page), "")]
    parser = _Anchors()
    parser.feed(value)
    parser.close()
    return [(_whole(href, page), " ".join(text.split())) for href, text in parser.found]


def _whole(href, page):
    href = href.strip()
    if len(href.encode()) > LONGEST:
        return href[: LONGEST // 4] + "…"
    if href.startswith(("#", "?", ".")) or not (href.startswith("/") or ":" in href.split("/")[0]):
        base = page.get_absolute_url() if getattr(page, "has_address", False) else "/"
        return urljoin(base, href)
    return href


def kind_of(url):
    scheme = url.partition(":")[0].lower() if ":" in url.split("/")[0] else ""
    if scheme in CONTACT:
        return Link.Kind.CONTACT
    if scheme in SCHEMES or (not scheme and not url.startswith("//")):
        return Link.Kind.INNER
    return Link.Kind.INNER if is_own(url) else Link.Kind.OUTER


def is_own(url):
    """Whether a whole address names this very website."""
    try:
        parts = urlsplit(url)
        host = parts.netloc.lower()
    except ValueError:
        return False
    own = {urlsplit(settings.SITE_URL).netloc.lower()}
    if not settings.ON_LOOPBACK:
        own |= {name.lower() for name in settings.ALLOWED_HOSTS}
    return parts.scheme in {"http", "https"} and host in own


def describe(place):
    """One line about where a link stands, for a terminal."""
    draft = f" ({_('utkast')})" if place.is_draft else ""
    return f"{place.title} › {place.field}{draft}"
