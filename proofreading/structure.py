"""Rules about how a text is built: headings, links, pictures and tables. They bind in every language."""

import re
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from proofreading.texts import error, shorten, warning

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
            if block.tag == "h3" and not has_h2 and block.text:
                yield error(
                    "heading-order",
                    _(
                        "Underrubriken ”%(quote)s” (rubrik 3) har ingen rubrik 2 över sig. "
                        "Gör den till rubrik 2."
                    )
                    % {"quote": shorten(block.text)},
                    block.text,
                )
            has_h2 = has_h2 or block.tag == "h2"
            yield from _check_heading(block)
        elif _is_bold_heading(block, document.blocks[number + 1 : number + 2]):
            yield warning(
                "heading-bold-paragraph",
                _(
                    "”%(quote)s” är ett stycke i fetstil som ser ut som en rubrik. Är det en rubrik, "
                    "välj rubrik 2 eller rubrik 3 i stället för fetstil."
                )
                % {"quote": shorten(block.text)},
                block.text,
            )


def _check_heading(block):
    if not block.text and not block.has_picture:
        yield error(
            "heading-empty", _("Det finns en rubrik utan text. Skriv den eller ta bort den.")
        )
    elif block.is_bold:
        yield warning(
            "heading-only-bold",
            _("Rubriken ”%(quote)s” är i fetstil. Ta bort fetstilen, en rubrik syns ändå.")
            % {"quote": shorten(block.text)},
            block.text,
        )


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
            yield error(
                "link-empty",
                _("Länken till %(address)s har ingen text. Skriv vart den leder eller ta bort den.")
                % {"address": shorten(link.href) or "–"},
                link.href,
            )
        elif bare in VAGUE_LINKS:
            yield warning(
                "link-vague",
                _(
                    "Länktexten ”%(quote)s” säger inte vart länken leder. Skriv det, "
                    "till exempel ”Läs mer om föräldraskapsstöd”."
                )
                % {"quote": text},
                f"{text} {link.href}",
            )
        elif ADDRESS.match(text):
            yield warning(
                "link-address",
                _("Länktexten ”%(quote)s” är en webbadress. Skriv vad sidan heter i stället.")
                % {"quote": shorten(text)},
                text,
            )
        elif (kind := _unnamed_file_type(link.href, text)) is not None:
            yield warning(
                "link-file-type",
                _(
                    "Länken ”%(quote)s” leder till en fil. Skriv vilket slag, till exempel ”(%(kind)s)”."
                )
                % {"quote": shorten(text), "kind": kind},
                text,
            )


def _unnamed_file_type(href, text):
    ending = urlsplit(href).path.rpartition(".")[2].lower()
    names = FILE_TYPES.get(ending)
    return ending if names and not any(name in text.lower() for name in names) else None


def check_same_link_texts(links):
    """``links`` are (place, link) of a whole page: one text may lead to one address only."""
    first = {}
    for place, link in links:
        text = " ".join(link.text.split()).lower()
        address = link.href.partition("#")[0].rstrip("/").lower() or link.href
        if not text or text.strip(" .") in VAGUE_LINKS:
            continue
        if first.setdefault(text, address) != address:
            remark = warning(
                "link-same-text",
                _(
                    "Länktexten ”%(quote)s” finns flera gånger på sidan men leder till olika ställen. "
                    "Skriv olika länktexter."
                )
                % {"quote": shorten(" ".join(link.text.split()))},
                text,
            )
            yield remark._replace(place=place)


def check_pictures(document):
    """What a picture shows is written in the picture library; the text only says which picture."""
    for picture in document.pictures:
        source = picture.get("src") or ""
        if not LIBRARY_PICTURE.fullmatch(source):
            yield error(
                "picture-source",
                _(
                    "Bilden ”%(quote)s” kommer inte från bildbiblioteket och saknar bildbeskrivning där. "
                    "Ta bort den och välj en bild ur biblioteket."
                )
                % {"quote": shorten(source.rpartition("/")[2]) or "–"},
                source,
            )


def check_tables(document):
    for rows in document.tables:
        rows = [row for row in rows if row]
        cells = [cell for row in rows for cell in row]
        if not cells:
            continue
        quote = shorten(", ".join(cell.text.strip() for cell in rows[0] if not cell.is_empty), 40)
        is_headed = all(cell.tag == "th" for cell in rows[0])
        is_headed_sideways = all(row[0].tag == "th" for row in rows)
        if not is_headed and not is_headed_sideways:
            yield error(
                "table-header",
                _(
                    "Tabellen som börjar ”%(quote)s” saknar rubrikrad. "
                    "Gör första radens celler till rubrikceller."
                )
                % {"quote": quote},
                quote,
            )
        # The corner above a column of headings has nothing to name.
        if any(cell.tag == "th" and cell.is_empty for cell in cells[1:]):
            yield error(
                "table-header-empty",
                _(
                    "Tabellen som börjar ”%(quote)s” har en tom rubrikcell. Skriv vad den är rubrik för."
                )
                % {"quote": quote},
                quote,
            )
        if len(rows) == 1 or all(len(row) == 1 for row in rows):
            yield warning(
                "table-single",
                _(
                    "Tabellen som börjar ”%(quote)s” har bara en rad eller en kolumn. "
                    "Skriv den som lista eller vanlig text."
                )
                % {"quote": quote},
                quote,
            )
