"""PDF files made on the spot, good and bad, and the smallest valid Document."""

import io
import zipfile
from datetime import date

from django.core.files.base import ContentFile

from documents.models import Document
from tests.factories import make_person
from tests.pictures.files import encoded

NOT_A_PDF = "Filen är inte en hel pdf. Öppna den, spara den som pdf på nytt och försök igen."
WRONG_NAME = "Filens namn måste sluta på .pdf. Spara dokumentet som pdf först."
TOO_LARGE = "Filen får vara högst 20 MB. Spara den med mindre bilder och försök igen."
NO_PAGES = "Pdf-filen har inga sidor. Kontrollera att du valde rätt fil."
LOCKED = (
    "Pdf-filen är låst. Spara den utan lösenord och begränsningar, "
    "så att alla kan läsa och lyssna på den."
)
LIMIT = 20 * 1024 * 1024


def make_pdf(pages=1, filling=b"", trailer=b""):
    """The bytes of a PDF with ``pages`` empty pages, its table at the place that its end names."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>"
        % (b" ".join(b"%d 0 R" % (number + 3) for number in range(pages)), pages),
        *[b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"] * pages,
    ]
    content, places = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + filling, []
    for number, body in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(content)
    content += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    content += b"".join(b"%010d 00000 n \n" % place for place in places)
    content += b"trailer\n<< /Size %d /Root 1 0 R %s>>\n" % (len(objects) + 1, trailer)
    return content + b"startxref\n%d\n%%%%EOF\n" % table


def make_document(content=None, name="x.pdf", **values):
    base = {"title": "Handlingsplan", "dated": date(2026, 3, 1), "review_on": date(2099, 1, 1)}
    if "responsible" not in values:
        base["responsible"] = make_person()
    file = ContentFile(make_pdf() if content is None else content, name=name)
    return Document.objects.create(file=file, **base | values)


def archive():
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as file:
        file.writestr("META-INF/MANIFEST.MF", "Main-Class: Evil")
    return output.getvalue()


def bad_files():
    """{file name: (content, the sentence that refuses it)}."""
    pdf, page = make_pdf(), b"<!doctype html><script>alert(1)</script>"
    program = b"MZ\x90\0" + b"\0" * 60
    not_pdf = {
        "program.pdf": program,
        "program.pdf.pdf": program + pdf,
        "elf.pdf": b"\x7fELF" + pdf,
        "page.pdf": page,
        "page-before.pdf": page + pdf,
        "drawing.pdf": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        "postscript.pdf": b"%!PS-Adobe-3.0\n(id) run\n",
        "picture.pdf": encoded("PNG"),
        "gif-and-pdf.pdf": b"GIF89a" + pdf,
        "word.pdf": archive(),
        "archive-behind.pdf": pdf + archive(),
        "archive-before.pdf": archive() + pdf,
        "page-behind.pdf": pdf + page,
        "one-byte.pdf": b"%",
        "blank.pdf": b" ",
        "signature-only.pdf": b"%PDF-1.7\n",
        "signature-and-garbage.pdf": b"%PDF-1.7\n" + bytes(range(256)) * 40,
        "signature-and-script.pdf": b"%PDF-1.7\n" + page + b"\n%%EOF",
        "end-names-no-table.pdf": b"%PDF-1.7\n" + page + b"\nstartxref\n9\n%%EOF",
        "end-names-a-place-outside.pdf": b"%PDF-1.7\n" + page + b"\nstartxref\n9999999\n%%EOF",
        "cut.pdf": pdf[: len(pdf) // 2],
        "version-nine.pdf": pdf.replace(b"%PDF-1.7", b"%PDF-9.7"),
        "text.pdf": "Det här är ingen pdf. Åäö.".encode(),
    }
    refused = {name: (content, NOT_A_PDF) for name, content in not_pdf.items()}
    return refused | {
        "program.exe": (program, WRONG_NAME),
        "good-pdf.exe": (pdf, WRONG_NAME),
        "good-pdf.html": (pdf, WRONG_NAME),
        "good-pdf.pdf.svg": (pdf, WRONG_NAME),
        "no-ending": (pdf, WRONG_NAME),
        "word.docx": (archive(), WRONG_NAME),
        "no-pages.pdf": (make_pdf(pages=0), NO_PAGES),
        "locked.pdf": (make_pdf(trailer=b"/Encrypt 9 0 R "), LOCKED),
        "heavy.pdf": (make_pdf(filling=b"%" + b" " * LIMIT + b"\n"), TOO_LARGE),
    }
