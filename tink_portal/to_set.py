"""What the unit must set before residents can rely on the portal. Shown on the staff's start page."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from feedback.models import Feedback
from organisation.models import EXAMPLE, ContactPoint, Helpline, Person


def waiting(user):
    """How many synpunkter wait for an answer; None for someone who may not read them."""
    return Feedback.objects.open().count() if user.has_perm("feedback.view_feedback") else None


def things_to_set(user):
    """A list of (sentence, address to mend it at or ""), most important first; empty when all is set.

    That no mail is sent concerns everyone; the rest only those who can mend it.
    """
    things = _about_mail()
    if user.has_perm("organisation.change_helpline"):
        things += _about_facts()
    return things


def _about_mail():
    things = []
    if not settings.EMAIL_IS_SET:
        things.append(
            (
                _(
                    "Mejl skickas inte än. Be den som driver webbplatsen att ställa in det (EMAIL_URL)."
                ),
                "",
            )
        )
    if settings.DEFAULT_FROM_EMAIL.endswith(EXAMPLE):
        things.append(
            (
                _(
                    "Mejlens avsändare är ett exempel. Be om att få den inställd (DEFAULT_FROM_EMAIL)."
                ),
                "",
            )
        )
    return things


def _about_facts():
    things = []
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
