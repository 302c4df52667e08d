"""News from the unit."""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.models import PublishedContent, PublishedContentQuerySet


class NewsItemQuerySet(PublishedContentQuerySet):
    def newest_first(self):
        return self.order_by("-published_on", "-pk")


class NewsItem(PublishedContent):
    """One piece of news. It stays at its address for ever."""

    kind = _("Nyhet")
    review_months = None  # what was news stays what it was
    content_fields = (*PublishedContent.content_fields, "published_on")

    published_on = models.DateField(
        _("nyhetens datum"),
        default=timezone.localdate,
        help_text=_("Datumet i adressen och i arkivet."),
    )
    area = models.ForeignKey(
        "activities.GoalArea",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("verksamhetsområde"),
    )
    platform = models.ForeignKey(
        "platforms.Platform",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("plattform"),
    )

    objects = NewsItemQuerySet.as_manager()

    class Meta(PublishedContent.Meta):
        verbose_name = _("nyhet")
        verbose_name_plural = _("nyheter")
        indexes = [models.Index(fields=["-published_on", "-id"], name="news_by_date")]

    @property
    def has_address(self):
        return bool(self.slug and self.published_on)

    def get_absolute_url(self):
        return reverse("news:item", kwargs={"year": self.published_on.year, "slug": self.slug})
