"""The handbook's pages in the admin. Everyone who may log in there may read it."""

from django.contrib import admin
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from handbook.chapters import PICTURES, chapters, find_chapter


def index_view(request):
    return _page(request, _("Handbok"), None)


def chapter_view(request, name):
    chapter = find_chapter(name)
    if chapter is None:
        raise Http404(name)
    return _page(request, chapter.title, chapter)


def picture_view(request, name):
    """Only names of files in the folder are answered; nothing that is typed becomes a path."""
    path = next((path for path in PICTURES.glob("*.png") if path.name == name), None)
    if path is None:
        raise Http404(name)
    return HttpResponse(path.read_bytes(), content_type="image/png")


def _page(request, title, chapter):
    every = chapters()
    place = every.index(chapter) if chapter else -1
    context = {
        **admin.site.each_context(request),
        "title": title,
        "chapter": chapter,
        "chapters": every,
        "following": every[place + 1] if place + 1 < len(every) else None,
    }
    return TemplateResponse(request, "admin/handbook.html", context)
