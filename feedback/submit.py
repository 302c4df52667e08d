"""Store a synpunkt and its notice in one transaction: either both are there, or neither."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from feedback.limits import count_stored, suspicion
from feedback.models import Feedback
from feedback.outbox import queue_mail
from organisation.models import ContactPoint


def submit(form, found, request):
    """The stored Feedback for a valid ``form`` about the FoundPage ``found`` (None when it is gone).

    Sent twice, the same form gives the same row. Raises DatabaseError when nothing could be stored.
    """
    submission = form.submission()
    if earlier := Feedback.objects.filter(submission=submission).first():
        return earlier
    try:
        with transaction.atomic():
            feedback = _store(form, found, submission)
            count_stored(request)
            notify_responsible(feedback)
    except IntegrityError:
        # The same post, sent twice at once, was stored by the other request.
        if earlier := Feedback.objects.filter(submission=submission).first():
            return earlier
        raise
    return feedback


def _store(form, found, submission):
    data, content = form.cleaned_data, found.content
    return Feedback.objects.create(
        submission=submission,
        message=data["message"],
        email=data["email"],
        page_path=found.path,
        page_title=found.title,
        content_type=ContentType.objects.get_for_model(content) if content else None,
        object_id=content.pk if content else None,
        responsible=route(content),
        suspicion=suspicion(data),
    )


def route(content):
    """The person who gets the notice: the page's responsible, else the deputy; None is the mailbox."""
    for person in (content.responsible, content.deputy) if content else ():
        if person and person.can_receive:
            return person
    return None


def notify_responsible(feedback):
    """Put a notice in the outbox: page, reference and link, never what was written."""
    mailbox = ContactPoint.objects.filter(is_unit_mailbox=True).exclude(email="").first()
    if feedback.responsible:
        recipient = feedback.responsible.email
    else:
        recipient = mailbox.email if mailbox else settings.DEFAULT_FROM_EMAIL
    # A mailbox shows subjects to whoever passes by: a sensitive page is not named there.
    is_sensitive = feedback.page is not None and feedback.page.is_sensitive
    title = _("en känslig sida") if is_sensitive else " ".join(feedback.page_title.split())
    link = settings.SITE_URL + reverse("admin:feedback_feedback_change", args=[feedback.pk])
    queue_mail(
        recipient,
        subject=_("Ny synpunkt: %(page)s (%(reference)s)")
        % {"page": title, "reference": feedback.reference},
        message=_(
            "En ny synpunkt har kommit om ”%(page)s”.\n\n"
            "Läs och hantera den här: %(link)s\n\n"
            "Synpunktens text skickas inte i mejlet.\n"
        )
        % {"page": title, "link": link},
    )
