"""EditingSession: who has a page's form open just now. Imported by publishing/models.py.

A form that is open says so every half minute (static/js/editing.js). It is a courtesy between colleagues;
what keeps one from saving over the other is the number of a Revision.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpResponseNotAllowed, JsonResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

#: Who has not been heard of for this long has left.
GONE_AFTER = timedelta(minutes=2)
#: A draft this new by somebody else is worth a word.
LATELY = timedelta(minutes=30)


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
        return _("%(who)s har sidan öppen sedan %(when)s. Prata ihop er innan du sparar.") % {
            "who": _name(self.user),
            "when": clock(self.started_at),
        }


def clock(moment):
    return date_format(localtime(moment), "TIME_FORMAT")


def _name(user):
    return user.get_full_name() or user.get_username()


def others_in(page, user):
    """Sentences about colleagues who have ``page`` open."""
    others = EditingSession.objects.of(page).alive().exclude(user=user).select_related("user")
    return [str(session) for session in others]


def saved_lately(draft, user):
    """A sentence about a colleague who has just saved ``draft``; "" otherwise. Needs no script."""
    if draft is None or draft.created_by_id in {None, user.pk}:
        return ""
    if draft.created_at < timezone.now() - LATELY:
        return ""
    return _("%(who)s sparade ett utkast %(when)s. Läs det, och prata ihop er innan du sparar.") % {
        "who": _name(draft.created_by),
        "when": clock(draft.created_at),
    }


def editing_view(request, admin, page):
    """An open form tells that it is open, or closes; the answer is who else is there."""
    if not admin.has_change_permission(request, page):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if "left" in request.POST:
        EditingSession.objects.of(page).filter(user=request.user).delete()
        return JsonResponse({"others": []})
    EditingSession.objects.note(page, request.user)
    return JsonResponse({"others": others_in(page, request.user)})
