"""Who keeps a page right and when it must be looked through again.

The review dates are no part of a draft: an older draft that is published later must not bring an older
review back. They are written by ``publish``, when it is due to set the first one, and by ``mark_reviewed``.
"""

from calendar import monthrange

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from organisation.models import Person

#: A page that somebody may be in danger for having read is looked through more often than its kind.
SENSITIVE_MONTHS = 3


def months_later(day, months):
    """The same day ``months`` later, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))


def next_review(page, on=None):
    """When ``page``, right on the date ``on``, must be looked through again; None for kinds that need not."""
    months = SENSITIVE_MONTHS if page.is_sensitive else page.review_months
    return months_later(on or timezone.localdate(), months) if months else None


def plan_review(page):
    """Set the date of a page that has none, or one later than its kind allows. In memory only."""
    latest = next_review(page)
    if latest and (page.review_on is None or page.review_on > latest):
        page.review_on = latest


def mark_reviewed(page, user, review_on=None):
    """Say that the live page is still right today: the row as residents see it, not its draft.

    ``review_on`` is when to look again, by the rule of its kind when left out. Raises ValidationError for a
    date that is not ahead, or later than the rule.
    """
    today, latest = timezone.localdate(), next_review(page)
    review_on = review_on or latest
    if review_on and (review_on <= today or (latest and review_on > latest)):
        raise ValidationError(_too_early_or_late(latest))
    page.reviewed_on, page.review_on = today, review_on
    # Neither "Senast ändrad" nor "sparad" moves: nothing has been written.
    type(page)._base_manager.filter(pk=page.pk).update(reviewed_on=today, review_on=review_on)
    LogEntry.objects.log_actions(user.pk, [page], CHANGE, _("Granskad – fortfarande aktuell"))


def _too_early_or_late(latest):
    if latest is None:
        return _("Välj en dag som ligger framåt i tiden.")
    return _("Välj en dag från i morgon till och med %(latest)s.") % {"latest": date_format(latest)}


def ownership_errors(responsible, deputy):
    """{field name: sentence} of what is wrong with those who are to keep a published page right.

    A deputy is asked for as soon as there is somebody to choose.
    """
    errors = {}
    for name, person in (("responsible", responsible), ("deputy", deputy)):
        if person and not person.is_active:
            errors[name] = _("%(person)s arbetar inte här längre. Välj någon annan.") % {
                "person": person
            }
    if deputy is None and Person.objects.active().count() > 1:
        errors["deputy"] = _(
            "Välj en ersättare, som tar över när den som är ansvarig inte kan svara."
        )
    return errors
