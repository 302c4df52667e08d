"""The one view behind every page that editors publish."""

from django.urls import reverse
from django.views.generic import DetailView

from publishing.references import References


class ContentView(DetailView):
    """Show one published row of ``model``.

    A draft, an archived row and a row outside its publishing window answer exactly like a missing page.
    ``get_object`` is also what "Tyck till" uses to find a page by its address.
    """

    context_object_name = "page"
    #: The page that lists pages of this kind: (title, its path), or None.
    section = None

    def get_queryset(self):
        rows = self.model.objects.published().with_page_parts()
        return rows.prefetch_related(*self.get_prefetches())

    def get_prefetches(self):
        """What the template lists, as prefetch_related takes it. The preview of a draft asks for it too."""
        return []

    def get_context_data(self, **kwargs):
        shared = {
            "breadcrumbs": self.get_breadcrumbs(),
            "references": References.of_page(self.object),
        }
        return super().get_context_data(**shared, **kwargs)

    def render_to_response(self, context, **kwargs):
        """A page that someone may be in danger of having visited is kept nowhere, and is no referrer."""
        response = super().render_to_response(context, **kwargs)
        if self.object.is_sensitive:
            response["Cache-Control"] = "no-store"
            response["Referrer-Policy"] = "no-referrer"
        return response

    def get_breadcrumbs(self):
        """The pages above this one, nearest last: a list of (title, address)."""
        if self.section is None:
            return []
        title, path = self.section
        return [(title, reverse("pages:page", kwargs={"path": path}))]
