"""Make an uploaded picture safe: only three formats, decoded within limits and written anew.

Writing anew drops everything that is not the picture: place and camera data, comments, hidden files.
"""

import io
from typing import NamedTuple
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

FORMATS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 24_000_000
SAVE_OPTIONS = {
    "JPEG": {"quality": 85, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 85, "method": 4},
}
#: The narrower copies that a page offers beside the picture itself.
WIDTHS = (480, 960, 1440)
COPY_OPTIONS = {"quality": 80, "method": 2}


class Encoded(NamedTuple):
    """The picture as a file of our own, its size, and {width: bytes} of its narrower copies."""

    file: ContentFile
    width: int
    height: int
    copies: dict


def reencode(upload):
    """``upload`` (a file) as a new file with a random name, and its narrower copies.

    Raises ValidationError with a Swedish sentence when the file is not a picture we accept.
    """
    if upload.size > MAX_BYTES:
        raise ValidationError(_("Filen får vara högst 10 MB."))
    upload.seek(0)
    try:
        with Image.open(upload, formats=list(FORMATS)) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise Image.DecompressionBombError
            kind = picture.format
            clean = ImageOps.exif_transpose(_first_frame(picture, kind))
            content = _written(clean, kind, SAVE_OPTIONS[kind])
            copies = {width: _copy(clean, width) for width in WIDTHS if width < clean.width}
    # Pillow itself stops or warns where a picture is several times too large for us.
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(
            _("Bilden får ha högst 24 miljoner bildpunkter. Minska den och försök igen.")
        ) from error
    except Exception as error:  # Pillow raises some thirty kinds for broken files
        raise ValidationError(
            _("Filen måste vara en bild i formatet jpg, png eller webp.")
        ) from error
    file = ContentFile(content, name=f"{uuid4()}.{FORMATS[kind]}")
    return Encoded(file, clean.width, clean.height, copies)


def _written(picture, kind, options):
    output = io.BytesIO()
    picture.save(output, kind, **options)
    return output.getvalue()


def _copy(picture, width):
    height = max(1, round(picture.height * width / picture.width))
    # reducing_gap lets Pillow shrink a large picture in two steps, which is several times quicker.
    narrower = picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return _written(narrower, "WEBP", COPY_OPTIONS)


def _first_frame(picture, kind):
    """The first frame in a mode that ``kind`` can hold, stripped of palettes and metadata."""
    picture.seek(0)
    picture.load()
    has_alpha = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    mode = "RGBA" if has_alpha and kind != "JPEG" else "RGB"
    frame = picture.convert(mode)
    orientation = picture.getexif().get(0x0112)
    frame.info.clear()
    if orientation:
        frame.getexif()[0x0112] = orientation
    return frame
