"""The yearly list of who has access."""

import csv
import io

import pytest
from django.core.management import call_command
from django.utils import timezone

from audit.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(enrolled, make_staff, superuser, time_machine):
    user, _codes = enrolled
    user.last_login = timezone.now()
    user.first_name, user.last_name = "=Kim", "Ek"
    user.save()
    make_staff(username="oanvand")
    closed = make_staff("Redaktör", username="stangd")
    closed.is_active = False
    closed.save()
    make_staff("Administratör", "Handläggare", username="bada")
    time_machine.shift(181 * 86400)


def run(*arguments):
    output = io.StringIO()
    call_command("access_review", *arguments, stdout=output)
    return output.getvalue()


def test_every_account_with_what_to_look_at(listed):
    text = run()
    rows = {row["Användarnamn"]: row for row in read(text)}
    assert set(rows) == {"kim", "oanvand", "stangd", "bada", "teknik"}
    kim = rows["kim"]
    assert (kim["Namn"], kim["Grupper"], kim["Tvåsteg"]) == ("'=Kim Ek", "Redaktör", "ja")
    assert (kim["Återställningskoder kvar"], kim["Senast inloggad"]) == ("10", "2026-11-22")
    assert (kim["Dagar utan inloggning"], kim["Att se över"]) == (
        "181",
        "har inte använts på mer än 180 dagar",
    )
    assert "är med i ingen grupp" in rows["oanvand"]["Att se över"]
    assert "har aldrig loggat in" in rows["oanvand"]["Att se över"]
    assert "saknar tvåstegsinloggning" in rows["oanvand"]["Att se över"]
    assert rows["stangd"]["Att se över"] == ""
    assert "både sköter konton och läser synpunkter" in rows["bada"]["Att se över"]
    assert "tekniker" in rows["teknik"]["Att se över"]
    assert Event.objects.filter(action="exporterad", details="Behörighetslista").exists()


def read(text):
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:]), delimiter=";"))


def test_180_days_are_not_yet_too_many(listed, time_machine):
    time_machine.shift(-86400)
    row = next(row for row in read(run()) if row["Användarnamn"] == "kim")
    assert row["Att se över"] == ""


def test_to_a_file(listed, tmp_path):
    assert run("--output", str(tmp_path / "konton.csv")) == ""
    assert "kim" in (tmp_path / "konton.csv").read_text(encoding="utf-8")


def test_the_number_of_questions_is_the_same_for_many(
    listed, make_staff, django_assert_max_num_queries
):
    for number in range(20):
        make_staff("Redaktör", username=f"kollega{number}")
    with django_assert_max_num_queries(4):
        run()
