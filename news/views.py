from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from news.models import NewsItem
from publishing.views import ContentView


class NewsItemView(ContentView):
    model = NewsItem
    section = (_("Nyheter"), "nyheter")

    def get_queryset(self):
        return (
            super()
            .get_queryset()
            .filter(published_on__year=self.kwargs["year"])
            .select_related("area", "platform", "responsible", "deputy", "lead_picture")
        )

    def get_breadcrumbs(self):
        archive = reverse("pages:page", kwargs={"path": "nyheter/arkiv"})
        return [*super().get_breadcrumbs(), (_("Nyhetsarkiv"), archive)]
