"""FailedCheck: what ``manage.py check_texts`` found wrong. Imported by publishing/models.py."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class FailedCheck(models.Model):
    """A published page whose text has errors; made anew at every run. The title is kept for lists."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    title = models.CharField(_("sida"), max_length=200)
    sentences = models.TextField(_("vad som är fel"))

    class Meta:
        verbose_name = _("fel i en text")
        verbose_name_plural = _("fel i texter")
        default_permissions = ()
        ordering = ["title", "pk"]

    def __str__(self):
        return self.title
