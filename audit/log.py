"""How the rest of the portal writes in the log."""

from django.utils import timezone

from audit.models import Event

Action = Event.Action


def record(user, action, obj=None, details=""):
    """Add one row. ``user`` is None for what no person did; ``details`` names fields, never their values."""
    known = user if getattr(user, "pk", None) else None
    return Event.objects.create(
        user=known,
        username=known.get_username() if known else "",
        action=action,
        details=str(details)[:500],
        **_place(obj),
    )


def record_once_a_day(user, action, obj):
    """The same, unless ``user`` has done this to ``obj`` today."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    place = _place(obj)
    place.pop("object_name")
    if not Event.objects.filter(user=user, action=action, at__gte=today, **place).exists():
        record(user, action, obj)


def _place(obj):
    if obj is None:
        return {"object_type": "", "object_id": "", "object_name": ""}
    return {
        "object_type": obj._meta.label_lower,
        "object_id": str(obj.pk or ""),
        "object_name": str(obj)[:200],
    }
