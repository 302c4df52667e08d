"""Limits on how fast one client may send, and signs that a program wrote. Nothing is ever dropped.

Both are lifted by TINK_FEEDBACK_LIMITS=off, for load tests.
"""

import hmac
import time
from hashlib import sha256

from django.conf import settings
from django.core import signing
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.client import client_address
from feedback.forms import STAMP_SALT
from feedback.models import ClientCounter

A_DAY = 86_400


def bucket_for(request):
    """A keyed hash of the address and today's date: the same client has another one tomorrow."""
    text = f"{timezone.localdate()}|{client_address(request)}"
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), sha256).hexdigest()


def is_over_limit(request):
    if not settings.FEEDBACK_LIMITS:
        return False
    now, bucket = int(time.time()), bucket_for(request)
    return any(
        ClientCounter.objects.filter(
            bucket=bucket, window=window, started=now - now % window, stored__gte=most
        ).exists()
        for window, most in settings.FEEDBACK_LIMITS_BY_WINDOW.items()
    )


def count_stored(request):
    """Count one stored post in every window, and forget the windows that are over."""
    if not settings.FEEDBACK_LIMITS:
        return
    now, bucket = int(time.time()), bucket_for(request)
    ClientCounter.objects.filter(started__lt=now - 2 * A_DAY).delete()
    for window in settings.FEEDBACK_LIMITS_BY_WINDOW:
        key = {"bucket": bucket, "window": window, "started": now - now % window}
        ClientCounter.objects.get_or_create(**key)
        ClientCounter.objects.filter(**key).update(stored=F("stored") + 1)


def suspicion(data):
    """Why the form's cleaned ``data`` may be a program's, in words; "" when nothing speaks for it."""
    if data["website"]:
        return _("Ett fält som människor inte ser är ifyllt")
    if (
        settings.FEEDBACK_LIMITS
        and _filled_in_seconds(data["stamp"]) < settings.FEEDBACK_LEAST_FILLING_SECONDS
    ):
        return _("Skickades snabbare än en människa hinner skriva")
    return ""


def _filled_in_seconds(stamp):
    """Seconds since the form was drawn. An hour or a week is fine; a stamp that is not ours is no sign."""
    try:
        return time.time() - signing.loads(stamp, salt=STAMP_SALT)
    except signing.BadSignature:
        return settings.FEEDBACK_LEAST_FILLING_SECONDS
