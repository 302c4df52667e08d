"""Rich text: what an editor may write and what is let through to a resident.

One allowlist serves the editor's toolbar, every save and every import. Headings start at level 2, because
the page's title is the only level 1.
"""

import re
from html import unescape

import nh3
from django.utils.html import strip_tags
from django_prose_editor.fields import ProseEditorField, ProseEditorFormField

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Heading": {"levels": [2, 3]},
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto", "tel"]},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "HardBreak": True,
    "History": True,
}
EMPTY = re.compile(r"^(\s|<p>|</p>|<br>|&nbsp;)*$")
BLOCKS = r"p|h2|h3|ul|ol|li|table|caption|thead|tbody|tr|th|td"
LAYOUT = re.compile(rf"\s*(</?(?:{BLOCKS})\b[^>]*>)\s*")
CONTROL = re.compile(r"[\x00-\x20]")


def _filter_attribute(tag, attribute, value):
    """Drop addresses that a browser would complete to another site or that hide what they are."""
    # A browser drops blanks and control characters before it reads an address: "/\t/evil.example".
    bare = CONTROL.sub("", value)
    if attribute == "href" and (bare.startswith(("//", "/\\", "\\")) or "\x00" in value):
        return None
    return value


CLEANER = nh3.Cleaner(
    tags={
        *("p", "h2", "h3", "ul", "ol", "li", "a", "strong", "em", "br", "abbr", "span"),
        *("table", "caption", "thead", "tbody", "tr", "th", "td"),
    },
    attributes={
        "*": {"lang"},
        "a": {"href"},
        "abbr": {"title"},
        "th": {"scope", "colspan", "rowspan"},
        "td": {"colspan", "rowspan"},
    },
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel="noopener",
    attribute_filter=_filter_attribute,
)


def sanitise(html):
    """Clean ``html`` for a public page. None stays None; a text without words becomes ""."""
    if html is None:
        return None
    cleaned = CLEANER.clean(str(html)).strip()
    return "" if EMPTY.match(cleaned) else cleaned


def plain(html):
    """The words of ``html``, one space between blocks."""
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
