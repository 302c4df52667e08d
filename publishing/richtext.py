"""Rich text: what an editor may write and what is let through to a resident.

One allowlist serves the editor's toolbar, every save and every import. Headings start at level 2, because
the page's title is the only level 1. The editor's own scripts are named in settings.py.
"""

import re
from functools import lru_cache
from html import unescape

import nh3
from django.urls import reverse_lazy
from django.utils.html import strip_tags
from django_prose_editor.fields import ProseEditorField, ProseEditorFormField

from publishing.collation import SOFT_HYPHEN
from publishing.references import (
    SCHEMES,
    is_link_reference,
    is_picture_reference,
    with_references,
)
from publishing.tidy import tidy

#: Groups of buttons, in the order of the toolbar.
TOOLBAR = [
    {"group": "blockType -lists", "type": "dropdown", "minItems": 2},
    {"group": "lists"},
    {"group": "marks"},
    {"group": "link"},
    {"group": "picture"},
    {"group": "table"},
    {"group": "words"},
    {"group": "history"},
]
EXTENSIONS = {
    "Menu": {"groups": TOOLBAR},
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "Heading": {"levels": [2, 3]},
    "Link": {
        "enableTarget": False,
        "protocols": ["http", "https", "mailto", "tel"],
        "targets": reverse_lazy("admin:link_targets"),
    },
    "Picture": {"choices": reverse_lazy("admin:picture_choices")},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "Language": True,
    "SoftHyphen": True,
    "SpecialCharacters": True,
    "CleanPaste": True,
    "HardBreak": True,
    "History": True,
}
EMPTY = re.compile(r"^(\s|<p>|</p>|<br>|&nbsp;)*$")
BLOCKS = r"p|h2|h3|ul|ol|li|table|caption|thead|tbody|tr|th|td|img"
LAYOUT = re.compile(rf"\s*(</?(?:{BLOCKS})\b[^>]*>)\s*")
CONTROL = re.compile(r"[\x00-\x20]")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def _filter_attribute(tag, attribute, value):
    """Drop addresses that are not what they look like, and languages that say nothing."""
    if attribute == "lang":
        return value if LANGUAGE.fullmatch(value) and value[:2] != "sv" else None
    if attribute == "dir":
        return value if value == "rtl" else None
    if attribute == "src":
        return value if is_picture_reference(value) else None
    if attribute == "href":
        return value if _is_honest(value) else None
    return value


def _is_honest(address):
    """Whether a browser will not complete ``address`` to another site, and a reference is well-formed."""
    # A browser drops blanks and control characters before it reads an address: "/\t/evil.example".
    bare = CONTROL.sub("", address)
    if bare.startswith(("//", "/\\", "\\")) or "\x00" in address:
        return False
    if bare.partition(":")[0].lower() in SCHEMES and ":" in bare:
        return is_link_reference(address)
    return True


TAGS = {
    *("p", "h2", "h3", "ul", "ol", "li", "a", "strong", "em", "br", "abbr", "span", "img"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    "*": {"lang"},
    "a": {"href"},
    "abbr": {"title"},
    "img": {"src"},
    "span": {"dir"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}
ADDRESSES = {"http", "https", "mailto", "tel", *SCHEMES}
#: Lets through what ``tidy`` reads before it is gone: Word's classes and styles, and foreign headings.
COARSE = nh3.Cleaner(
    tags={*TAGS, "h1", "h4", "h5", "h6", "b", "i", "div"},
    clean_content_tags={"script", "style", "title", "del"},
    attributes=ATTRIBUTES | {"p": {"class", "style"}, "b": {"style"}},
    url_schemes=ADDRESSES,
    link_rel=None,
    attribute_filter=_filter_attribute,
)
CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    url_schemes=ADDRESSES,
    link_rel="noopener",
    attribute_filter=_filter_attribute,
)


def sanitise(html):
    """Clean ``html`` for a public page. None stays None; a text without words becomes ""."""
    return None if html is None else _sanitise(str(html))


@lru_cache(maxsize=512)
def _sanitise(html):
    # The last word is the cleaner's: whatever tidy does, nothing else gets out.
    cleaned = CLEANER.clean(tidy(COARSE.clean(html))).strip()
    return "" if EMPTY.match(cleaned) else cleaned


def plain(html):
    """The words of ``html``, one space between blocks, without soft hyphens."""
    return plain_as_written(html).replace(SOFT_HYPHEN, "")


def plain_as_written(html):
    """The same with soft hyphens."""
    spaced = re.sub(r"(</(?:p|li|h2|h3|td|th|caption)>|<br>)", r"\1 ", html or "")
    return " ".join(unescape(strip_tags(spaced)).split())


def without_layout(html):
    """``html`` without what the editor or the browser rewrites on its own: line breaks, <p> in a list."""
    tight = " ".join(LAYOUT.sub(r"\1", sanitise(html) or "").split())
    return tight.replace("<li><p>", "<li>").replace("</p></li>", "</li>")


class RichTextFormField(ProseEditorFormField):
    def has_changed(self, initial, data):
        """Whether a reader would notice: a browser sends every line break as two signs."""
        return not self.disabled and without_layout(initial) != without_layout(data)

    def clean(self, value):
        """What a person sends: addresses of our own pages become references, which survive a move."""
        return with_references(sanitise(super().clean(value)) or "")


class RichTextField(ProseEditorField):
    """HTML from the editor, sanitised in forms *and* on every save, so imports are clean too."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs, extensions=EXTENSIONS, sanitize=sanitise)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": RichTextFormField} | kwargs)

    def pre_save(self, model_instance, add):
        value = sanitise(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value
