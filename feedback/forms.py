"""The form behind "Tyck till om den här sidan"."""

import time
from uuid import UUID, uuid4, uuid5

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core import signing
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from feedback.models import MAX_MESSAGE

STAMP_SALT = "feedback.form"


class MessageField(forms.CharField):
    """Text whose length is counted as the resident's browser counts it: a line break is one sign."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


class FeedbackForm(forms.Form):
    """Two questions. ``key`` makes a repeated post harmless, ``stamp`` says when the form was drawn."""

    sida = forms.CharField(widget=forms.HiddenInput)
    key = forms.CharField(widget=forms.HiddenInput, required=False)
    stamp = forms.CharField(widget=forms.HiddenInput, required=False)
    message = MessageField(
        label=_("Din synpunkt"),
        max_length=MAX_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
        help_text=_(
            "Skriv gärna vad du letade efter eller vad som kan bli bättre. "
            "Skriv inte personnummer eller uppgifter om hälsa eller andra personer."
        ),
        error_messages={"required": _("Skriv din synpunkt")},
    )
    email = forms.EmailField(
        label=_("E-postadress"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Skriv den om du vill ha svar."),
        error_messages={
            "invalid": _("Skriv e-postadressen med @ och punkt, till exempel namn@exempel.se"),
            "max_length": _("E-postadressen får vara högst 254 tecken."),
        },
    )
    # Seen only by programs that fill in everything.
    website = forms.CharField(
        label=_("Lämna fältet tomt"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self.helper = FormHelper(self)
        self.helper.form_class = "form"
        self.helper.form_id = "tyck-till"
        self.helper.form_action = reverse_lazy("feedback:form")
        self.helper.disable_csrf = True
        self.helper.add_input(Submit("skicka", _("Skicka synpunkten")))
        # The browser must not cut a pasted text without a word; the counter and the error speak instead.
        message = self.fields["message"]
        del message.widget.attrs["maxlength"]
        message.error_messages["max_length"] = _(
            "Synpunkten får vara högst %(limit_value)d tecken. Du har skrivit %(show_value)d."
        )

    @classmethod
    def fresh(cls, path):
        """An empty form for the page at ``path``."""
        return cls(
            initial={
                "sida": path,
                "key": str(uuid4()),
                "stamp": signing.dumps(time.time(), salt=STAMP_SALT),
            }
        )

    def clean_email(self):
        """No quotes: the outbox keeps its recipients with commas between, so "a,b@c.se" would become two."""
        email = self.cleaned_data["email"]
        if '"' in email:
            raise forms.ValidationError(self.fields["email"].error_messages["invalid"])
        return email

    def submission(self):
        """The same UUID for the same form sent twice unchanged; another as soon as the text differs."""
        try:
            key = UUID(self.cleaned_data["key"])
        except ValueError:
            key = uuid4()
        parts = (self.cleaned_data[name] for name in ("sida", "message", "email"))
        return uuid5(key, "\0".join(parts))
