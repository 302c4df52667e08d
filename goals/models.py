"""What the unit aims for and what has come of it. Facts that pages list; they have no pages of their own."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.models import GoalArea


class Goal(models.Model):
    text = models.CharField(_("mål"), max_length=300, unique=True)
    order = models.PositiveSmallIntegerField(_("ordning"), default=0)
    areas = models.ManyToManyField(
        GoalArea, blank=True, related_name="goals", verbose_name=_("verksamhetsområden")
    )

    class Meta:
        verbose_name = _("mål")
        verbose_name_plural = _("mål")
        ordering = ["order", "pk"]

    def __str__(self):
        return self.text


class AwardQuerySet(models.QuerySet):
    def as_sentences(self):
        """The results as the unit writes them: rows that differ only in year become one sentence.

        A list of dicts with ``title``, ``years`` (a list of numbers), ``note``, ``kind`` and ``giver``.
        """
        sentences = {}
        for award in self.order_by("order", "year", "pk"):
            key = (award.title, award.note, award.kind)
            entry = sentences.setdefault(
                key,
                {
                    "title": award.title,
                    "years": [],
                    "note": award.note,
                    "kind": award.get_kind_display(),
                    "giver": award.giver,
                },
            )
            if award.year:
                entry["years"].append(award.year)
        return list(sentences.values())

    def by_year(self):
        """Newest first; results without a year last."""
        return self.order_by(models.F("year").desc(nulls_last=True), "order", "pk")


class Award(models.Model):
    """A result in one year. A nomination is not a win, so the kind is always said in words."""

    class Kind(models.TextChoices):
        WIN = "vinst", _("Vinst")
        NOMINATION = "nominering", _("Nominering")
        MEASUREMENT = "matning", _("Mätning")
        DEVELOPMENT = "utveckling", _("Utveckling")

    title = models.CharField(_("resultat"), max_length=200)
    year = models.PositiveSmallIntegerField(
        _("år"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1990), MaxValueValidator(2100)],
    )
    kind = models.CharField(_("slag"), max_length=10, choices=Kind.choices)
    giver = models.CharField(_("vem som gav priset eller mätte"), max_length=160, blank=True)
    note = models.CharField(
        _("förklaring inom parentes"),
        max_length=300,
        blank=True,
        help_text=_("Utan parentestecken."),
    )
    order = models.PositiveSmallIntegerField(_("ordning"), default=0)

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = _("resultat eller utmärkelse")
        verbose_name_plural = _("resultat och utmärkelser")
        ordering = ["order", "year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["title", "year"],
                name="goals_award_once_a_year",
                violation_error_message=_("Resultatet finns redan för det året."),
            )
        ]

    def __str__(self):
        return f"{self.title} {self.year or ''}".strip()
