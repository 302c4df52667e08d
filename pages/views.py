from django.shortcuts import get_object_or_404

from pages.models import Page
from publishing.views import ContentView


class PageView(ContentView):
    """A page by its address in the tree."""

    model = Page

    def get_object(self, queryset=None):
        path = "/" + self.kwargs.get("path", "")
        return get_object_or_404(
            queryset if queryset is not None else self.get_queryset(),
            path=path if path.endswith("/") else path + "/",
        )

    def get_prefetches(self):
        return ["sections"]

    def get_breadcrumbs(self):
        return [(page.title, page.get_absolute_url()) for page in self.object.ancestors()]
