"""The forms behind the draft screens: incomplete drafts may be saved, stale ones may not."""

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import PermissionDenied
from django.forms.models import BaseInlineFormSet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from publishing import rights, text_checks
from publishing.drafts import newest_revision
from publishing.reviews import ownership_errors

PUBLISH = "_publish"
SCHEDULE = "_schedule"
PREVIEW = "_preview"


class LabelledSplitDateTime(AdminSplitDateTime):
    """Date and time with a name each; the stock widget leaves both without a label."""

    def __init__(self, attrs=None):
        super().__init__(attrs)
        for widget, name in zip(self.widgets, (_("Datum"), _("Klockslag")), strict=True):
            widget.attrs["aria-label"] = name


class ContentForm(forms.ModelForm):
    """A page's form. ``base`` is the version that was opened; a newer one makes this form stale."""

    is_stale = False
    #: Who is writing; set by ContentAdmin.
    editor = None

    base = forms.IntegerField(widget=forms.HiddenInput, required=False)
    minor_change = forms.BooleanField(
        label=_("Liten ändring"),
        required=False,
        help_text=_(
            "Kryssa i när du bara rättar stavfel. Då ändras inte ”Senast ändrad” på sidan."
        ),
    )
    publish_at = forms.SplitDateTimeField(
        label=_("Publicera ändringarna"),
        required=False,
        help_text=_("Fyll i och välj Schemalägg. Till dess visas sidan som den är nu."),
    )
    note = forms.CharField(
        label=_("Vad har du ändrat?"),
        required=False,
        max_length=200,
        help_text=_("En kort anteckning till kollegorna. Exempel: Ny tid för föreläsningen"),
    )
    show_note = forms.BooleanField(
        label=_("Visa för invånarna"),
        required=False,
        help_text=_(
            "Kryssa i så visas anteckningen med dagens datum under ”Visa ändringar” längst ned på sidan."
        ),
    )
    #: Shown in the section "Textkontroll", and only when there are warnings.
    check_reason = forms.CharField(
        label=_("Varför ska texten publiceras ändå?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Sparas med versionen. Exempel: Citatet ska stå ordagrant"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # ContentAdmin.get_object has asked already.
        if hasattr(self.instance, "newest_version"):
            self.newest = self.instance.newest_version
        else:
            self.newest = newest_revision(self.instance)
        self.current_number = self.newest.number if self.newest else 0
        self.initial["base"] = self.current_number
        self.initial["check_reason"] = self.newest.check_reason if self.newest else ""
        self.fields["publish_at"].widget = LabelledSplitDateTime()
        if not is_for_publishing(self.data):
            require_only(self, {"title"})

    @cached_property
    def checks(self):
        return text_checks.FormChecks(self)

    def full_clean(self):
        super().full_clean()
        if is_for_publishing(self.data):
            self.checks.refuse()

    def clean(self):
        cleaned = super().clean()
        if SCHEDULE in self.data and "publish_at" not in self.errors:
            self._clean_publish_at(cleaned.get("publish_at"))
        if is_for_publishing(self.data):
            self._clean_owners(cleaned)
            self._clean_whose_page(cleaned)
            if cleaned.get("show_note") and not cleaned.get("note"):
                self.add_error(
                    "note", _("Skriv vad du har ändrat, eller kryssa ur ”Visa för invånarna”")
                )
        if cleaned.get("base") != self.current_number:
            self.is_stale = True
            raise forms.ValidationError(
                _(
                    "%(who)s har sparat en nyare version sedan du öppnade sidan. Din text finns kvar här. "
                    "Under den står vad som skiljer."
                ),
                code="stale",
                params={"who": (self.newest and self.newest.created_by) or _("Någon annan")},
            )
        return cleaned

    def _clean_owners(self, cleaned):
        faults = ownership_errors(cleaned.get("responsible"), cleaned.get("deputy"))
        for name, sentence in faults.items():
            if name in self.fields and name not in self.errors:
                self.add_error(name, sentence)

    def _clean_whose_page(self, cleaned):
        """A new page is published by its own people, where editors are held to their own pages."""
        page = self._meta.model(
            responsible=cleaned.get("responsible"), deputy=cleaned.get("deputy")
        )
        is_new = not any(getattr(self.instance, "live_people", ()))
        may = rights.may_publish(self.editor, type(page)) if self.editor else False
        if is_new and may and not rights.may_publish(self.editor, type(page), page):
            self.add_error(
                None,
                _(
                    "Du kan bara publicera sidor där du själv är ansvarig eller ersättare. "
                    "Spara utkastet och be den ansvariga eller en granskare att publicera."
                ),
            )

    def _clean_publish_at(self, moment):
        if moment is None:
            self.add_error("publish_at", _("Skriv vilken dag och tid ändringarna ska publiceras"))
        elif moment <= timezone.now():
            self.add_error("publish_at", _("Tiden måste vara senare än nu"))


def is_for_publishing(data):
    """Whether a posted form asks for publishing, now or later: then everything must be filled in."""
    return PUBLISH in data or SCHEDULE in data


def require_only(form, names):
    """A draft may be incomplete: only the fields in ``names`` must be filled in."""
    for name, field in form.fields.items():
        field.required = name in names
        field.widget.is_required = field.required


class DraftFormSet(BaseInlineFormSet):
    """The rows of a page as its draft has them: live rows with the draft's values, and rows not yet live."""

    #: For somebody who may only look, rows that only the draft has stand beside the live ones.
    is_only_shown = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        drafted = self._drafted_rows()
        self._known = None if drafted is None else [row for row in drafted if row.pk]
        fresh = [row for row in drafted or [] if not row.pk]
        #: Rows that only the draft has: somebody who may not add rows is not shown them, and keeps them.
        self.not_offered = fresh if self.max_num == 0 else []
        if self.is_only_shown:
            self._known = drafted
        elif drafted is not None and not self.is_bound:
            self.initial_extra = [forms.model_to_dict(row, exclude=[self.fk.name]) for row in fresh]
            self.extra = max(self.extra, len(self.initial_extra))
        text_checks.remember(self)

    def _drafted_rows(self):
        placed = self.instance.__dict__.get("_prefetched_objects_cache", {})
        name = self.fk.remote_field.get_accessor_name()
        return placed[name]._result_cache if name in placed else None

    def get_queryset(self):
        return super().get_queryset() if self._known is None else self._known

    @property
    def empty_form(self):
        """A new row comes last."""
        form = super().empty_form
        if "order" in form.fields:
            last = max((row.order for row in self.get_queryset()), default=0)
            form.initial["order"] = last + 10
        return form

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        if self.is_bound and not is_for_publishing(self.data):
            require_only(form, set())
        return form

    def get_unique_error_message(self, unique_check):
        """The model's own sentence about rows that are alike."""
        for constraint in self.model._meta.total_unique_constraints:
            if set(constraint.fields) == set(unique_check):
                return constraint.get_violation_error_message()
        return super().get_unique_error_message(unique_check)


def require_publishing_right(request, admin, page):
    if not admin.has_publish_permission(request, page):
        raise PermissionDenied
