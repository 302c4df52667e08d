from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, GoalArea
from publishing.views import ContentView

SECTION = (_("Verksamhetsområden"), "verksamhetsomraden")


class GoalAreaView(ContentView):
    """One area: help first, then what you can do, the activities and how we work."""

    model = GoalArea
    section = SECTION

    def get_prefetches(self):
        activities = Activity.objects.published().select_related("platform").in_swedish_order()
        return ["helplines", "contacts", Prefetch("activities", activities)]


class ActivityView(ContentView):
    model = Activity
    section = SECTION

    def get_queryset(self):
        return (
            super()
            .get_queryset()
            .select_related("area", "platform", "responsible", "deputy", "lead_picture")
        )

    def get_breadcrumbs(self):
        area = self.object.area
        shown = area and area.is_published
        above = [(area.short_title, area.get_absolute_url())] if shown else []
        return super().get_breadcrumbs() + above
