"""The inbox. Only those with the permission to read synpunkter see it; nobody deletes in it."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from audit.log import Action, record_once_a_day
from feedback.case import add_note, record_changes, reply
from feedback.models import Feedback

PERMISSION = "change_feedback"


class CaseForm(forms.ModelForm):
    note = forms.CharField(
        label=_("Intern anteckning"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=_("Syns inte för den som skrev. Kan ändå vara en allmän handling."),
    )
    answer = forms.CharField(
        label=_("Svar till den som skrev"),
        required=False,
        max_length=10000,
        widget=forms.Textarea(attrs={"rows": 8, "class": "vLargeTextField"}),
        help_text=_("Skickas som mejl när du sparar. Ärendet får status Besvarad."),
    )

    class Meta:
        model = Feedback
        fields = ["status", "assigned_to"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "assigned_to" in self.fields:
            self.fields["assigned_to"].queryset = people_who_may_handle()
        if "answer" in self.fields and not self.instance.email:
            self.fields["answer"].disabled = True
            self.fields["answer"].help_text = _("Den som skrev lämnade ingen e-postadress.")


def people_who_may_handle():
    """Accounts that may read and change synpunkter."""
    allowed = Q(groups__permissions__codename=PERMISSION) | Q(user_permissions__codename=PERMISSION)
    users = get_user_model().objects.filter(is_active=True)
    return users.filter(allowed | Q(is_superuser=True)).distinct().order_by("username")


class SuspicionFilter(admin.SimpleListFilter):
    title = _("misstänkt skräp")
    parameter_name = "skrap"

    def lookups(self, request, model_admin):
        return [("ja", _("Ja")), ("nej", _("Nej"))]

    def queryset(self, request, queryset):
        if self.value() == "ja":
            return queryset.exclude(suspicion="")
        return queryset.filter(suspicion="") if self.value() == "nej" else queryset


@admin.register(Feedback)
class FeedbackAdmin(admin.ModelAdmin):
    form = CaseForm
    list_display = ["excerpt", "page_title", "status", "created_at", "assigned_to", "wants_answer"]
    list_display_links = ["excerpt"]
    list_filter = ["status", SuspicionFilter, "assigned_to", "page_title"]
    list_select_related = ["assigned_to"]
    search_fields = ["reference", "message", "page_title", "email"]
    date_hierarchy = "created_at"
    list_per_page = 50
    readonly_fields = [
        *("reference", "created_at", "what_was_written", "email", "page_link"),
        *("sent_to", "suspicion", "story"),
    ]
    fieldsets = [
        (
            _("Det här skrev någon"),
            {
                "fields": [
                    "what_was_written",
                    "page_link",
                    "created_at",
                    "email",
                    "reference",
                    "suspicion",
                ]
            },
        ),
        (_("Svara"), {"fields": ["answer"]}),
        (_("Handlägg"), {"fields": ["status", "assigned_to", "note"]}),
        (_("Det här har hänt"), {"fields": ["sent_to", "story"]}),
    ]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """No buttons for making accounts beside the choice of handler."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "assigned_to":
            for action in ("add", "change", "delete", "view"):
                setattr(field.widget, f"can_{action}_related", False)
        return field

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        """Reading is noted, once a day for each reader and synpunkt."""
        record_once_a_day(request.user, Action.READ, obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        """A synpunkt is a public record: removing one needs a decision, not a button."""
        return False

    @admin.display(description=_("synpunkt"))
    def excerpt(self, feedback):
        return Truncator(feedback.message).chars(80)

    @admin.display(description=_("vill ha svar"), boolean=True)
    def wants_answer(self, feedback):
        return bool(feedback.email)

    @admin.display(description=_("synpunkt"))
    def what_was_written(self, feedback):
        return format_html('<blockquote class="tk-quote">{}</blockquote>', feedback.message)

    @admin.display(description=_("sida"))
    def page_link(self, feedback):
        return format_html('<a href="{}">{}</a>', feedback.page_path, feedback.page_title)

    @admin.display(description=_("gick till"))
    def sent_to(self, feedback):
        return feedback.responsible or _("Enhetens brevlåda")

    @admin.display(description=_("händelser"))
    def story(self, feedback):
        entries = feedback.entries.select_related("author")
        return render_to_string("feedback/_story.html", {"entries": entries})

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        record_changes(obj, request.user, self._sentences(form))
        if note := form.cleaned_data.get("note"):
            add_note(obj, request.user, note)
        if answer := form.cleaned_data.get("answer"):
            reply(obj, request.user, answer)
            self.message_user(request, self._sent_sentence())

    def _sent_sentence(self):
        if settings.EMAIL_IS_SET:
            return _("Svaret är lagt i utkorgen och skickas inom några minuter.")
        return _("Svaret är sparat men når ingen än: webbplatsen kan inte skicka mejl.")

    def _sentences(self, form):
        values = {
            "status": form.instance.get_status_display(),
            "assigned_to": form.instance.assigned_to or _("ingen"),
        }
        labels = {name: form.fields[name].label for name in values if name in form.fields}
        return [f"{labels[name]}: {values[name]}" for name in labels if name in form.changed_data]
