"""What staff do with a synpunkt. Every step leaves an entry in its story."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from feedback.models import CaseEntry, Feedback
from feedback.outbox import queue_mail


def add_note(feedback, author, text):
    """Keep an internal note. It is never sent to the one who wrote."""
    return feedback.entries.create(kind=CaseEntry.Kind.NOTE, text=text, author=author)


def record_changes(feedback, author, changes):
    """Keep which fields were changed to what; ``changes`` is a list of sentences."""
    if changes:
        feedback.entries.create(kind=CaseEntry.Kind.CHANGE, text="\n".join(changes), author=author)


@transaction.atomic
def reply(feedback, author, text):
    """Answer by mail and mark the synpunkt as answered. Entry and mail are stored together or not at all.

    The same answer is sent once, however often the button is pressed.
    """
    Feedback.objects.select_for_update().get(pk=feedback.pk)
    if feedback.entries.filter(kind=CaseEntry.Kind.REPLY, text=text).exists():
        return
    feedback.entries.create(kind=CaseEntry.Kind.REPLY, text=text, author=author)
    feedback.status = Feedback.Status.ANSWERED
    feedback.save(update_fields=["status"])
    queue_mail(
        feedback.email,
        subject=_("Svar på din synpunkt (%(reference)s)") % {"reference": feedback.reference},
        message=_(
            "Hej!\n\n"
            "Du skrev till oss %(date)s om sidan ”%(page)s”. Här är vårt svar:\n\n"
            "%(answer)s\n\n"
            "Är du inte nöjd? Kontakta oss via %(link)s\n\n"
            "Trygg i Norrtälje kommun\n"
        )
        % {
            "date": date_format(timezone.localtime(feedback.created_at), "j F Y"),
            "page": feedback.page_title,
            "answer": text,
            "link": f"{settings.SITE_URL}/kontakt/",
        },
    )
