"""The log in the admin: looked at, searched and fetched as a file by those who may; changed by nobody."""

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.csv_export import write_csv
from audit.log import Action, record
from audit.models import Event


class WhoFilter(admin.SimpleListFilter):
    """By the name that stands in the row, so that it is one question however many accounts there are."""

    title = _("vem")
    parameter_name = "vem"

    def lookups(self, request, model_admin):
        names = Event.objects.order_by("username").values_list("username", flat=True).distinct()
        return [(name, name) for name in names if name]

    def queryset(self, request, queryset):
        return queryset.filter(username=self.value()) if self.value() else queryset


@admin.register(Event)
class EventAdmin(admin.ModelAdmin):
    list_display = ["at", "who", "action", "what", "details"]
    list_display_links = ["at"]
    list_filter = ["at", "action", WhoFilter]
    search_fields = ["username", "object_name", "object_id", "details"]
    search_help_text = _("Sök på konto, namnet på det som ändrades eller ärendenummer.")
    list_per_page = 100
    show_full_result_count = False
    fields = ["at", "who", "action", "what", "object_id", "details"]
    readonly_fields = fields
    change_list_template = "admin/audit_change_list.html"
    actions = None

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": _("Loggen")} | (extra_context or {}))

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("vem"), ordering="username")
    def who(self, event):
        return event.username or _("webbplatsen, eller okänd")

    @admin.display(description=_("gäller"), ordering="object_name")
    def what(self, event):
        return f"{kind_of(event)} {event.object_name}".strip()

    def get_urls(self):
        export = path(
            "hamta/", self.admin_site.admin_view(self.export_view), name="audit_event_export"
        )
        return [export, *super().get_urls()]

    def export_view(self, request):
        """What the list shows with its filters, as a file. That it was fetched stands in the log."""
        if request.method != "POST" or not self.has_view_permission(request):
            raise PermissionDenied
        events = self.get_changelist_instance(request).get_queryset(request)
        header = [_("Tid"), _("Vem"), _("Vad"), _("Slag"), _("Nummer"), _("Gäller"), _("Uppgifter")]
        text = write_csv(header, (row_of(event) for event in events.iterator()))
        record(request.user, Action.EXPORTED, details=_("Loggen"))
        response = HttpResponse(text, content_type="text/csv; charset=utf-8")
        name = f"logg-{timezone.localdate():%Y-%m-%d}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


def row_of(event):
    return [
        timezone.localtime(event.at).strftime("%Y-%m-%d %H:%M:%S"),
        event.username,
        event.get_action_display(),
        kind_of(event),
        event.object_id,
        event.object_name,
        event.details,
    ]


def kind_of(event):
    """The Swedish name of what the row is about; its label when there is no such thing any more."""
    try:
        return str(apps.get_model(event.object_type)._meta.verbose_name).capitalize()
    except (LookupError, ValueError):
        return event.object_type
