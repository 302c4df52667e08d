"""Make an uploaded picture safe: only three formats, decoded within limits and written anew.

Writing anew drops everything that is not the picture: place and camera data, comments, hidden files.
"""

import io
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


def reencode(upload):
    """``upload`` (a file) as a new file with a random name, plus its width and height in pixels.

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
            output = io.BytesIO()
            clean.save(output, kind, **SAVE_OPTIONS[kind])
    # Pillow itself stops or warns where a picture is several times too large for us.
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(
            _("Bilden får ha högst 24 miljoner bildpunkter. Minska den och försök igen.")
        ) from error
    except Exception as error:  # Pillow raises some thirty kinds for broken files
        raise ValidationError(
            _("Filen måste vara en bild i formatet jpg, png eller webp.")
        ) from error
    return (
        ContentFile(output.getvalue(), name=f"{uuid4()}.{FORMATS[kind]}"),
        clean.width,
        clean.height,
    )


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
