"""Picture files made on the spot, good and bad, and the smallest valid Picture."""

import io

from django.core.files.base import ContentFile
from PIL import Image

from pictures.models import Picture


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
