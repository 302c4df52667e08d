"""The list "Trasiga länkar". Links are found by the check; here they are looked at and decided about."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.models import CHANGE, LogEntry
from django.db.models import Q
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from links.models import Link

NOT_ASKED = _(
    "Länkar till andra webbplatser kontrolleras inte här. Den som driver webbplatsen kan slå på det."
)
PUT_ASIDE = _("Länken visas inte längre bland de trasiga. Du hittar den under ”Stämmer ändå”.")


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Varför stämmer länken ändå?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        help_text=_("En mening till den som undrar senare. Exempel: Jag öppnade den i dag."),
    )


class StateFilter(admin.SimpleListFilter):
    """What to look at. Without a choice: what somebody must mend."""

    title = _("läge")
    parameter_name = "visa"
    CHOICES = {
        "flyttade": (_("Flyttade"), Q(status=Link.Status.MOVED)),
        "vet-inte": (_("Vet inte"), Q(status=Link.Status.UNKNOWN)),
        "fungerar": (_("Fungerar"), Q(status=Link.Status.OK)),
        "stammer": (_("Stämmer ändå"), ~Q(ignored_because="")),
        "alla": (_("Alla länkar"), Q()),
    }

    def lookups(self, request, model_admin):
        return [(name, label) for name, (label, _condition) in self.CHOICES.items()]

    def choices(self, changelist):
        for choice in super().choices(changelist):
            everything = choice["display"] == _("All")
            yield choice | ({"display": _("Behöver rättas")} if everything else {})

    def queryset(self, request, queryset):
        if self.value() in self.CHOICES:
            return queryset.filter(self.CHOICES[self.value()][1])
        # A link that is looked at by itself is shown whatever its state.
        return queryset.faulty()


@admin.register(Link)
class LinkAdmin(admin.ModelAdmin):
    list_display = ["fault", "address", "where", "since"]
    list_filter = [StateFilter, "kind"]
    search_fields = ["url", "places__title"]
    list_per_page = 50
    actions = ["check_again", "is_right", "is_not_right"]
    change_list_template = "admin/links/link/change_list.html"
    change_form_template = "admin/links/link/change_form.html"
    fields = ["fault", "address", "where", "since", "checked", "decided"]
    readonly_fields = fields

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("places").select_related("ignored_by")

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        """A link is mended on its page; here nothing is typed."""
        return False

    def has_decide_permission(self, request):
        return request.user.has_perm("links.change_link")

    # --- What is shown ----------------------------------------------------------------------------

    @admin.display(description=_("vad som är fel"), ordering="status")
    def fault(self, link):
        return render_to_string("admin/links/link/_fault.html", {"link": link})

    @admin.display(description=_("länken"), ordering="url")
    def address(self, link):
        return render_to_string("admin/links/link/_address.html", {"link": link})

    @admin.display(description=_("finns på"))
    def where(self, link):
        return render_to_string("admin/links/link/_places.html", {"link": link})

    @admin.display(description=_("fel sedan"), ordering="first_failed_at")
    def since(self, link):
        if link.first_failed_at is None:
            return self.get_empty_value_display()
        return date_format(timezone.localtime(link.first_failed_at))

    @admin.display(description=_("senast kontrollerad"))
    def checked(self, link):
        if link.checked_at is None:
            return _("Väntar på kontroll")
        return date_format(timezone.localtime(link.checked_at), "DATETIME_FORMAT")

    @admin.display(description=_("stämmer ändå, därför att"))
    def decided(self, link):
        if not link.ignored_because:
            return self.get_empty_value_display()
        return f"{link.ignored_because} ({link.ignored_by or _('borttaget konto')})"

    def changelist_view(self, request, extra_context=None):
        context = {"title": _("Trasiga länkar"), "asks_others": settings.CHECK_OUTER_LINKS}
        return super().changelist_view(request, context | (extra_context or {}))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        context = {"title": _("Länk"), "may_decide": self.has_decide_permission(request)}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    # --- What can be done -------------------------------------------------------------------------

    @admin.action(description=_("Kontrollera igen"), permissions=["decide"])
    def check_again(self, request, queryset):
        """Nothing is asked here: the next run takes what waits."""
        links = list(queryset)
        Link.objects.filter(pk__in=[link.pk for link in links]).update(checked_at=None)
        self._log(request, links, _("Kontrolleras igen"))
        sentence = ngettext(
            "%(count)d länk kontrolleras igen om en stund.",
            "%(count)d länkar kontrolleras igen om en stund.",
            len(links),
        )
        self.message_user(request, sentence % {"count": len(links)}, messages.SUCCESS)
        if not settings.CHECK_OUTER_LINKS and any(link.kind == Link.Kind.OUTER for link in links):
            self.message_user(request, NOT_ASKED, messages.WARNING)

    @admin.action(description=_("Stämmer ändå"), permissions=["decide"])
    def is_right(self, request, queryset):
        """Ask for the reason first; the same action comes back with it."""
        form = ReasonForm(request.POST if "reason" in request.POST else None)
        if form.is_valid():
            links, reason = list(queryset), form.cleaned_data["reason"]
            Link.objects.filter(pk__in=[link.pk for link in links]).update(
                ignored_because=reason, ignored_by=request.user
            )
            self._log(request, links, _("Stämmer ändå: %s") % reason)
            self.message_user(request, PUT_ASIDE, messages.SUCCESS)
            return None
        context = self.admin_site.each_context(request) | {
            "title": _("Stämmer länken ändå?"),
            "form": form,
            "links": queryset,
            "opts": self.opts,
            "action_name": helpers.ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/links/link/reason.html", context)

    @admin.action(description=_("Visa igen bland de trasiga"), permissions=["decide"])
    def is_not_right(self, request, queryset):
        links = list(queryset)
        Link.objects.filter(pk__in=[link.pk for link in links]).update(
            ignored_because="", ignored_by=None
        )
        self._log(request, links, _("Visas igen"))
        self.message_user(request, _("Beslutet är borttaget."), messages.SUCCESS)

    def _log(self, request, links, message):
        LogEntry.objects.log_actions(request.user.pk, links, CHANGE, str(message))
