"""The short form behind a message: four questions, and the rest folded away."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminSplitDateTime
from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alerts.models import Alert

PREVIEW = "_preview"
OWN_TIME = "egen"
HOURS = {"6": _("6 timmar"), "24": _("24 timmar"), "72": _("3 dygn"), OWN_TIME: _("Egen tid")}
NO_SUCH_PAGE = _("Det finns ingen sida på adressen %s. Kontrollera stavningen. Exempel: /kontakt/")


class AlertForm(forms.ModelForm):
    """Asks for a length in hours; "Egen tid" asks for the moment."""

    duration = forms.ChoiceField(
        label=_("Hur länge ska det synas?"), choices=HOURS.items(), widget=forms.RadioSelect
    )

    class Meta:
        model = Alert
        fields = [
            *("level", "heading", "sentence", "ends_at", "phone", "link", "link_text", "path"),
            *("starts_at", "next_notice_at"),
        ]
        labels = {
            "level": _("Vad är det?"),
            "heading": _("Rubrik"),
            "sentence": _("En mening"),
        }
        widgets = {"level": forms.RadioSelect, "sentence": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [
            (Alert.Level.INFORMATION, _("Information – bra att veta")),
            (Alert.Level.DISTURBANCE, _("Störning – något fungerar inte")),
            (Alert.Level.CRISIS, _("Viktigt meddelande – fara för liv eller hälsa")),
        ]
        for name in ("starts_at", "ends_at", "next_notice_at"):
            self.fields[name].widget = AdminSplitDateTime()
        self.fields["starts_at"].required = self.fields["ends_at"].required = False
        self.initial["duration"] = OWN_TIME if self.instance.pk else "24"

    def is_valid(self):
        """A preview is shown in the form that was sent, and nothing is saved."""
        return super().is_valid() and PREVIEW not in self.data

    @property
    def preview(self):
        """The message as far as it has been written; None for an untouched form."""
        if self.is_bound:
            self.errors  # noqa: B018 - puts what was typed in the instance
        elif not self.instance.pk:
            return None
        return self.instance

    def clean_starts_at(self):
        return self.cleaned_data["starts_at"] or timezone.now()

    def clean_path(self):
        path = own_path(self.cleaned_data["path"])
        if path and path != "/":
            path = path.rstrip("/") + "/"
            require_page(path)
        return "" if path == "/" else path

    def clean_link(self):
        link = own_path(self.cleaned_data["link"])
        if link.startswith("/"):
            require_page(link.partition("#")[0].partition("?")[0])
        elif link:
            forms.URLField(assume_scheme="https").clean(link)
            if not link.startswith("https://"):
                raise forms.ValidationError(
                    _("Skriv en adress som börjar med / eller https://. Exempel: /kontakt/")
                )
        return link

    def clean(self):
        cleaned = super().clean()
        hours, starts_at = cleaned.get("duration"), cleaned.get("starts_at")
        if hours and hours != OWN_TIME and starts_at:
            begins = max(starts_at, timezone.now()).replace(second=0, microsecond=0)
            cleaned["ends_at"] = begins + timedelta(hours=int(hours))
        ends_at = cleaned.get("ends_at")
        if "ends_at" not in self.errors and hours == OWN_TIME and not ends_at:
            self.add_error("ends_at", _("Skriv vilken dag och tid meddelandet ska sluta synas"))
        elif ends_at and ends_at <= timezone.now():
            self.add_error("ends_at", _("Tiden måste vara senare än nu"))
        elif ends_at and starts_at and ends_at <= starts_at:
            self.add_error("ends_at", _("Tiden måste vara senare än ”visas från”"))
        notice = cleaned.get("next_notice_at")
        if notice and "next_notice_at" in self.changed_data and notice <= timezone.now():
            self.add_error("next_notice_at", _("Tiden måste vara senare än nu"))
        return cleaned


def own_path(address):
    """An address that was copied whole from our own website, without its beginning."""
    address = address.strip()
    own = settings.SITE_URL
    return address[len(own) :] or "/" if address.startswith(own) else address


def require_page(path):
    """Ask the website itself whether it has a page at ``path``: a message with a typo is seen by nobody."""
    request = HttpRequest()
    request.method, request.path = "HEAD", path
    try:
        if not path.startswith("/") or path.startswith("/admin/"):
            raise Http404(path)
        match = resolve(path)
        match.func(request, *match.args, **match.kwargs)
    except (Http404, Resolver404) as error:
        raise forms.ValidationError(NO_SUCH_PAGE % path) from error
