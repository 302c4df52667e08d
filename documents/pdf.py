"""Whether an upload is a PDF, told by what is in it and never by what it is called.

A PDF cannot be written anew as a picture can. So it must look like one from the first byte to the last,
and it is only ever sent as a download that no browser runs.
"""

import re
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MAX_BYTES = 20 * 1024 * 1024
HEADER = re.compile(rb"%PDF-[12]\.\d[\r\n \t]")
# The end of the file: where its table of contents lies, the end mark, and nothing but blanks.
END = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF\s*\Z")
TABLE = re.compile(rb"\s*(?:xref\b|\d+\s+\d+\s+obj\b)")
PAGES = re.compile(rb"/Type\s*/Pages\b")
COUNT = re.compile(rb"/Count\s+(\d{1,6})\b")
LOCKED = re.compile(rb"/Encrypt\s+\d+\s+\d+\s+R\b")
LONGEST_END = 1024


class Read(NamedTuple):
    """``pages`` is None where the file keeps its page list compressed."""

    size: int
    pages: int | None


def read_pdf(upload):
    """What ``upload`` (a file) holds. Raises ValidationError with a Swedish sentence when it is no PDF."""
    if upload.size > MAX_BYTES:
        raise ValidationError(
            _("Filen får vara högst 20 MB. Spara den med mindre bilder och försök igen.")
        )
    if not str(upload.name).lower().endswith(".pdf"):
        raise ValidationError(_("Filens namn måste sluta på .pdf. Spara dokumentet som pdf först."))
    upload.seek(0)
    content = upload.read()
    upload.seek(0)
    if not _is_pdf(content):
        raise ValidationError(
            _("Filen är inte en hel pdf. Öppna den, spara den som pdf på nytt och försök igen.")
        )
    pages = _count_pages(content)
    if pages == 0:
        raise ValidationError(_("Pdf-filen har inga sidor. Kontrollera att du valde rätt fil."))
    if LOCKED.search(content):
        raise ValidationError(
            _(
                "Pdf-filen är låst. Spara den utan lösenord och begränsningar, så att alla kan läsa "
                "och lyssna på den."
            )
        )
    return Read(upload.size, pages)


def _is_pdf(content):
    end = END.search(content, max(0, len(content) - LONGEST_END))
    if not HEADER.match(content) or not end:
        return False
    place = int(end[1])
    return 0 < place < len(content) and bool(TABLE.match(content, place))


def _count_pages(content):
    """The number that the root of the page tree says; every part of the tree says its own."""
    counts = [
        int(count[1])
        for part in content.split(b"endobj")
        if PAGES.search(part)
        for count in [COUNT.search(part)]
        if count
    ]
    return max(counts, default=None)
