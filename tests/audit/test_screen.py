"""The log on the screen and as a file."""

import csv
import io

import pytest
from django.urls import reverse

from audit.csv_export import cell, write_csv
from audit.log import Action, record
from audit.models import Event
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db

LIST, EXPORT = "/admin/audit/event/", "/admin/audit/event/hamta/"


@pytest.fixture
def administrator(client, make_staff):
    user = make_staff("Administratör", username="admin")
    client.force_login(user)
    return user


def fetch(client, query=""):
    response = client.post(EXPORT + query)
    text = response.content.decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:]), delimiter=";"))


def test_an_administrator_reads_filters_and_searches(client, administrator):
    record(administrator, Action.CHANGED, make_organisation(name="Polisen"))
    record(None, Action.DELETED, make_organisation(name="Brandkåren"))
    page = client.get(LIST).content.decode()
    assert "Polisen" in page
    assert "Brandkåren" in page
    for query in ("?q=Polisen", "?action=andrad", "?vem=admin"):
        page = client.get(LIST + query).content.decode()
        assert "Polisen" in page, query
        assert "Brandkåren" not in page, query


def test_nobody_writes_in_it(client, superuser):
    client.force_login(superuser)
    event = Event.objects.get()
    assert client.post(f"{LIST}add/", {}).status_code == 403
    assert client.post(reverse("admin:audit_event_change", args=[event.pk]), {}).status_code == 403
    address = reverse("admin:audit_event_delete", args=[event.pk])
    assert client.post(address, {"post": "yes"}).status_code == 403
    sent = {"action": "delete_selected", "_selected_action": [event.pk], "post": "yes"}
    client.post(LIST, sent)
    assert Event.objects.filter(pk=event.pk).exists()


def test_the_file_holds_what_the_list_shows_and_is_itself_told_of(client, administrator):
    record(administrator, Action.CHANGED, make_organisation(name="=HYPERLINK(1)"), "Namn")
    header, row = fetch(client, "?action=andrad")
    assert header == ["Tid", "Vem", "Vad", "Slag", "Nummer", "Gäller", "Uppgifter"]
    assert row[1:3] == ["admin", "Ändrad"]
    assert row[5:] == ["'=HYPERLINK(1)", "Namn"]
    assert Event.objects.first().action == "exporterad"


FORMULAS = [
    *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "\ufeff=1"),
    *(
        "\u200b=1",
        "  \u00a0@x",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "=cmd|' /C calc'!A0",
        '=HYPERLINK("x")',
    ),
]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula(text):
    assert cell(text) == f"'{text}"
    ((back,),) = list(csv.reader(io.StringIO(write_csv([text], [])[1:]), delimiter=";"))
    assert back == f"'{text}"


@pytest.mark.parametrize("text", ["Åsa", "a=b", "1+1", 'ett "citat"; med semikolon', ""])
def test_other_text_is_as_it_was(text):
    ((back,),) = list(csv.reader(io.StringIO(write_csv([text], [])[1:]), delimiter=";")) or [[""]]
    assert back == text
