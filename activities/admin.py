from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, GoalArea
from publishing.admin import ContentAdmin


@admin.register(GoalArea)
class GoalAreaAdmin(ContentAdmin):
    ordering = ["order"]
    first_fields = ["short_title", "summary"]
    search_fields = [*ContentAdmin.search_fields, "short_title", "summary"]
    own_fieldsets = [
        (_("För den som läser"), {"fields": ["for_whom", "what_you_can_do"]}),
        (_("Hjälp och kontakt"), {"fields": ["helplines", "contacts"]}),
        (_("I listor"), {"fields": ["icon", "order"]}),
    ]
    autocomplete_fields = [*ContentAdmin.autocomplete_fields, "helplines", "contacts"]


@admin.register(Activity)
class ActivityAdmin(ContentAdmin):
    list_display = ["title", "area", "kind_of_activity", "stage", "state", "public_link"]
    list_filter = ["area", "kind_of_activity", "stage", *ContentAdmin.list_filter]
    list_select_related = ["area", "responsible"]
    own_fieldsets = [
        (
            _("Om insatsen"),
            {"fields": ["area", "platform", "kind_of_activity", "stage", "target_group"]},
        )
    ]
    autocomplete_fields = [*ContentAdmin.autocomplete_fields, "area", "platform"]
