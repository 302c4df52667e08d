"""What the unit does: the seven goal areas, and the programmes and measures within them."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platforms.models import Platform
from publishing.models import PublishedContent, PublishedContentQuerySet
from publishing.richtext import RichTextField


class GoalAreaQuerySet(PublishedContentQuerySet):
    def in_order(self):
        """The unit's own order, which is not alphabetical."""
        return self.order_by("order", "pk")


class GoalArea(PublishedContent):
    """One of the areas that the unit's work covers ("verksamhetsområde")."""

    class Icon(models.TextChoices):
        """The symbols in static/img/icons.svg that stand for an area."""

        HEALTH = "folkhalsa", _("Hjärta (folkhälsa)")
        ANDT = "andt", _("Överstruket glas (ANDT)")
        PARENT = "foralder", _("Vuxen och barn (föräldraskap)")
        CRIME = "brott", _("Lykta (brottsförebyggande)")
        RELATION = "relation", _("Hem (nära relation)")
        FIELD = "falt", _("Gående (fältsamordnare)")
        EDUCATION = "utbildning", _("Bok (utbildning)")

    content_fields = (*PublishedContent.content_fields, "summary", "for_whom", "what_you_can_do")
    headed_fields = ("for_whom", "what_you_can_do")
    search_fields = ("body", "summary", "for_whom", "what_you_can_do")
    kind = _("Verksamhetsområde")
    review_months = 6

    order = models.PositiveSmallIntegerField(_("ordning"), default=0)
    icon = models.CharField(_("symbol"), max_length=12, choices=Icon.choices)
    short_title = models.CharField(
        _("kort namn"), max_length=80, help_text=_("Visas i listor och menyer. Exempel: ANDT")
    )
    summary = models.CharField(
        _("beskrivning i listor"), max_length=300, help_text=_("En mening om vad området gäller.")
    )
    for_whom = RichTextField(_("för vem"), blank=True, default="")
    what_you_can_do = RichTextField(_("vad kan du göra"), blank=True, default="")
    helplines = models.ManyToManyField(
        "organisation.Helpline", blank=True, related_name="+", verbose_name=_("hjälpnummer")
    )
    contacts = models.ManyToManyField(
        "organisation.ContactPoint", blank=True, related_name="+", verbose_name=_("kontaktvägar")
    )

    objects = GoalAreaQuerySet.as_manager()

    class Meta(PublishedContent.Meta):
        verbose_name = _("verksamhetsområde")
        verbose_name_plural = _("verksamhetsområden")

    def get_absolute_url(self):
        return reverse("activities:area", kwargs={"slug": self.slug})


class Activity(PublishedContent):
    """A programme or a measure: something the unit does, alone or with others."""

    class Kind(models.TextChoices):
        PROGRAMME = "program", _("Program eller kurs")
        MEASURE = "atgard", _("Åtgärd")
        NETWORK = "natverk", _("Nätverk")

    class Stage(models.TextChoices):
        PLANNED = "planerad", _("Planerad")
        ONGOING = "pagar", _("Pågår")
        DONE = "klar", _("Klar")
        PAUSED = "pausad", _("Pausad")
        ENDED = "avslutad", _("Avslutad")

    content_fields = (*PublishedContent.content_fields, "kind_of_activity", "stage", "target_group")
    search_fields = ("body", "target_group")
    kind = _("Insats")
    review_months = 6

    area = models.ForeignKey(
        GoalArea,
        models.PROTECT,
        null=True,
        related_name="activities",
        verbose_name=_("verksamhetsområde"),
    )
    platform = models.ForeignKey(
        Platform,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("plattform"),
    )
    kind_of_activity = models.CharField(_("slag"), max_length=10, choices=Kind.choices)
    stage = models.CharField(
        _("läge"),
        max_length=10,
        choices=Stage.choices,
        blank=True,
        help_text=_("Lämna tomt om det inte är kontrollerat."),
    )
    target_group = models.CharField(_("målgrupp"), max_length=200, blank=True)

    class Meta(PublishedContent.Meta):
        verbose_name = _("insats")
        verbose_name_plural = _("insatser")

    def get_absolute_url(self):
        return reverse("activities:activity", kwargs={"slug": self.slug})
