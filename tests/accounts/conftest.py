import pytest
from django.test import Client
from django_otp.oath import totp

from accounts import second_step

KEY = "3132333435363738393031323334353637383930"
PASSWORD = "langt losenord"


@pytest.fixture
def two_factor(settings):
    settings.TWO_FACTOR = True


@pytest.fixture
def log_in():
    """``log_in("kim")``: a browser in which the password has been given, as a person does it."""

    def make(username, password=PASSWORD, client=None):
        client = client or Client()
        answer = client.post("/admin/login/", {"username": username, "password": password})
        assert answer.status_code == 302, answer.content.decode()
        return client

    return make


@pytest.fixture
def enrolled(make_staff, two_factor, time_machine):
    """An editor with an app and recovery codes: (user, codes). The clock stands still, a step later."""
    time_machine.move_to("2026-11-22 12:00+01:00", tick=False)
    user = make_staff("Redaktör", username="kim")
    device = second_step.set_up_app(user, KEY, code_now(KEY))
    assert device
    codes = second_step.make_recovery_codes(user)
    time_machine.shift(60)
    return user, codes


def code_now(key=KEY):
    """What an app with ``key`` shows now."""
    return f"{totp(bytes.fromhex(key)):06d}"


def wrong_code():
    return f"{(int(code_now()) + 1) % 1_000_000:06d}"
