"""What the unit must set before residents can rely on the portal. Shown on the staff's start page."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from organisation.models import ContactPoint, Helpline, Person

EXAMPLE = ".example"


def things_to_set():
    """A list of (sentence, address to mend it at or ""), most important first; empty when all is set."""
    things = []
    if not settings.EMAIL_IS_SET:
        things.append(
            (_("Mejl skickas inte än. Den som driver webbplatsen behöver ställa in EMAIL_URL."), "")
        )
    if settings.DEFAULT_FROM_EMAIL.endswith(EXAMPLE):
        things.append(
            (_("Avsändaradressen är ett exempel. Den ställs in med DEFAULT_FROM_EMAIL."), "")
        )
    if not ContactPoint.objects.filter(is_unit_mailbox=True).exclude(email="").exists():
        things.append(
            (
                _("Enheten har ingen brevlåda för synpunkter."),
                reverse("admin:organisation_contactpoint_changelist"),
            )
        )
    for model, sentence in (
        (Person, _("%s har en e-postadress som bara är ett exempel.")),
        (ContactPoint, _("Kontaktvägen %s har en e-postadress som bara är ett exempel.")),
    ):
        for row in model.objects.filter(email__endswith=EXAMPLE):
            things.append((sentence % row, _change(row)))
    for point in ContactPoint.objects.filter(verified_on=None):
        things.append((_("Kontrollera kontaktvägen %s.") % point, _change(point)))
    for line in Helpline.objects.overdue():
        things.append((_("Kontrollera numret till %s.") % line, _change(line)))
    return things


def _change(row):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
