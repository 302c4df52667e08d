"""Serve the library's files: only pictures that may still be shown, as nothing but pictures."""

import mimetypes
import re

from django.http import FileResponse, Http404
from django.views import View

from pictures.models import Picture, library_path

COPY = re.compile(r"(?P<stem>.{36})-(?P<width>\d+)\.webp")


class PictureFileView(View):
    """A file by its random name. A picture whose consent has ended answers like one that never was."""

    def get(self, request, name):
        copy = COPY.fullmatch(name)
        if copy:
            wanted = {"file__startswith": library_path(None, f"{copy['stem']}.")}
        else:
            wanted = {"file": library_path(None, name)}
        width = int(copy["width"]) if copy else None
        picture = Picture.objects.usable().filter(**wanted).first()
        if picture is None or (width and width not in picture.copies):
            raise Http404(name)
        try:
            file = picture.open_stored(width)
        except OSError as error:
            raise Http404(name) from error
        response = FileResponse(file, content_type=mimetypes.guess_type(name)[0])
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        # A day, not for ever: a picture must be able to leave the site.
        response["Cache-Control"] = "public, max-age=86400"
        return response
