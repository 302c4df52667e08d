"""What residents say about a page, and what becomes of it.

A row is a public record: nobody deletes one here. No name, network address or browser is stored.
"""

import secrets

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

MAX_MESSAGE = 5000
# No 0, O, 1, I or L: a reference is read aloud over the telephone.
REFERENCE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
REFERENCE_LENGTH = 12


def new_reference():
    """A reference that nobody can guess: 12 of 31 signs, 59 bits."""
    return "".join(secrets.choice(REFERENCE_ALPHABET) for _ in range(REFERENCE_LENGTH))


class FeedbackQuerySet(models.QuerySet):
    def open(self):
        return self.exclude(status__in=[Feedback.Status.ANSWERED, Feedback.Status.CLOSED])


class Feedback(models.Model):
    """One "synpunkt" about one page, and how far the unit has come with it."""

    class Status(models.TextChoices):
        NEW = "ny", _("Ny")
        ASSIGNED = "tilldelad", _("Tilldelad")
        ONGOING = "pagar", _("Pågår")
        ANSWERED = "besvarad", _("Besvarad")
        CLOSED = "avslutad", _("Avslutad")

    reference = models.CharField(
        _("ärendenummer"),
        max_length=REFERENCE_LENGTH,
        unique=True,
        default=new_reference,
        editable=False,
    )
    submission = models.UUIDField(
        unique=True,
        editable=False,
        help_text="Made of the form's key and what was written: the same sent twice is one row.",
    )
    message = models.TextField(_("synpunkt"), max_length=MAX_MESSAGE)
    email = models.EmailField(_("e-postadress"), blank=True)
    page_path = models.CharField(_("sidans adress"), max_length=500)
    page_title = models.CharField(_("sida"), max_length=200)
    content_type = models.ForeignKey(
        ContentType, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    object_id = models.PositiveBigIntegerField(null=True, blank=True, editable=False)
    page = GenericForeignKey("content_type", "object_id")
    responsible = models.ForeignKey(
        "organisation.Person",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("gick till"),
        help_text=_("Tomt: enhetens brevlåda."),
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("handläggare"),
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.NEW
    )
    suspicion = models.CharField(
        _("misstänkt skräp"),
        max_length=60,
        blank=True,
        editable=False,
        help_text=_("Varför synpunkten kan vara skräp. Den sparas ändå."),
    )
    created_at = models.DateTimeField(_("kom in"), auto_now_add=True)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("synpunkt")
        verbose_name_plural = _("synpunkter")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["status", "-created_at"], name="feedback_by_status")]

    def __str__(self):
        return self.reference


class CaseEntry(models.Model):
    """One line in the story of a synpunkt: a note, an answer, a change. Never changed afterwards."""

    class Kind(models.TextChoices):
        NOTE = "anteckning", _("Intern anteckning")
        REPLY = "svar", _("Svar")
        CHANGE = "andring", _("Ändring")

    feedback = models.ForeignKey(
        Feedback, models.PROTECT, related_name="entries", verbose_name=_("synpunkt")
    )
    kind = models.CharField(_("slag"), max_length=10, choices=Kind.choices)
    text = models.TextField(_("text"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("av"),
    )
    created_at = models.DateTimeField(_("när"), auto_now_add=True)

    class Meta:
        verbose_name = _("händelse")
        verbose_name_plural = _("händelser")
        ordering = ["created_at", "pk"]

    def __str__(self):
        return f"{self.get_kind_display()} {self.created_at:%Y-%m-%d}"


class ClientCounter(models.Model):
    """How many synpunkter one client has sent in one window of time.

    ``bucket`` is a keyed hash that changes every day, so a row cannot be turned back into an address.
    """

    bucket = models.CharField(max_length=64)
    window = models.PositiveIntegerField(help_text="Length of the window in seconds.")
    started = models.PositiveBigIntegerField(help_text="Start of the window, Unix time.")
    stored = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bucket", "window", "started"], name="feedback_counter_once"
            )
        ]

    def __str__(self):
        return f"{self.window} s"
