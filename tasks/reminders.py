"""Reminding about review dates: 14 days ahead, on the day, 14 days late, and at 28 days to the unit."""

from collections import defaultdict

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from feedback.outbox import queue_mail
from organisation.models import ContactPoint, Person
from publishing.models import content_models
from tasks.models import Reminder
from tasks.page_sources import published_rows
from tasks.task import change_of

Step = Reminder.Step


def send_reminders():
    """Queue the day's mail, one to each person. Returns how many; run again the same day it does nothing.

    Two runs at once: the later one meets the other's rows and takes back everything.
    """
    today = timezone.localdate()
    try:
        with transaction.atomic():
            if Reminder.objects.filter(sent_on=today).exists():
                return 0
            return _send(today)
    except IntegrityError:
        return 0


def step_of(due, today):
    """The step that has come on ``today``; earlier ones that were missed are not made up for."""
    return max((step for step in Step if (today - due).days >= step), default=None)


def _send(today):
    pages = _pages_to_remind_of(today)
    Reminder.objects.bulk_create(
        Reminder(content_type=kind, object_id=pk, due=due, step=step, sent_on=today)
        for kind, pk, due, step, _line, _people in pages
    )
    lines = defaultdict(list)
    for _kind, _pk, _due, step, line, people in pages:
        for address in addresses(step, *people):
            lines[address].append(line)
    for address, own in lines.items():
        _queue(address, own)
    return len(lines)


def _pages_to_remind_of(today):
    """[(content type, pk, due, step, line of the mail, (responsible, deputy))] in a fixed order."""
    columns = ("review_on", "is_sensitive", "responsible", "deputy")
    rows = sorted(
        published_rows(content_models(), lambda model: Q(review_on__isnull=False), *columns)
    )
    done = set(Reminder.objects.values_list("content_type", "object_id", "due", "step"))
    people = Person.objects.in_bulk({pk for row in rows for pk in row[-2:]} - {None})
    found = []
    for label, pk, title, due, is_sensitive, responsible, deputy in rows:
        kind, step = _kind(label), step_of(due, today)
        if step is None or (kind.pk, pk, due, step) in done:
            continue
        owners = people.get(responsible), people.get(deputy)
        # A mailbox shows its mail to whoever passes by: a sensitive page is not named there.
        name = _("En känslig sida") if is_sensitive else " ".join(title.split())
        found.append((kind, pk, due, step, _line(label, pk, name, due, step, owners[0]), owners))
    return found


def _kind(label):
    return ContentType.objects.get_for_model(apps.get_model(label))


def _line(label, pk, name, due, step, responsible):
    place = change_of(label, pk)
    text = (
        _("Ska granskas senast %(date)s.")
        if step <= Step.DUE
        else _("Skulle ha granskats %(date)s.")
    )
    sentence = text % {"date": date_format(due)}
    if step == Step.ESCALATED and responsible:
        sentence += " " + _("Ansvarig: %(function)s.") % {"function": responsible.function}
    link = settings.SITE_URL + reverse(place[0], args=place[1:])
    return f"{name}\n{sentence}\n{link}"


def addresses(step, responsible, deputy):
    """To whom the step goes. Where nobody can receive it, and at the last step, it goes to the unit."""
    able = [person.email for person in (responsible, deputy) if _can_receive(person)]
    if step == Step.ESCALATED or not able:
        return unit_addresses()
    return sorted(set(able)) if step == Step.LATE else able[:1]


def _can_receive(person):
    if person is None or not person.can_receive:
        return False
    try:
        validate_email(person.email)
    except ValidationError:
        return False
    return True


def unit_addresses():
    """The unit's mailbox; without one, those who hand over pages; at last the sender's own address."""
    mailbox = ContactPoint.objects.filter(is_unit_mailbox=True).exclude(email="").first()
    if mailbox:
        return [mailbox.email]
    users = get_user_model().objects.with_perm(
        "tasks.hand_over", backend="django.contrib.auth.backends.ModelBackend"
    )
    found = users.exclude(email="").order_by("email").values_list("email", flat=True).distinct()
    return list(found) or [settings.DEFAULT_FROM_EMAIL]


def _queue(address, lines):
    queue_mail(
        address,
        subject=_("Sidor att granska: %(number)d") % {"number": len(lines)},
        message=_(
            "Hej!\n\n"
            "De här sidorna på webbplatsen behöver läsas igenom:\n\n"
            "%(pages)s\n\n"
            "Stämmer sidan fortfarande? Öppna länken och välj ”Granskad – fortfarande aktuell”. "
            "Behöver den ändras gör du det på samma ställe.\n\n"
            "Trygg i Norrtälje kommun\n"
        )
        % {"pages": "\n\n".join(lines)},
    )
