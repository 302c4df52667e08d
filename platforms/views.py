from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from platforms.models import LocalAreaGroup, Membership, Platform
from publishing.collation import Swedish
from publishing.views import ContentView

SECTION = (_("Samverkan"), "samverkan")


class PlatformView(ContentView):
    """One platform: its purpose, who takes part, how it works, and the other three."""

    model = Platform
    section = SECTION

    def get_queryset(self):
        return (
            super()
            .get_queryset()
            .select_related("contact", "responsible", "deputy", "lead_picture")
        )

    def get_prefetches(self):
        members = Membership.objects.select_related("organisation").order_by(
            Swedish("organisation__name")
        )
        groups = LocalAreaGroup.objects.published().order_by(Swedish("place"))
        return [Prefetch("memberships", members), Prefetch("local_groups", groups)]

    def get_context_data(self, **kwargs):
        others = Platform.objects.published().exclude(pk=self.object.pk).in_order()
        return super().get_context_data(other_platforms=others, **kwargs)


class LocalAreaGroupView(ContentView):
    model = LocalAreaGroup
    section = SECTION

    def get_queryset(self):
        return (
            super()
            .get_queryset()
            .select_related("platform", "coordinator", "responsible", "deputy", "lead_picture")
        )

    def get_breadcrumbs(self):
        platform = self.object.platform
        shown = platform and platform.is_published
        above = [(platform.title, platform.get_absolute_url())] if shown else []
        return super().get_breadcrumbs() + above
