"""Serve the documents: only those that are not withdrawn, as nothing but a file to save."""

from django.http import FileResponse, Http404, HttpResponsePermanentRedirect
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views import View

from documents.models import Document


class DocumentFileView(View):
    """A document by its uuid. One that is withdrawn answers like one that never was."""

    def get(self, request, uuid, slug):
        document = Document.objects.published().filter(uuid=uuid).first()
        if document is None:
            raise Http404(uuid)
        if slug != document.slug:  # it has got another name since someone linked to it
            return HttpResponsePermanentRedirect(document.get_absolute_url())
        etag = quote_etag(document.file.name)  # a new file has a new name
        unchanged = get_conditional_response(request, etag=etag)
        response = unchanged or self.stored(document)
        # A day, and then the same address is asked for again: a document may be replaced or withdrawn.
        response["Cache-Control"] = "public, max-age=86400"
        response["ETag"] = etag
        return response

    @staticmethod
    def stored(document):
        try:
            file = document.file.storage.open(document.file.name)
        except OSError as error:
            raise Http404(document.uuid) from error
        name = f"{document.slug}.pdf"
        response = FileResponse(
            file, as_attachment=True, filename=name, content_type="application/pdf"
        )
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        return response
