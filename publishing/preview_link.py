"""PreviewLink: lets somebody without an account read a draft. Imported by publishing/models.py."""

from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.db import models
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SALT = "publishing.preview-link"
DAYS = 7


def in_a_week():
    return timezone.now() + timedelta(days=DAYS)


class PreviewLinkQuerySet(models.QuerySet):
    def of(self, page):
        kind = ContentType.objects.get_for_model(page, for_concrete_model=True)
        return self.filter(content_type=kind, object_id=page.pk)

    def open(self):
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())

    def from_token(self, token):
        """The open link that ``token`` was signed for; None for any other text."""
        try:
            key = signing.Signer(salt=SALT).unsign(token)
        except signing.BadSignature:
            return None
        return self.open().select_related("content_type", "created_by").filter(pk=key).first()


class PreviewLink(models.Model):
    """Shows the newest draft of a page until it expires or is closed.

    The newest and not a certain version, so that somebody who was asked about facts can look again when
    they have been corrected. Only the signed address leads here; the database holds nothing that could be
    guessed or stolen.
    """

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="+",
        verbose_name=_("delad av"),
    )
    created_at = models.DateTimeField(_("delad"), auto_now_add=True)
    expires_at = models.DateTimeField(_("gäller till"), default=in_a_week)
    revoked_at = models.DateTimeField(_("stängd"), null=True, blank=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("delad förhandsvisning")
        verbose_name_plural = _("delade förhandsvisningar")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="preview_link_of_page")]

    def __str__(self):
        return f"{self.content_type} {self.object_id}"

    @property
    def is_open(self):
        return self.revoked_at is None and self.expires_at > timezone.now()

    @property
    def address(self):
        token = signing.Signer(salt=SALT).sign(str(self.pk))
        return settings.SITE_URL + reverse("publishing:shared", kwargs={"token": token})


@receiver(post_delete, dispatch_uid="publishing.close_preview_links")
def close_links_of_deleted(sender, instance, **kwargs):
    """A page that is brought back from the deleted ones is not shared by links from its former life."""
    from publishing.models import PublishedContent

    if isinstance(instance, PublishedContent):
        PreviewLink.objects.of(instance).open().update(revoked_at=timezone.now())
