"""A resident, a page to write about, and a clock that stands still."""

import pytest
import time_machine
from django.test import Client

from tests.feedback.posting import make_start

#: In the middle of every window of the rate limit.
NOON = "2026-03-10T12:05:00+01:00"


@pytest.fixture
def resident():
    """A browser that holds no cookie; the view must not need Django's CSRF token."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def start(db):
    return make_start()


@pytest.fixture
def clock():
    """A clock that only moves with ``clock.shift(seconds)``."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller
