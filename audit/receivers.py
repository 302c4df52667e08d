"""What Django tells by itself: logging in and out, and what the admin notes in its own history."""

import json

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import post_save
from django.dispatch import receiver

from audit.log import Action, record
from audit.models import Event

BY_FLAG = {ADDITION: Action.ADDED, CHANGE: Action.CHANGED, DELETION: Action.DELETED}


@receiver(post_save, sender=LogEntry, dispatch_uid="audit.note_entry")
def note_entry(sender, instance, created, raw=False, **signal):
    """Several rows deleted at once are stored without this signal: see audit.deletions."""
    if not created or raw:
        return
    kind = instance.content_type
    Event.objects.create(
        user=instance.user,
        username=instance.user.get_username(),
        action=BY_FLAG[instance.action_flag],
        object_type=f"{kind.app_label}.{kind.model}" if kind else "",
        object_id=str(instance.object_id or "")[:64],
        object_name=instance.object_repr[:200],
        details=changed_fields(instance.change_message)[:500],
    )


def changed_fields(message):
    """The labels of the fields in an admin message; "" for a sentence, which could say anything."""
    try:
        parts = json.loads(message)
    except ValueError:
        return ""
    if not isinstance(parts, list):
        return ""
    names = []
    for part in parts:
        for what in part.values():
            kind = f"{what['name']}: " if what.get("name") else ""
            names += [f"{kind}{field}" for field in what.get("fields", [])] or [kind[:-2]]
    return ", ".join(name for name in dict.fromkeys(names) if name)


@receiver(user_logged_in, dispatch_uid="audit.note_login")
def note_login(sender, request, user, **signal):
    record(user, Action.LOGGED_IN, user)


@receiver(user_logged_out, dispatch_uid="audit.note_logout")
def note_logout(sender, request, user, **signal):
    """``request.session_has_expired`` is set by who logs someone out because the time is up."""
    if user is not None:
        expired = getattr(request, "session_has_expired", False)
        record(user, Action.SESSION_ENDED if expired else Action.LOGGED_OUT, user)


@receiver(user_login_failed, dispatch_uid="audit.note_failure")
def note_failure(sender, credentials, request=None, **signal):
    """A name that is nobody's is not kept: people type their password in the wrong box."""
    if getattr(request, "axes_locked_out", False):
        return  # refused without being tried: the lockout itself has a row
    username = credentials.get("username") or ""
    known = get_user_model().objects.filter(username=username).first()
    record(known, Action.LOGIN_FAILED, known)
