import io
import os
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connections
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from audit import guard
from tink_portal.groups import create_groups

# Playwright keeps an event loop in the main thread; without this every ORM call beside it is refused.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Tests with real transactions empty every table, the log's too: its guard has tests of its own."""
    with django_db_blocker.unblock():
        guard.take_down()


@receiver(post_migrate, dispatch_uid="tests.groups")
def make_groups_again(sender, using, **kwargs):
    """A test with real transactions ends with an empty database; the groups come from a migration.

    pytest-django runs such tests last, but not when several processes share the files among them.
    """
    if sender.label == "tink_portal":
        create_groups(apps, SimpleNamespace(connection=connections[using]))


@pytest.fixture
def portal(db):
    """The portal with its real content."""
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    call_command("load_portal", stdout=io.StringIO())


@pytest.fixture
def make_staff(db):
    """``make_staff("Redaktör")``: a staff account in the named groups."""

    def make(*groups, username="nn"):
        user = get_user_model().objects.create_user(
            username, password="langt losenord", is_staff=True
        )
        user.groups.set(Group.objects.filter(name__in=groups))
        return user

    return make


@pytest.fixture
def superuser(db):
    return get_user_model().objects.create_superuser("teknik", password="langt losenord")
