"""The second step of signing in: an app that shows codes, and recovery codes for when it is gone."""

from base64 import b32encode
from math import ceil

import qrcode
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_otp import verify_token
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.models import RecoveryDevice


def is_missing(request):
    """Whether a password is all that this staff session has, where more is asked for."""
    if not settings.TWO_FACTOR:
        return False
    user = request.user
    return user.is_active and user.is_staff and not user.is_verified()


def app_of(user):
    """The app that ``user`` has set up; None before that."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def recovery_of(user):
    return RecoveryDevice.objects.filter(user=user, confirmed=True).first()


def recovery_codes_left(user):
    device = recovery_of(user)
    return device.token_set.count() if device else 0


def check(user, code, device):
    """The device when ``code`` is right and has not been used; None otherwise. Failures are throttled."""
    plain = "".join(str(code).split())
    return verify_token(user, device.persistent_id, plain) if device else None


def seconds_to_wait(device):
    """How long no code is looked at, after wrong ones."""
    allowed, why = device.verify_is_allowed() if device else (True, None)
    if allowed:
        return 0
    return max(1, ceil((why["locked_until"] - timezone.now()).total_seconds()))


@transaction.atomic
def set_up_app(user, key, code):
    """Make the app with ``key`` the one of ``user`` if ``code`` comes from it; what was before it goes."""
    device = TOTPDevice.objects.create(user=user, key=key, name="app")
    if not device.verify_token("".join(code.split())):
        transaction.set_rollback(True)
        return None
    TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
    return device


@transaction.atomic
def make_recovery_codes(user):
    """Ten new codes; those before them are worth nothing any more."""
    RecoveryDevice.objects.filter(user=user).delete()
    return RecoveryDevice.objects.create(user=user, name="koder").make_codes()


@transaction.atomic
def reset(user):
    """As if the second step had never been set up: it is asked for at the next login."""
    TOTPDevice.objects.filter(user=user).delete()
    RecoveryDevice.objects.filter(user=user).delete()


def readable_key(device):
    """The key as one types it into an app: letters and digits in groups of four."""
    key = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(key[place : place + 4] for place in range(0, len(key), 4))


def square(device):
    """What an app's camera reads: (size, path), to be drawn as SVG without a style of its own."""
    code = qrcode.QRCode(border=4)
    code.add_data(device.config_url)
    rows = code.get_matrix()
    dark = [
        f"M{column} {row}h1v1h-1z"
        for row, cells in enumerate(rows)
        for column, is_dark in enumerate(cells)
        if is_dark
    ]
    return len(rows), "".join(dark)
