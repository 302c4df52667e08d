"""Who we are and whom to turn to: functions, partner organisations, contact points and help lines.

This room knows nothing of pages. Facts that go out of date carry the date on which they were true.
"""

import re

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

PHONE = RegexValidator(
    r"^\+?[0-9][0-9 \-]{1,18}$",
    _("Skriv telefonnumret med siffror, till exempel 0176-123 45"),
)


#: What addresses end in until the unit sets its own. Nobody outside is shown one.
EXAMPLE = ".example"


def public_email(address):
    """``address`` when a resident may use it, else ""."""
    return "" if address.endswith(EXAMPLE) else address


def tel_link(number):
    """``number`` as the target of a tel: link: digits and a leading plus only."""
    return "tel:" + re.sub(r"[^0-9+]", "", number)


class PersonQuerySet(models.QuerySet):
    def active(self):
        return self.filter(is_active=True)


class Person(models.Model):
    """A function in the unit, held by someone. The function is public; the name only if it is filled in."""

    function = models.CharField(
        _("funktion"),
        max_length=120,
        help_text=_(
            "Vad personen arbetar med, så som invånarna ska se det. Exempel: Samordnare ANDT"
        ),
    )
    name = models.CharField(
        _("namn"),
        max_length=120,
        blank=True,
        help_text=_("Frivilligt. Visas bara här i redaktionen."),
    )
    email = models.EmailField(
        _("e-postadress"), blank=True, help_text=_("Hit går aviseringar om synpunkter.")
    )
    phone = models.CharField(_("telefon"), max_length=20, blank=True, validators=[PHONE])
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("användarkonto"),
        related_name="person",
    )
    is_active = models.BooleanField(
        _("arbetar här"),
        default=True,
        help_text=_("Kryssa ur när personen slutar. Synpunkter går då till ersättaren."),
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("funktion")
        verbose_name_plural = _("funktioner")
        ordering = ["function", "pk"]

    def __str__(self):
        return f"{self.function} ({self.name})" if self.name else self.function

    @property
    def can_receive(self):
        return bool(self.is_active and self.email)


class Organisation(models.Model):
    """A partner that takes part in the platforms."""

    class Kind(models.TextChoices):
        """The kinds of actor, in the order of the unit's own description of its platforms."""

        MUNICIPALITY = "kommun", _("Kommunala nämnder och kontor")
        POLICE = "polis", _("Polisen")
        AUTHORITY = "myndighet", _("Andra myndigheter")
        ORGANISATION = "organisation", _("Organisationer")
        ASSOCIATION = "forening", _("Föreningar")
        COMPANY = "foretag", _("Företag")
        CHURCH = "kyrka", _("Kyrkorna")

    name = models.CharField(_("namn"), max_length=160, unique=True)
    kind = models.CharField(_("slag"), max_length=12, choices=Kind.choices)
    website = models.URLField(_("webbplats"), blank=True)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisationer")
        ordering = ["name"]

    def __str__(self):
        return self.name


class ContactPoint(models.Model):
    """A way in: what it is for, and how to reach it."""

    name = models.CharField(_("namn"), max_length=120, unique=True)
    purpose = models.CharField(_("vad man kan få hjälp med"), max_length=300, blank=True)
    email = models.EmailField(_("e-postadress"), blank=True)
    phone = models.CharField(_("telefon"), max_length=20, blank=True, validators=[PHONE])
    visit = models.TextField(_("besök och öppettider"), max_length=600, blank=True)
    is_unit_mailbox = models.BooleanField(
        _("enhetens brevlåda"),
        default=False,
        help_text=_("Hit går synpunkter på sidor där ingen ansvarig kan ta emot dem."),
    )
    verified_on = models.DateField(
        _("kontrollerad"),
        null=True,
        blank=True,
        help_text=_(
            "När uppgiften senast kontrollerades. Tomt visar ”kontrolleras” på webbplatsen."
        ),
    )
    order = models.PositiveSmallIntegerField(_("ordning"), default=0)

    class Meta:
        verbose_name = _("kontaktväg")
        verbose_name_plural = _("kontaktvägar")
        ordering = ["order", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_unit_mailbox"],
                condition=models.Q(is_unit_mailbox=True),
                name="organisation_one_unit_mailbox",
                violation_error_message=_(
                    "Det finns redan en kontaktväg som är enhetens brevlåda."
                ),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def tel(self):
        return tel_link(self.phone)

    @property
    def public_email(self):
        return public_email(self.email)


class HelplineQuerySet(models.QuerySet):
    def for_every_page(self):
        """The numbers in the strip at the top of every page, the emergency number first."""
        return self.filter(on_every_page=True)

    def for_start(self):
        return self.filter(on_start=True)

    def overdue(self, on=None):
        """Numbers that nobody has verified, or whose review date has passed."""
        on = on or timezone.localdate()
        return self.filter(models.Q(verified_on=None) | models.Q(review_by__lt=on))


class Helpline(models.Model):
    """A number that someone in need may ring. A wrong one does harm, so each has a source and dates."""

    number = models.CharField(_("nummer"), max_length=20, unique=True, validators=[PHONE])
    name = models.CharField(_("namn"), max_length=120)
    for_whom = models.CharField(
        _("för vem"), max_length=300, help_text=_("En mening. Exempel: För dig under 18 år.")
    )
    hours = models.CharField(
        _("när"), max_length=120, blank=True, help_text=_("Exempel: dygnet runt")
    )
    website = models.URLField(_("webbplats"), blank=True)
    source = models.CharField(
        _("källa"), max_length=300, help_text=_("Var uppgiften är hämtad. Syns bara här.")
    )
    verified_on = models.DateField(
        _("kontrollerad"),
        null=True,
        blank=True,
        help_text=_("Tomt visar ”kontrolleras” på webbplatsen, och tiderna döljs."),
    )
    review_by = models.DateField(_("kontrollera igen senast"), null=True, blank=True)
    on_every_page = models.BooleanField(_("överst på alla sidor"), default=False)
    on_start = models.BooleanField(_("på startsidan"), default=False)
    order = models.PositiveSmallIntegerField(_("ordning"), default=0)

    objects = HelplineQuerySet.as_manager()

    class Meta:
        verbose_name = _("hjälpnummer")
        verbose_name_plural = _("hjälpnummer")
        ordering = ["order", "name"]

    def __str__(self):
        return f"{self.name} {self.number}"

    @property
    def tel(self):
        return tel_link(self.number)

    @property
    def is_verified(self):
        """Whether the details may be shown as true today. The number itself is always shown."""
        return self.verified_on is not None and (
            self.review_by is None or self.review_by >= timezone.localdate()
        )


class Headcount(models.Model):
    """How many work in the unit, and when that was true. The newest row is what pages say."""

    full_time = models.PositiveSmallIntegerField(_("heltidsanställda"))
    as_of = models.DateField(_("gäller"), unique=True)
    source = models.CharField(_("källa"), max_length=200)

    class Meta:
        verbose_name = _("antal anställda")
        verbose_name_plural = _("antal anställda")
        ordering = ["-as_of"]
        get_latest_by = "as_of"

    def __str__(self):
        return f"{self.full_time} ({self.as_of})"
