"""EditingSession: who has a page's form open just now. Imported by publishing/models.py.

A form that is open says so every half minute (static/js/editing.js). It is a courtesy between colleagues;
what keeps one from saving over the other is the number of a Revision.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

#: Who has not been heard of for this long has left.
GONE_AFTER = timedelta(minutes=2)


class EditingSessionQuerySet(models.QuerySet):
    def of(self, page):
        kind = ContentType.objects.get_for_model(page, for_concrete_model=True)
        return self.filter(content_type=kind, object_id=page.pk)

    def alive(self):
        return self.filter(last_seen__gt=timezone.now() - GONE_AFTER)

    def gone(self):
        return self.filter(last_seen__lte=timezone.now() - GONE_AFTER)

    def note(self, page, user):
        """``user`` has the form of ``page`` open now."""
        now = timezone.now()
        kind = ContentType.objects.get_for_model(page, for_concrete_model=True)
        known = self.of(page).filter(user=user)
        known.gone().delete()
        known.update_or_create(
            user=user,
            content_type=kind,
            object_id=page.pk,
            defaults={"last_seen": now},
            create_defaults={"last_seen": now, "started_at": now},
        )


class EditingSession(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    started_at = models.DateTimeField(gettext_lazy("öppnade sidan"))
    last_seen = models.DateTimeField(gettext_lazy("senast sedd"), db_index=True)

    objects = EditingSessionQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("öppen sida")
        verbose_name_plural = gettext_lazy("öppna sidor")
        ordering = ["started_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "user"], name="publishing_editing_once"
            )
        ]

    def __str__(self):
        return _("%(who)s har sidan öppen sedan %(when)s.") % {
            "who": self.user.get_full_name() or self.user.get_username(),
            "when": date_format(localtime(self.started_at), "TIME_FORMAT"),
        }


def others_in(page, user):
    """Sentences about colleagues who have ``page`` open."""
    others = EditingSession.objects.of(page).alive().exclude(user=user).select_related("user")
    return [str(session) for session in others]
