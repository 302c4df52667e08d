from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import second_step


class CodeForm(forms.Form):
    """A code from the app."""

    label = _("Kod från appen")
    code = forms.CharField(
        label=label,
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "autocapitalize": "none",
                "spellcheck": "false",
                "class": "tk-code",
            }
        ),
        error_messages={"required": _("Skriv koden.")},
    )

    def __init__(self, *args, autofocus=True, **kwargs):
        super().__init__(*args, **kwargs)
        if autofocus or self.is_bound:
            self.fields["code"].widget.attrs["autofocus"] = True

    def wrong(self):
        """The sentence beside the field; the same for a wrong and a used code."""
        self.add_error(
            "code",
            ValidationError(
                _(
                    "Koden stämmer inte. Koden byts var 30:e sekund och kan bara användas en gång. "
                    "Vänta på nästa och försök igen."
                )
            ),
        )

    def too_fast(self, device):
        seconds = second_step.seconds_to_wait(device)
        if seconds:
            self.add_error(
                "code",
                ValidationError(
                    _("För många fel koder. Vänta %(seconds)d sekunder och försök igen."),
                    params={"seconds": seconds},
                ),
            )
        return bool(seconds)


class RecoveryCodeForm(CodeForm):
    """A recovery code from the paper."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = _("Återställningskod")
        field.help_text = _("Tio tecken, till exempel abcde-fghij. Varje kod kan användas en gång.")
        field.widget.attrs |= {"inputmode": "text", "autocomplete": "off"}

    def wrong(self):
        self.add_error(
            "code", ValidationError(_("Koden stämmer inte, eller så är den redan använd."))
        )
