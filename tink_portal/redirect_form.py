"""An old address written by hand: it leads to a page of our own, in one step and never round in a ring."""

from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib.redirects.models import Redirect
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext_lazy as _

from publishing.addresses import find_page


def own_address(text):
    """``text`` as an address on this site, without the site's name. Raises ValidationError otherwise."""
    address = text.strip()
    if address == settings.SITE_URL or address.startswith(f"{settings.SITE_URL}/"):
        address = address.removeprefix(settings.SITE_URL) or "/"
    if not address.startswith("/") or address.startswith("//") or "\\" in address:
        raise ValidationError(
            _("Skriv en adress på den här webbplatsen. Den börjar med /, till exempel /kontakt/.")
        )
    return iri_to_uri(address)


class RedirectForm(forms.ModelForm):
    class Meta:
        model = Redirect
        fields = ["old_path", "new_path"]
        labels = {"old_path": _("Gammal adress"), "new_path": _("Leder till")}
        help_texts = {
            "old_path": _("Adressen som inte finns längre. Exempel: /gammal-sida/"),
            "new_path": _("En sida på webbplatsen. Exempel: /kontakt/"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.site_id = settings.SITE_ID
        self.fields["new_path"].required = True

    def clean_old_path(self):
        old = own_address(self.cleaned_data["old_path"])
        try:
            page = find_page(old)
        except Http404:
            page = None
        if page is not None and not urlsplit(old).query:
            raise ValidationError(
                _("På adressen finns sidan ”%(title)s”. Den kan inte leda vidare."),
                params={"title": page.title},
            )
        taken = self._others().filter(old_path=old).first()
        if taken:
            raise ValidationError(
                _("Adressen leder redan vidare till %(address)s. Ändra den raden i stället."),
                params={"address": taken.new_path},
            )
        return old

    def clean_new_path(self):
        """The end of the road: an address that itself leads on is replaced by where it leads."""
        new = own_address(self.cleaned_data["new_path"])
        old, seen = self.cleaned_data.get("old_path"), set()
        while new not in seen and new != old:
            seen.add(new)
            onward = self._others().filter(old_path=new).first()
            if onward is None:
                break
            new = onward.new_path
        else:
            raise ValidationError(_("Adressen skulle leda tillbaka till sig själv."))
        try:
            find_page(new)
        except Http404 as error:
            raise ValidationError(_("Det finns ingen publicerad sida på den adressen.")) from error
        return new

    def _others(self):
        return Redirect.objects.filter(site_id=settings.SITE_ID).exclude(pk=self.instance.pk)
