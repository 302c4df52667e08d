from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from pages.models import Page, PageSection
from publishing.admin import ContentAdmin, OwnedInline


class PageSectionInline(OwnedInline):
    model = PageSection
    fields = ["heading", "text", "live_list", "text_after", "order"]
    verbose_name_plural = _("Avsnitt")


@admin.register(Page)
class PageAdmin(ContentAdmin):
    inlines = [PageSectionInline]
    list_display = ["title", "path", "state", "responsible", "content_changed_on", "public_link"]
    ordering = ["path"]
    readonly_fields = [*ContentAdmin.readonly_fields, "path"]
    autocomplete_fields = [*ContentAdmin.autocomplete_fields, "parent"]

    def get_address_fields(self):
        return ["parent", "slug", "path"]

    def get_readonly_fields(self, request, obj=None):
        """The menu and the footer link to some pages: their addresses stay as they are."""
        fixed = ["parent", "slug"] if obj and obj.address_is_fixed else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and obj.address_is_fixed)
