"""A page leaves the website: who links to it is shown first, and its address may lead on to another page."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.addresses import find_page
from publishing.draft_forms import require_publishing_right
from publishing.draft_views import screen
from publishing.drafts import unpublish
from publishing.models import content_models
from publishing.redirects import remember_address
from publishing.usage import LIVE, pages_linking_to

#: How many pages of each kind one may choose among; of news there will be very many.
CHOICES_OF_A_KIND = 200


class LeavingForm(forms.Form):
    """Where the address of ``page`` leads when the page is gone."""

    leads_to = forms.CharField(
        label=gettext_lazy("Låt adressen leda vidare till"),
        required=False,
        widget=forms.Select,
        help_text=gettext_lazy(
            "Den som har sparat adressen, eller följer en gammal länk, kommer då till den sidan."
        ),
    )

    def __init__(self, page, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.address = page.get_absolute_url() if page.is_published else ""
        self.fields["leads_to"].widget.choices = [
            ("", _("Ingen sida. Adressen svarar att sidan inte finns.")),
            *_published_pages(page),
        ]

    def clean_leads_to(self):
        chosen = self.cleaned_data["leads_to"]
        if not chosen:
            return ""
        try:
            target = find_page(chosen).path
        except Http404 as error:
            raise ValidationError(
                _("Sidan som du valde finns inte på webbplatsen längre. Välj en annan.")
            ) from error
        if target == self.address:
            raise ValidationError(_("En sida kan inte leda vidare till sig själv. Välj en annan."))
        return target


def _published_pages(page):
    """Choices by kind of page: [(kind, [(address, title)])]."""
    for model in content_models():
        others = model.objects.published()
        if isinstance(page, model):
            others = others.exclude(pk=page.pk)
        rows = others.order_by("-content_changed_on", "-pk")[:CHOICES_OF_A_KIND]
        found = sorted((row.title, row.get_absolute_url()) for row in rows)
        if found:
            name = str(model._meta.verbose_name_plural).capitalize()
            yield name, [(address, f"{title} ({address})") for title, address in found]


def leaving_context(page, data=None):
    """What both the unpublishing and the deleting screen show about ``page``."""
    uses = pages_linking_to(page)
    return {
        "linking": [_linked(other) for other, state in uses if state == LIVE],
        "linking_drafts": [_linked(other) for other, state in uses if state != LIVE],
        "is_in_menu": getattr(page, "address_is_fixed", False),
        "leaving_form": LeavingForm(page, data) if page.is_published else None,
    }


def _linked(page):
    """(title, where an editor changes it)."""
    opts = page._meta
    return page.title, reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[page.pk])


def lead_on(page, data):
    """Write the redirect that was chosen in ``data``, if ``page`` was on the website: its target or ""."""
    form = LeavingForm(page, data)
    target = form.is_valid() and form.address and form.cleaned_data["leads_to"]
    if target:
        remember_address(form.address, target)
    return target or ""


def unpublish_view(request, admin, page):
    """Ask, and take the page off the website at once."""
    require_publishing_right(request, admin, page)
    context = leaving_context(page, request.POST or None)
    form = context["leaving_form"]
    if request.method != "POST" or (form and form.is_bound and not form.is_valid()):
        return screen(request, admin, page, "unpublish", _("Avpublicera"), **context)
    with transaction.atomic():
        unpublish(page, request.user)
        target = lead_on(page, request.POST)
    admin.log_change(request, page, _("Avpublicerad"))
    messages.success(request, _("Sidan syns inte längre på webbplatsen."))
    if target:
        messages.success(request, _("Adressen leder nu vidare till %s.") % target)
    return HttpResponseRedirect(admin._url("change", page.pk))
