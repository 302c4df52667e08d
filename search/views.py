from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from search.words import MAX_QUERY, readable, search

PER_PAGE = 20


class SearchView(TemplateView):
    """A plain search: what is asked for stands in the address, nothing is stored."""

    template_name = "search/search.html"
    page_title = _("Sök")

    def get_context_data(self, **kwargs):
        query = readable(self.request.GET.get("q", "")).strip()[:MAX_QUERY]
        hits = Paginator(search(query), PER_PAGE).get_page(self.request.GET.get("sida"))
        return super().get_context_data(
            query=query, hits=hits, count=hits.paginator.count, title=self.page_title, **kwargs
        )

    def render_to_response(self, context, **kwargs):
        response = super().render_to_response(context, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response
