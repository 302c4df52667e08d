"""The editors' handbook: the Markdown files in docs/handbok, drawn for the admin.

The files are read where they lie, so that the same text serves those who read it in the repository.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import nh3
from django.conf import settings
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.safestring import mark_safe
from markdown import markdown

FOLDER = settings.BASE_DIR / "docs" / "handbok"
PICTURES = FOLDER / "bilder"
FIRST = "komma-igang"
#: From the first day to the seldom. A chapter that has no file is not shown.
ORDER = (
    FIRST,
    "logga-in",
    "mina-uppgifter",
    "skriva-och-publicera",
    "texten",
    "textkontroller",
    "bilder-och-dokument",
    "lankar",
    "viktigt-meddelande",
    "hjalpnummer-och-kontakt",
    "mal-omraden-och-plattformar",
    "sok",
    "synpunkter",
    "konton",
)
LINK = re.compile(r"([a-z0-9-]+)\.md(#.*)?")
PICTURE = re.compile(r"bilder/([a-z0-9-]+\.png)")


def _in_the_admin(_tag, attribute, value):
    """Between files a link is "texten.md"; in the admin it is the chapter's address."""
    if attribute not in {"href", "src"}:
        return value
    if link := LINK.fullmatch(value):
        name, place = link[1], link[2] or ""
        chapter = reverse("handbook:chapter", args=[name]) if name in ORDER else None
        return chapter + place if chapter else reverse("handbook:index")
    if picture := PICTURE.fullmatch(value):
        return reverse("handbook:picture", args=[picture[1]])
    return value


CLEANER = nh3.Cleaner(
    tags={
        *("p", "h2", "h3", "h4", "ul", "ol", "li", "a", "strong", "em", "br", "code", "pre", "img"),
        *("blockquote", "table", "thead", "tbody", "tr", "th", "td"),
    },
    attributes={
        "a": {"href"},
        "img": {"src", "alt"},
        "ol": {"start"},
        **{heading: {"id"} for heading in ("h2", "h3", "h4")},
    },
    url_schemes={"https", "mailto"},
    link_rel=None,
    attribute_filter=_in_the_admin,
    set_tag_attribute_values={"img": {"loading": "lazy"}, "th": {"scope": "col"}},
)


@dataclass
class Chapter:
    """``name`` is the file's name and the address; the first line is the title."""

    name: str
    path: Path

    @cached_property
    def text(self):
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def title(self):
        return self.text.partition("\n")[0].removeprefix("# ").strip()

    @property
    def html(self):
        body = self.text.partition("\n")[2]
        drawn = markdown(body, extensions=["tables", "toc", "sane_lists"], output_format="html")
        return mark_safe(CLEANER.clean(drawn))

    def get_absolute_url(self):
        return reverse("handbook:chapter", args=[self.name])


def chapters():
    """Those that have been written, in order."""
    return [Chapter(name, path) for name in ORDER if (path := FOLDER / f"{name}.md").is_file()]


def find_chapter(name):
    """The chapter of that name, or None. Only names in ``ORDER`` are ever made into a path."""
    return next((chapter for chapter in chapters() if chapter.name == name), None)
