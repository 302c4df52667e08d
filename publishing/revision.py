"""Revision: every version of every page, drafts among them. Imported by publishing/models.py."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


def _has_newer():
    """Whether the same page has a version after this one."""
    return models.Exists(
        Revision.objects.filter(
            content_type=models.OuterRef("content_type"),
            object_id=models.OuterRef("object_id"),
            number__gt=models.OuterRef("number"),
        )
    )


class RevisionQuerySet(models.QuerySet):
    def of(self, page):
        """All versions of ``page``, the newest first."""
        kind = ContentType.objects.get_for_model(page, for_concrete_model=True)
        return self.filter(content_type=kind, object_id=page.pk)

    def drafts(self):
        """The newest version of each page, where it is not published."""
        return self.filter(~_has_newer(), published_at=None)

    def due(self, at):
        """Scheduled versions whose time has come at the moment ``at``."""
        return self.filter(publish_at__lte=at, published_at=None, problem="").order_by(
            "publish_at", "pk"
        )

    def of_deleted(self, model, since):
        """The last version of each page of ``model`` that is gone, if it was saved after ``since``."""
        kind = ContentType.objects.get_for_model(model)
        return self.filter(content_type=kind, created_at__gte=since).exclude(
            models.Q(object_id__in=model._base_manager.values("pk")) | _has_newer()
        )

    def for_residents(self):
        """Notes that editors have chosen to show, of published versions, the newest first."""
        shown = self.filter(is_note_public=True, published_at__isnull=False).exclude(note="")
        return shown.order_by("-published_at", "-number").values("note", "published_at")

    def without_content(self):
        return self.defer("content").select_related("created_by")


class Revision(models.Model):
    """One saved version of a page with its own rows. The newest one that is not published is the draft.

    ``content`` is {"fields": {name: value}, "m2m": {name: [keys]}, "rows": {relation: [{"pk", "fields"}]}}.
    The number is the lock against saving over somebody else: two savers cannot get the same one.
    """

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    number = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("rubrik"), max_length=200)
    content = models.JSONField(encoder=DjangoJSONEncoder)
    note = models.CharField(_("vad som är ändrat"), max_length=200, blank=True)
    is_note_public = models.BooleanField(_("visas för invånarna"), default=False)
    check_reason = models.TextField(
        _("varför texten publiceras trots varningar"), blank=True, default=""
    )
    is_minor = models.BooleanField(_("liten ändring"), default=False)
    created_at = models.DateTimeField(_("sparad"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("sparad av"),
    )
    publish_at = models.DateTimeField(_("publiceras"), null=True, blank=True, db_index=True)
    problem = models.TextField(_("varför den inte kunde publiceras"), blank=True)
    published_at = models.DateTimeField(_("publicerad"), null=True, blank=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versioner")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "number"],
                name="publishing_revision_number_once",
            )
        ]

    def __str__(self):
        return f"{self.title}, version {self.number}"
