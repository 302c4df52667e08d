"""The platforms on which the unit and its partners work together, and who takes part."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisation.models import Organisation
from publishing.models import PublishedContent, PublishedContentQuerySet
from publishing.richtext import RichTextField


class PlatformQuerySet(PublishedContentQuerySet):
    def in_order(self):
        """The unit's own order, which is not alphabetical."""
        return self.order_by("order", "pk")


class Platform(PublishedContent):
    """One of the four platforms that are the foundation of the work."""

    class Level(models.TextChoices):
        LOCAL = "lokal", _("Lokal nivå")
        MUNICIPAL = "kommun", _("Hela kommunen")
        LEADERSHIP = "ledning", _("Ledningsnivå")

    content_fields = (
        *PublishedContent.content_fields,
        "level",
        "purpose",
        "ways_of_working",
        "meeting_rhythm",
    )
    headed_fields = ("purpose", "ways_of_working")
    search_fields = ("body", "purpose", "ways_of_working", "meeting_rhythm")
    owned = ("memberships",)
    kind = _("Plattform")

    order = models.PositiveSmallIntegerField(_("ordning"), default=0)
    level = models.CharField(
        _("nivå"),
        max_length=10,
        choices=Level.choices,
        blank=True,
        help_text=_("Lämna tomt om det inte är bestämt."),
    )
    purpose = RichTextField(_("uppdrag"), blank=True, default="")
    ways_of_working = RichTextField(_("arbetssätt"), blank=True, default="")
    meeting_rhythm = models.CharField(
        _("hur ofta plattformen möts"),
        max_length=200,
        blank=True,
        help_text=_("Exempel: Fyra gånger om året"),
    )
    contact = models.ForeignKey(
        "organisation.ContactPoint",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("kontaktväg"),
        related_name="+",
    )

    objects = PlatformQuerySet.as_manager()

    class Meta(PublishedContent.Meta):
        verbose_name = _("plattform")
        verbose_name_plural = _("plattformar")

    def get_absolute_url(self):
        return reverse("platforms:detail", kwargs={"slug": self.slug})


class LocalAreaGroup(PublishedContent):
    """The local area group of one place."""

    kind = _("Lokal områdesgrupp")

    platform = models.ForeignKey(
        Platform,
        models.PROTECT,
        null=True,
        related_name="local_groups",
        verbose_name=_("plattform"),
    )
    place = models.CharField(_("ort"), max_length=80, help_text=_("Exempel: Rimbo"))
    coordinator = models.ForeignKey(
        "organisation.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("samordnare"),
    )

    content_fields = (*PublishedContent.content_fields, "place", "coordinator")
    search_fields = ("body", "place")

    class Meta(PublishedContent.Meta):
        verbose_name = _("lokal områdesgrupp")
        verbose_name_plural = _("lokala områdesgrupper")

    def get_absolute_url(self):
        return reverse("platforms:group", kwargs={"slug": self.slug})


class Membership(models.Model):
    """An organisation that takes part in a platform, and as what."""

    platform = models.ForeignKey(
        Platform, models.CASCADE, related_name="memberships", verbose_name=_("plattform")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="memberships", verbose_name=_("organisation")
    )
    role = models.CharField(
        _("roll"), max_length=160, blank=True, help_text=_("Exempel: Leder och samordnar")
    )

    class Meta:
        verbose_name = _("deltagare")
        verbose_name_plural = _("deltagare")
        ordering = ["organisation__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "organisation"],
                name="platforms_membership_once",
                violation_error_message=_("Organisationen deltar redan i plattformen."),
            )
        ]

    def __str__(self):
        organisation = self.organisation if self.organisation_id else _("Deltagare")
        return f"{organisation} – {self.platform}"
