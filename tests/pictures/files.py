"""Picture files made on the spot, good and bad, and the smallest valid Picture."""

import io
import struct
import zlib

from django.core.files.base import ContentFile
from PIL import Image

from pictures.models import Picture

NOT_A_PICTURE = "Filen måste vara en bild i formatet jpg, png eller webp."
TOO_LARGE = "Filen får vara högst 10 MB."
TOO_MANY_PIXELS = "Bilden får ha högst 24 miljoner bildpunkter. Minska den och försök igen."


def encoded(kind="PNG", size=(8, 6), mode="RGB", colour="teal", **options):
    """The bytes of a picture in format ``kind``."""
    output = io.BytesIO()
    Image.new(mode, size, colour).save(output, kind, **options)
    return output.getvalue()


def make_picture(content=None, name="x.png", **values):
    base = {"title": "Bild", "alt": "En bild.", "credit": "Test", "licence": "MIT"}
    return Picture.objects.create(
        file=ContentFile(encoded() if content is None else content, name=name), **base | values
    )


def chunk(name, content):
    """One chunk of a PNG file."""
    check = struct.pack(">I", zlib.crc32(name + content))
    return struct.pack(">I", len(content)) + name + content + check


def huge_png(width, height):
    """A PNG of one bit a pixel: few bytes, however many pixels it says it has."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    row = b"\0" + bytes((width + 7) // 8)
    packer = zlib.compressobj(1)
    rows = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def lying_png(width, height):
    """A PNG that promises pixels which are not there."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    empty = zlib.compress(b"")
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", empty) + chunk(b"IEND", b"")
    )


def broken(content, at):
    """``content`` with one sign changed in the place ``at`` of its length."""
    place = int(len(content) * at)
    return content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]


def bad_files():
    """{file name: (content, the sentence that refuses it)}."""
    jpeg, png = encoded("JPEG", size=(400, 300)), encoded("PNG", size=(400, 300))
    webp = encoded("WEBP", size=(400, 300))
    pdf = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>"
    files = {
        "postscript.eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(id) run\n",
        "postscript.jpg": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        "moving.gif": encoded("GIF"),
        "gif-called.png": encoded("GIF"),
        "drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        "drawing.png": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        "page.png": b"<!doctype html><script>alert(1)</script>",
        "page-behind-a-signature.png": b"\x89PNG\r\n\x1a\n<script>alert(1)</script>",
        "page-behind-a-signature.jpg": b"\xff\xd8\xff\xe0<script>alert(1)</script>",
        "gif-and-script.gif": b"GIF89a/*" + b"\0" * 9 + b"*/=1;alert(1)",
        "bitmap.bmp": encoded("BMP"),
        "bitmap-called.jpg": encoded("BMP"),
        "scan.tiff": encoded("TIFF"),
        "icon.ico": encoded("ICO", size=(16, 16)),
        "film.avif": b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf",
        "document.pdf": pdf,
        "document-called.png": pdf,
        "archive.zip": b"PK\x03\x04" + b"\0" * 30,
        "program.png": b"MZ\x90\0" + b"\0" * 60,
        "cut.jpg": jpeg[: len(jpeg) // 2],
        "cut.png": png[: len(png) // 2],
        "cut.webp": webp[: len(webp) // 2],
        "header-only.png": png[:33],
        "damaged.png": broken(png, 0.5),
        "nothing-there.png": lying_png(100, 100),
        "empty.png": b" ",
    }
    refused = {name: (content, NOT_A_PICTURE) for name, content in files.items()}
    return refused | {
        "bomb.png": (lying_png(60_000, 60_000), TOO_MANY_PIXELS),
        "from-a-large-camera.png": (lying_png(12_000, 12_000), TOO_MANY_PIXELS),
        "too-many-pixels.png": (huge_png(5000, 4801), TOO_MANY_PIXELS),
        "long-and-thin.png": (lying_png(24_000_001, 1), TOO_MANY_PIXELS),
        "heavy.jpg": (jpeg + b"\0" * (10 * 1024 * 1024), TOO_LARGE),
        "heavy.bin": (b"\0" * (10 * 1024 * 1024 + 1), TOO_LARGE),
    }
