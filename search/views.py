from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import JsonResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.generic import TemplateView

from activities.models import GoalArea
from organisation.models import Helpline
from publishing.models import content_models
from search.analysis import readable
from search.asked import count
from search.engine import MOST_COUNTED, search
from search.excerpts import excerpt, marked, wanted_terms
from search.models import SearchEntry
from search.query import MAX_QUERY, completions
from search.sources import FACTS
from search.urgent import is_urgent

PER_PAGE = 20


def kind_names():
    """{name in the address and the index: what a resident reads}."""
    names = {model._meta.model_name: model.kind for model in content_models()}
    return names | {model._meta.model_name: capfirst(model._meta.verbose_name) for model in FACTS}


class SearchView(TemplateView):
    """What is asked for stands in the address: q, slag, omrade, ordning and sida."""

    template_name = "search/search.html"
    page_title = _("Sök")

    def get_context_data(self, **kwargs):
        text = "".join(c if c.isprintable() else " " for c in self.request.GET.get("q", ""))
        text = text.strip()[:MAX_QUERY]
        names = kind_names()
        kind = self.request.GET.get("slag", "")
        kind = kind if kind in names else ""
        area = self.request.GET.get("omrade", "")
        area = int(area) if area.isdecimal() and area.isascii() and len(area) < 10 else None
        by_date = self.request.GET.get("ordning") == "datum"
        found = search(text, kind=kind, area=area, by_date=by_date)
        hits = Paginator(found.keys, PER_PAGE).get_page(self.request.GET.get("sida"))
        hits.object_list = self._entries(hits.object_list, found, names)
        if hits.number == 1 and not (kind or area):
            count(text, found.question, 0 if found.meant else len(found.keys))
        chosen = {"q": text, "slag": kind, "omrade": area, "ordning": "datum" if by_date else ""}
        return super().get_context_data(
            query=text,
            hits=hits,
            count=len(found.keys),
            most=MOST_COUNTED,
            is_capped=found.is_capped,
            meant=found.meant,
            urgent=Helpline.objects.for_every_page() if is_urgent(text) else None,
            kinds=self._facet(chosen, "slag", names, found.kinds, found.is_capped),
            areas=self._facet(
                chosen, "omrade", self._area_names(found), found.areas, found.is_capped
            ),
            orders=self._orders(chosen) if len(found.keys) > 1 else [],
            is_narrowed=bool(kind or area or by_date),
            kept=_address(chosen, sida=None),
            title=self.page_title,
            **kwargs,
        )

    def _entries(self, keys, found, names):
        """The entries of one page of hits, with their words marked."""
        entries = SearchEntry.objects.in_bulk(keys)
        parts, wanted = found.parts, wanted_terms(found.question)
        shown = [entries[key] for key in keys if key in entries]
        for entry in shown:
            entry.kind_name = names.get(entry.kind, "")
            entry.marked_title = marked(entry.title, wanted, parts)
            texts = f"{entry.introduction} {entry.body}".strip()
            entry.excerpt = excerpt(texts, wanted, parts)
        return shown

    def _area_names(self, found):
        if not found.areas:
            return {}
        return dict(GoalArea.objects.filter(pk__in=found.areas).values_list("pk", "short_title"))

    def _facet(self, chosen, name, names, counts, is_capped):
        """The choices of one filter: [(words, number or None, address, whether it is chosen)]."""
        if sum(value in names for value in counts) < 2 and not chosen[name]:
            return []
        every = (_("Allt"), None, _address(chosen, **{name: None}), not chosen[name])
        return [every] + [
            (
                names[value],
                None if is_capped else number,
                _address(chosen, **{name: value}),
                chosen[name] == value,
            )
            for value, number in sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
            if value in names
        ]

    def _orders(self, chosen):
        by_date = chosen["ordning"] == "datum"
        return [
            (_("Bäst träff först"), None, _address(chosen, ordning=None), not by_date),
            (_("Nyast först"), None, _address(chosen, ordning="datum"), by_date),
        ]

    def render_to_response(self, context, **kwargs):
        response = super().render_to_response(context, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        # What somebody in danger has looked for is kept nowhere.
        response["Cache-Control"] = "no-store" if context["urgent"] is not None else "no-cache"
        return response


def _address(chosen, **changed):
    """The search with something else chosen, from its first page."""
    return "?" + urlencode({name: value for name, value in (chosen | changed).items() if value})


class CompletionsView(View):
    """Words of the website that begin like the last word typed, for the search box's script."""

    def get(self, request):
        response = JsonResponse({"words": completions(readable(request.GET.get("q", "")))})
        response["Cache-Control"] = "public, max-age=300"
        response["X-Robots-Tag"] = "noindex"
        return response
