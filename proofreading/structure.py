"""Rules about how a text is built: headings, links, pictures and tables. They bind in every language."""

import re
from urllib.parse import urlsplit

from proofreading.rules import remark

VAGUE_LINKS = {
    *("läs mer", "läs mera", "läs vidare", "klicka här", "här", "länk", "länken", "denna länk"),
    *("den här länken", "mer", "mer information", "mer info", "se här", "klicka", "tryck här"),
    *("läs mer här", "läs här", "denna sida", "den här sidan", "read more", "click here", "here"),
}
ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$|^[\w-]+(?:\.[\w-]+)+/\S+$", re.IGNORECASE)
FILE_TYPES = {
    "pdf": ("pdf",),
    "doc": ("word", "doc"),
    "docx": ("word", "doc"),
    "xls": ("excel", "xls"),
    "xlsx": ("excel", "xls"),
    "ppt": ("powerpoint", "ppt"),
    "pptx": ("powerpoint", "ppt"),
    "odt": ("odt",),
    "ods": ("ods",),
    "csv": ("csv",),
    "zip": ("zip",),
    "ics": ("ics",),
}
LIBRARY_PICTURE = re.compile(r"bild:\d+")
HEADING_WORDS = 10


def check_headings(document, has_h2):
    """Remarks on the headings of one text; ``has_h2`` says whether a heading stands above it."""
    for number, block in enumerate(document.blocks):
        if block.tag in {"h2", "h3"}:
            yield from _check_heading(block, has_h2)
            has_h2 = has_h2 or block.tag == "h2"
        elif _is_bold_heading(block, document.blocks[number + 1 : number + 2]):
            yield remark("heading-bold-paragraph", block.text)


def _check_heading(block, has_h2):
    if not block.text and not block.has_picture:
        yield remark("heading-empty")
        return
    if block.tag == "h3" and not has_h2:
        yield remark("heading-order", block.text)
    if block.is_bold:
        yield remark("heading-only-bold", block.text)


def _is_bold_heading(block, following):
    """A short bold paragraph with text below it. "Ring 112." is a sentence and no heading."""
    return (
        block.tag == "p"
        and not block.within
        and block.is_bold
        and bool(following)
        and following[0].tag in {"p", "li"}
        and not following[0].is_bold
        and len(block.text.split()) <= HEADING_WORDS
        and not re.search(r"[.!:,\d]$", block.text)
    )


def check_links(document):
    for link in document.links:
        text = " ".join(link.text.split())
        bare = text.strip(' .:,;!?…»>›→"”').lower()
        if not text and not link.has_picture:
            yield remark("link-empty", link.href)
        elif bare in VAGUE_LINKS:
            yield remark("link-vague", text, identity=f"{text} {link.href}")
        elif ADDRESS.match(text):
            yield remark("link-address", text)
        elif kind := _unnamed_file_type(link.href, text):
            yield remark("link-file-type", text, kind=kind)


def _unnamed_file_type(href, text):
    ending = urlsplit(href).path.rpartition(".")[2].lower()
    names = FILE_TYPES.get(ending)
    return ending if names and not any(name in text.lower() for name in names) else None


def check_same_link_texts(links):
    """``links`` are (place, link) of a whole page: one text may lead to one address only."""
    first = {}
    for place, link in links:
        text = " ".join(link.text.split())
        address = link.href.partition("#")[0].rstrip("/").lower() or link.href
        if not text or text.strip(" .").lower() in VAGUE_LINKS:
            continue
        if first.setdefault(text.lower(), address) != address:
            yield remark("link-same-text", text)._replace(place=place)


def check_pictures(document):
    for picture in document.pictures:
        source = picture.get("src") or ""
        if not LIBRARY_PICTURE.fullmatch(source):
            yield remark("picture-source", source.rpartition("/")[2], identity=source)


def check_tables(document):
    for table in document.tables:
        rows = [row for row in table if row]
        if not rows:
            continue
        cells = [cell for row in rows for cell in row]
        quote = ", ".join(cell.text.strip() for cell in rows[0] if not cell.is_empty)
        is_headed = all(cell.tag == "th" for cell in rows[0])
        is_headed_sideways = all(row[0].tag == "th" for row in rows)
        if not is_headed and not is_headed_sideways:
            yield remark("table-header", quote)
        # The corner above a column of headings has nothing to name.
        if any(cell.tag == "th" and cell.is_empty for cell in cells[1:]):
            yield remark("table-header-empty", quote)
        if len(rows) == 1 or all(len(row) == 1 for row in rows):
            yield remark("table-single", quote)
