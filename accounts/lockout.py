"""Lockout by django-axes: 5 wrong passwords for an account from one client, or 20 from one client.

Axes would store address, browser and what was posted. It is given a keyed hash instead of the address, and
the rest is emptied.
"""

import hmac
from datetime import timedelta
from hashlib import sha256
from ipaddress import IPv6Address

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Max, Q, Sum
from django.shortcuts import render
from django.utils import timezone

from audit.client import client_address
from audit.log import Action, record


def client_bucket(request):
    """A keyed hash of the address and today's date, in the shape of an address because Axes stores one."""
    text = f"login|{timezone.localdate()}|{client_address(request)}"
    return str(
        IPv6Address(hmac.new(settings.SECRET_KEY.encode(), text.encode(), sha256).digest()[:16])
    )


def typed_name(request, credentials):
    """The name as typed, as long as a name can be: PostgreSQL takes no longer one."""
    name = (credentials or request.POST).get("username")
    return name and name[:150]


class LockoutHandler(AxesDatabaseHandler):
    def get_failures(self, request, credentials=None):
        """Failures on the scale of AXES_FAILURE_LIMIT: the client's own count has a higher limit."""
        by_account, by_client = (
            attempts.aggregate(sum=Sum("failures_since_start"))["sum"] or 0
            for attempts in self.get_user_attempts(request, credentials)
        )
        scaled = by_client * settings.AXES_FAILURE_LIMIT // settings.CLIENT_FAILURE_LIMIT
        return max(by_account, scaled)

    def reset_user_attempts(self, request, credentials=None):
        """A login that succeeds clears its own account; it must not clear guesses at others."""
        own, _by_client = self.filter_user_attempts(request, credentials)
        return own.delete()[0]

    def user_login_failed(self, sender, credentials, request=None, **signal):
        if request is None:
            return
        was_locked = request.axes_locked_out
        request.axes_user_agent = request.axes_http_accept = request.axes_path_info = ""
        super().user_login_failed(sender, credentials, request, **signal)
        AccessAttempt.objects.exclude(get_data="", post_data="").update(get_data="", post_data="")
        if request.axes_locked_out and not was_locked:
            username = credentials.get("username") or ""
            known = get_user_model().objects.filter(username=username).first()
            record(known, Action.LOCKED_OUT, known)


def locked_out(request, response, credentials):
    """The page for who is locked out; the same whether the account exists or not."""
    minutes = round(settings.AXES_COOLOFF_TIME.total_seconds() / 60)
    response = render(request, "admin/locked_out.html", {"minutes": minutes}, status=429)
    response["Retry-After"] = str(minutes * 60)
    return response


# --- For those who unlock -------------------------------------------------------------------------


def _recent():
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    return AccessAttempt.objects.filter(attempt_time__gte=since)


def locked_accounts():
    """{user: until when} of the accounts that are locked now."""
    last = dict(
        _recent()
        .values("username", "ip_address")
        .annotate(sum=Sum("failures_since_start"), last=Max("attempt_time"))
        .filter(sum__gte=settings.AXES_FAILURE_LIMIT)
        .order_by("last")
        .values_list("username", "last")
    )
    users = get_user_model().objects.filter(username__in=last).order_by("username")
    return {user: last[user.username] + settings.AXES_COOLOFF_TIME for user in users}


def _locked_clients():
    return (
        _recent()
        .values("ip_address")
        .annotate(sum=Sum("failures_since_start"))
        .filter(sum__gte=settings.CLIENT_FAILURE_LIMIT)
        .values_list("ip_address", flat=True)
    )


def count_locked_clients():
    return len(_locked_clients())


def unlock(user=None):
    """Open for ``user``, and for every client that is locked: theirs may be one of them."""
    opened = Q(ip_address__in=list(_locked_clients()))
    if user:
        opened |= Q(username=user.username)
    AccessAttempt.objects.filter(opened).delete()


def forget_attempts(older_than=timedelta(hours=24)):
    """Remove attempts that no lock needs any more; gives how many."""
    count, _rows = AccessAttempt.objects.filter(
        attempt_time__lt=timezone.now() - older_than
    ).delete()
    return count
