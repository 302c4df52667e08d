"""Important messages: a form short enough for a phone, and a button that ends what is shown."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from alerts.forms import AlertForm
from alerts.models import Alert


@admin.register(Alert)
class AlertAdmin(admin.ModelAdmin):
    """Not drafted: what is urgent is published at once. Who did what is in the stock history."""

    form = AlertForm
    list_display = ["heading", "level", "state", "place", "starts_at", "ends_at", "changed_by"]
    list_filter = ["level"]
    list_select_related = ["changed_by"]
    search_fields = ["heading", "sentence"]
    change_form_template = "admin/alert_form.html"

    @admin.display(description=_("syns"))
    def state(self, alert):
        if alert.is_shown:
            return _("Syns nu")
        return _("Har slutat synas") if alert.has_ended else _("Syns inte än")

    @admin.display(description=_("visas på"), ordering="path")
    def place(self, alert):
        return alert.path or _("hela webbplatsen")

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        """``live`` is what residents meet, whatever has been typed in the form."""
        context["live"] = Alert.objects.get(pk=obj.pk) if obj else None
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
        obj.changed_by = request.user
        super().save_model(request, obj, form, change)

    def response_add(self, request, obj, post_url_continue=None):
        return self._result(request, obj)

    def response_change(self, request, obj):
        return self._result(request, obj)

    def _result(self, request, alert):
        """Back to the form: what is shown stands first there, with the button that ends it."""
        if alert.is_shown:
            messages.success(request, _("Meddelandet är publicerat."))
        else:
            messages.success(request, _("Meddelandet är sparat. Det visas på den tid du valde."))
        return HttpResponseRedirect(reverse("admin:alerts_alert_change", args=[alert.pk]))

    def get_urls(self):
        end = path(
            "<int:pk>/avsluta/", self.admin_site.admin_view(self.end_view), name="alerts_alert_end"
        )
        return [end, *super().get_urls()]

    def end_view(self, request, pk):
        """One press: the message leaves the website."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        alert = get_object_or_404(Alert, pk=pk)
        if not alert.has_ended:
            alert.end(request.user)
            self.log_change(request, alert, str(_("Avslutade meddelandet.")))
        messages.success(request, _("Meddelandet är avslutat. Det syns inte längre."))
        return HttpResponseRedirect(reverse("admin:alerts_alert_change", args=[alert.pk]))
