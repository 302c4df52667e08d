from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from organisation.models import Person


class HandoverForm(forms.Form):
    """Who leaves, and who takes over. A deputy is needed as soon as there is a third person."""

    leaver = forms.ModelChoiceField(
        Person.objects.all(), label=_("Vem slutar?"), empty_label=_("Välj en funktion")
    )
    responsible = forms.ModelChoiceField(
        Person.objects.active(),
        label=_("Vem tar över ansvaret?"),
        empty_label=_("Välj en funktion"),
        help_text=_("Blir ansvarig där den som slutar är det, och får synpunkterna."),
        error_messages={"invalid_choice": _("Den du valde arbetar inte här. Välj någon annan.")},
    )
    deputy = forms.ModelChoiceField(
        Person.objects.active(),
        label=_("Vem blir ersättare?"),
        empty_label=_("Välj en funktion"),
        required=False,
        help_text=_("Blir ersättare där den som slutar är det."),
        error_messages={"invalid_choice": _("Den du valde arbetar inte här. Välj någon annan.")},
    )

    def clean(self):
        cleaned = super().clean()
        leaver, responsible = cleaned.get("leaver"), cleaned.get("responsible")
        deputy = cleaned.get("deputy")
        if leaver and responsible == leaver:
            self.add_error("responsible", _("Välj någon annan än den som slutar."))
        if leaver and deputy == leaver:
            self.add_error("deputy", _("Välj någon annan än den som slutar."))
        if deputy and deputy == responsible:
            self.add_error("deputy", _("Välj någon annan än den som tar över ansvaret."))
        if leaver and responsible and not deputy and "deputy" not in self.errors:
            taken = [leaver.pk, responsible.pk]
            if Person.objects.active().exclude(pk__in=taken).exists():
                self.add_error("deputy", ValidationError(_("Välj en ersättare.")))
        return cleaned
