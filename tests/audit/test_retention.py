"""Retention: what is old goes, by a command, and the guard is back afterwards."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import Error, connection, transaction

from audit import guard
from audit.log import Action, record
from audit.models import Event

pytestmark = pytest.mark.django_db


def purge(*arguments):
    output = io.StringIO()
    call_command("purge_audit", *arguments, stdout=output)
    return output.getvalue()


@pytest.fixture
def old_and_new(time_machine, guarded):
    for day in ("2024-11-21", "2024-11-23", "2026-11-22"):
        time_machine.move_to(f"{day} 12:00+01:00")
        record(None, Action.EXPORTED, details=day)


def kept():
    return list(Event.objects.filter(action="exporterad").values_list("details", flat=True))


def test_24_months_are_kept(old_and_new):
    assert "1 händelser före 2024-11-22 togs bort" in purge()
    assert kept() == ["2026-11-22", "2024-11-23"]
    assert Event.objects.get(action="gallrad").details == "före 2024-11-22: 1"


def test_until_a_date(old_and_new):
    purge("--before", "2026-01-01")
    assert kept() == ["2026-11-22"]


def test_a_dry_run_removes_nothing(old_and_new):
    assert "1 händelser före 2024-11-22 skulle tas bort" in purge("--dry-run")
    assert len(kept()) == 3


@pytest.mark.parametrize("date", ["igår", "2026-13-01", "2027-01-01"])
def test_a_bad_date_removes_nothing(old_and_new, date):
    with pytest.raises(CommandError):
        purge("--before", date)
    assert len(kept()) == 3


def test_the_guard_is_back(old_and_new):
    purge()
    with (
        pytest.raises(Error, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM audit_event")


def test_an_error_half_way_undoes_everything(old_and_new, monkeypatch):
    monkeypatch.setattr("audit.management.commands.purge_audit.record", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        purge()
    assert len(kept()) == 3
    assert guard.NAMES
