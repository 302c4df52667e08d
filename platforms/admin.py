from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from platforms.models import LocalAreaGroup, Membership, Platform
from publishing.admin import ContentAdmin, OwnedInline


class MembershipInline(OwnedInline):
    model = Membership
    autocomplete_fields = ["organisation"]
    verbose_name_plural = _("Deltagare")


@admin.register(Platform)
class PlatformAdmin(ContentAdmin):
    inlines = [MembershipInline]
    ordering = ["order"]
    list_filter = [*ContentAdmin.list_filter, "level"]
    own_fieldsets = [
        (
            _("Om plattformen"),
            {
                "fields": [
                    "level",
                    "purpose",
                    "ways_of_working",
                    "meeting_rhythm",
                    "contact",
                    "order",
                ]
            },
        )
    ]
    autocomplete_fields = [*ContentAdmin.autocomplete_fields, "contact"]


@admin.register(LocalAreaGroup)
class LocalAreaGroupAdmin(ContentAdmin):
    list_display = ["title", "place", "state", "responsible", "public_link"]
    search_fields = [*ContentAdmin.search_fields, "place"]
    own_fieldsets = [(_("Om gruppen"), {"fields": ["platform", "place", "coordinator"]})]
    autocomplete_fields = [*ContentAdmin.autocomplete_fields, "platform", "coordinator"]
