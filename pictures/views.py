"""Serve the library's files: only pictures that may still be shown, as nothing but pictures."""

import mimetypes

from django.http import FileResponse, Http404
from django.views import View

from pictures.models import Picture, library_path


class PictureFileView(View):
    """A file by its random name. A picture whose consent has ended answers like one that never was."""

    def get(self, request, name):
        picture = Picture.objects.usable().filter(file=library_path(None, name)).first()
        if picture is None:
            raise Http404(name)
        try:
            response = FileResponse(
                picture.file.open("rb"), content_type=mimetypes.guess_type(name)[0]
            )
        except FileNotFoundError as error:
            raise Http404(name) from error
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        # A day, not for ever: a picture must be able to leave the site.
        response["Cache-Control"] = "public, max-age=86400"
        return response
