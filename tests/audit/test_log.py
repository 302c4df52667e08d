"""The log: each thing done is one row, rows stay as they are, and no text or value slips in."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import Error, connection, transaction
from django.urls import reverse
from django.utils import timezone

from audit import guard
from audit.log import Action, record
from audit.models import Event, LogIsClosed
from feedback.case import reply
from organisation.models import Organisation
from publishing.drafts import bring_back, publish, save_draft, snapshot, unpublish
from publishing.models import Revision
from tests.factories import make_feedback, make_news, make_organisation

pytestmark = pytest.mark.django_db


def rows():
    return list(Event.objects.order_by("pk").values_list("username", "action", "object_name"))


def actions():
    return [action for _user, action, _name in rows()]


@pytest.fixture
def editor(client, make_staff):
    user = make_staff("Redaktör", username="kim")
    client.force_login(user)
    return user


# --- Rows stay ----------------------------------------------------------------------------------


def test_a_row_is_neither_changed_nor_removed():
    event = record(None, Action.EXPORTED)
    event.username = "någon annan"
    for attempt in (
        event.save,
        event.delete,
        Event.objects.all().delete,
        lambda: Event.objects.update(username="x"),
        lambda: Event.objects.bulk_update([event], ["username"]),
    ):
        with pytest.raises(LogIsClosed):
            attempt()
    assert rows() == [("", "exporterad", "")]


STATEMENTS = [
    "UPDATE audit_event SET username = 'x'",
    "UPDATE audit_event SET at = '2020-01-01 00:00:00'",
    "UPDATE audit_event SET user_id = 1",
    "DELETE FROM audit_event",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_database_refuses_too(statement, guarded):
    record(None, Action.EXPORTED)
    with (
        pytest.raises(Error, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert rows() == [("", "exporterad", "")]


@pytest.mark.parametrize("statement", STATEMENTS[:2])
def test_without_the_guard_it_would_not(statement):
    """Otherwise the refusal could come from anything."""
    guard.take_down()
    record(None, Action.EXPORTED)
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_row_outlives_the_account(guarded):
    user = get_user_model().objects.create_user("kim")
    record(user, Action.EXPORTED)
    user.delete()
    assert rows() == [("kim", "exporterad", "")]
    assert Event.objects.get().user is None


# --- What is told -------------------------------------------------------------------------------


def test_signing_in_and_out(client, make_staff):
    make_staff(username="kim")
    client.post("/admin/login/", {"username": "kim", "password": "langt losenord"})
    client.post("/admin/logout/")
    client.post("/admin/login/", {"username": "kim", "password": "fel"})
    assert rows() == [
        ("kim", "inloggad", "kim"),
        ("kim", "utloggad", "kim"),
        ("kim", "misslyckad-inloggning", "kim"),
    ]


def test_a_name_that_is_nobodys_is_not_kept(client):
    """It may be somebody's password, typed in the wrong box."""
    client.post("/admin/login/", {"username": "mitt hemliga ord", "password": "x"})
    assert rows() == [("", "misslyckad-inloggning", "")]


def test_the_admin_tells_what_was_changed_but_not_to_what(client, editor):
    address = reverse("admin:organisation_organisation_add")
    client.post(address, {"name": "KSON hemligt", "kind": "forening"})
    row = Organisation.objects.get()
    address = reverse("admin:organisation_organisation_change", args=[row.pk])
    client.post(
        address, {"name": "KSON", "kind": "forening", "website": "https://kanelbulle.example"}
    )
    client.post(reverse("admin:organisation_organisation_delete", args=[row.pk]), {"post": "yes"})
    assert actions() == ["inloggad", "skapad", "andrad", "borttagen"]
    changed = Event.objects.get(action="andrad")
    assert (changed.object_type, changed.object_id) == ("organisation.organisation", str(row.pk))
    assert "Namn" in changed.details
    assert "kanelbulle" not in "".join(str(value) for value in Event.objects.values_list())


@pytest.mark.parametrize("number", [1, 3])
def test_deleting_from_the_list_is_one_row_for_each(client, editor, number):
    chosen = [make_organisation(name=f"Part {n}") for n in range(number)]
    client.post(
        reverse("admin:organisation_organisation_changelist"),
        {"action": "delete_selected", "_selected_action": [r.pk for r in chosen], "post": "yes"},
    )
    assert Organisation.objects.count() == 0
    told = sorted(rows()[1:])
    assert told == [("kim", "borttagen", f"Part {n}") for n in range(number)]
    keys = set(Event.objects.filter(action="borttagen").values_list("object_id", flat=True))
    assert len(keys) == number
    assert "None" not in keys
    assert "" not in keys


def test_publishing(make_staff):
    user = make_staff("Redaktör", username="kim")
    page = make_news(title="En nyhet")
    draft = save_draft(page, snapshot(page), 1, user)
    publish(page, draft, user)
    unpublish(page, user)
    save_draft(page, snapshot(page), 2, user, publish_at=timezone.now())
    number = Revision.objects.of(page).first()
    type(page).objects.filter(pk=page.pk).delete()
    bring_back(number, user)
    assert [action for action in actions() if action != "andrad"] == [
        *("publicerad", "avpublicerad", "schemalagd", "tillbaka"),
    ]
    assert {name for _u, _a, name in rows()} == {"En nyhet"}


def test_restoring(client, editor):
    page = make_news(title="En nyhet")
    save_draft(page, snapshot(page), 1, editor)
    client.post(reverse("admin:news_newsitem_restore", args=[page.pk]), {"version": "1"})
    assert "aterstalld" in actions()


def test_what_cannot_be_published_leaves_no_row(make_staff):
    user = make_staff("Redaktör", username="kim")
    page = make_news(title="En nyhet", status="utkast")
    content = snapshot(page)
    content["fields"]["introduction"] = ""
    draft = save_draft(page, content, 1, user)
    with pytest.raises(ValidationError):
        publish(page, draft, user)
    assert actions() == []


def test_reading_is_told_once_a_day_without_the_text(client, make_staff, time_machine):
    time_machine.move_to("2026-11-22 12:00+01:00")
    user = make_staff("Handläggare", username="kim")
    client.force_login(user)
    feedback = make_feedback(message="Hemligt: kanelbulle", email="nils@exempel.example")
    address = reverse("admin:feedback_feedback_change", args=[feedback.pk])
    client.get(address)
    client.get(address)
    assert rows()[1:] == [("kim", "last", feedback.reference)]
    reply(feedback, user, "Svar om kanelbulle")
    client.post(address, {"status": "pagar", "note": "Mer kanelbulle"})
    time_machine.move_to("2026-11-23 12:00+01:00")
    client.force_login(user)
    client.get(address)
    assert actions().count("last") == 2
    everything = "".join(str(value) for value in Event.objects.values_list())
    assert "kanelbulle" not in everything
    assert "nils" not in everything


def test_a_new_password_is_told_of_but_not_a_refused_one(client, editor):
    word = "cykel molnet spade björk"
    sent = {"old_password": "langt losenord", "new_password1": word, "new_password2": word}
    client.post("/admin/password_change/", sent | {"new_password2": "annat"})
    assert actions() == ["inloggad"]
    client.post("/admin/password_change/", sent)
    assert rows()[1:] == [("kim", "andrad", "kim")]
    assert Event.objects.first().details == "Lösenord"


def test_groups_are_named(client, make_staff):
    client.force_login(make_staff("Administratör", username="admin"))
    user = make_staff("Redaktör", username="kim")
    sent = {
        "username": "kim",
        "is_active": "on",
        "is_staff": "on",
        "date_joined_0": "2026-01-02",
        "date_joined_1": "10:00",
        "groups": [Group.objects.get(name="Handläggare").pk],
    }
    client.post(reverse("admin:auth_user_change", args=[user.pk]), sent)
    event = Event.objects.get(action="grupper")
    assert (event.username, event.object_name) == ("admin", "kim")
    assert event.details == "+Handläggare, −Redaktör"
