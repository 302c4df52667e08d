"""Important messages above the header of the public pages. Shown by the clock, when a page is read."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

PHONE = RegexValidator(
    r"^\+?[0-9][0-9 \-]{1,18}$",
    _("Skriv telefonnumret med siffror, till exempel 0176-123 45"),
)


def paths_above(path):
    """The addresses that hold ``path``, itself included: /a/b/ is in "/", "/a/" and "/a/b/"."""
    # PostgreSQL refuses a text with a NUL in it; no address of ours has one.
    steps = [step for step in path.split("/") if step and "\0" not in step]
    return ["/", *("/" + "/".join(steps[: n + 1]) + "/" for n in range(len(steps)))]


class AlertQuerySet(models.QuerySet):
    def shown(self, path=None, at=None):
        """What a resident meets at ``path`` (anywhere when left out) at ``at`` (now), gravest first."""
        at = at or timezone.now()
        rows = self.filter(starts_at__lte=at, ends_at__gt=at)
        if path is not None:
            rows = rows.filter(path__in=["", *paths_above(path)])
        gravest = models.Case(
            *(models.When(level=level, then=place) for place, level in enumerate(GRAVEST_FIRST)),
            output_field=models.SmallIntegerField(),
        )
        return rows.order_by(gravest, "-changed_at", "pk")


class Alert(models.Model):
    """One sentence that concerns everybody who reads the pages in ``path``, between two moments."""

    class Level(models.TextChoices):
        INFORMATION = "information", _("Information")
        DISTURBANCE = "storning", _("Störning")
        CRISIS = "kris", _("Viktigt meddelande")

    level = models.CharField(_("slag"), max_length=12, choices=Level.choices)
    heading = models.CharField(
        _("rubrik"),
        max_length=80,
        help_text=_("Säg det viktigaste. Exempel: Telefonerna till kommunen fungerar inte"),
    )
    sentence = models.TextField(
        _("mening"),
        max_length=240,
        help_text=_("Säg vad läsaren ska göra. Exempel: Skriv till oss i stället. 112 fungerar."),
    )
    phone = models.CharField(
        _("telefon"),
        max_length=20,
        blank=True,
        validators=[PHONE],
        help_text=_("Ett nummer att ringa. Exempel: 113 13"),
    )
    link = models.CharField(
        _("länk"),
        max_length=300,
        blank=True,
        help_text=_(
            "En adress här på webbplatsen eller en hel adress. Exempel: /kontakt/ eller "
            "https://www.krisinformation.se/"
        ),
    )
    link_text = models.CharField(
        _("länkens text"),
        max_length=60,
        blank=True,
        help_text=_("Säg vart länken leder. Exempel: Läs mer om branden"),
    )
    path = models.CharField(
        _("visas på"),
        max_length=300,
        blank=True,
        help_text=_(
            "Tomt betyder hela webbplatsen. Skriv en adress för att bara visa meddelandet där och på "
            "sidorna under. Exempel: /samverkan/"
        ),
    )
    starts_at = models.DateTimeField(_("visas från"), default=timezone.now)
    ends_at = models.DateTimeField(_("visas till"))
    next_notice_at = models.DateTimeField(
        _("nästa besked"),
        null=True,
        blank=True,
        help_text=_("När du ska uppdatera meddelandet nästa gång. För störning och kris."),
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("skapat av"),
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("ändrat av"),
    )
    changed_at = models.DateTimeField(_("ändrat"), auto_now=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = _("viktigt meddelande")
        verbose_name_plural = _("viktiga meddelanden")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gte=models.F("starts_at")),
                name="alerts_alert_ends_after_start",
                violation_error_message=_("”Visas till” måste vara efter ”visas från”."),
            )
        ]

    def __str__(self):
        return self.heading

    def clean(self):
        super().clean()
        if bool(self.link) != bool(self.link_text):
            missing = "link_text" if self.link else "link"
            raise ValidationError(
                {missing: _("Länken behöver både en adress och en text. Fyll i båda eller ingen.")}
            )
        if self.next_notice_at and self.level == self.Level.INFORMATION:
            raise ValidationError(
                {"next_notice_at": _("Ta bort tiden. Bara störning och kris har nästa besked.")}
            )

    @property
    def is_shown(self):
        """The same rule as ``AlertQuerySet.shown``."""
        return self.starts_at <= timezone.now() < self.ends_at

    @property
    def has_ended(self):
        return self.ends_at <= timezone.now()

    @property
    def is_information(self):
        return self.level == self.Level.INFORMATION

    @cached_property
    def updated_at(self):
        """When residents first met it as it stands."""
        return max(self.changed_at or timezone.now(), self.starts_at)

    @property
    def coming_notice_at(self):
        """A promise whose time has passed is not repeated."""
        coming = self.next_notice_at
        return coming if coming and coming > timezone.now() else None

    @property
    def tel(self):
        return "tel:" + re.sub(r"[^0-9+]", "", self.phone)

    def end(self, user):
        """Off every page now."""
        now = timezone.now()
        self.starts_at, self.ends_at = min(self.starts_at, now), now
        self.changed_by = user
        self.save()


GRAVEST_FIRST = [Alert.Level.CRISIS, Alert.Level.DISTURBANCE, Alert.Level.INFORMATION]
