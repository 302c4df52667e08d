"""A login ends by itself, and what was typed when it did comes back. Residents' pages know no session."""

import json

import html5lib
import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Event
from organisation.models import Organisation
from tests.accounts.conftest import PASSWORD, code_now
from tests.factories import make_page

pytestmark = pytest.mark.django_db

ADD = "/admin/organisation/organisation/add/"
TYPED = {"name": "Åsas förening", "kind": "forening", "website": ""}
MINUTE, HOUR = 60, 3600


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to("2026-11-22 08:00+01:00", tick=False)


@pytest.fixture
def kim(make_staff):
    return make_staff("Redaktör", username="kim")


@pytest.fixture
def editor(kim, log_in):
    return log_in("kim")


def is_in(client):
    return client.get("/admin/").status_code == 200


# --- How long -------------------------------------------------------------------------------------------


def test_half_an_hour_without_doing_anything(editor, time_machine):
    time_machine.shift(29 * MINUTE)
    assert is_in(editor)
    time_machine.shift(29 * MINUTE)
    assert is_in(editor)  # the clock began anew
    time_machine.shift(31 * MINUTE)
    response = editor.get("/admin/news/newsitem/", follow=True)
    assert response.redirect_chain == [("/admin/login/?next=/admin/news/newsitem/", 302)]
    assert "eftersom tiden gick ut" in response.content.decode()
    assert not is_in(editor)
    assert Event.objects.first().action == "tiden-ute"


def test_twelve_hours_however_busy(editor, time_machine):
    for _quarter in range(4 * 12 - 1):
        time_machine.shift(15 * MINUTE)
        assert is_in(editor)
    time_machine.shift(15 * MINUTE)
    assert not is_in(editor)


def test_the_old_cookie_is_worth_nothing(editor, time_machine):
    cookie = editor.cookies["sessionid"].value
    time_machine.shift(31 * MINUTE)
    is_in(editor)
    time_machine.move_to("2026-11-22 08:01+01:00", tick=False)
    thief = Client()
    thief.cookies["sessionid"] = cookie
    assert not is_in(thief)


def test_a_login_without_a_clock_is_over(editor):
    session = editor.session
    del session["seen_at"]
    session.save()
    assert not is_in(editor)


def test_logging_in_gives_the_session_a_new_key(kim, client, log_in):
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key
    log_in("kim", client=client)
    assert client.session.session_key != before


def test_looking_writes_once_a_minute_at_most(editor, time_machine):
    def writes():
        with CaptureQueriesContext(connection) as asked:
            editor.get("/admin/")
        return [q["sql"] for q in asked if not q["sql"].startswith("SELECT")]

    assert writes() == []
    time_machine.shift(61)
    assert any("django_session" in sql for sql in writes())
    assert writes() == []


def test_go_on_begins_the_clock_anew(editor, time_machine):
    time_machine.shift(29 * MINUTE)
    assert json.loads(editor.post("/admin/fortsatt/").content) == {"seconds": 30 * MINUTE}
    time_machine.shift(29 * MINUTE)
    assert is_in(editor)


def test_the_page_says_how_long_is_left(editor):
    assert 'data-seconds="1800"' in editor.get("/admin/").content.decode()
    assert "data-seconds" not in Client().get("/admin/login/").content.decode()


@pytest.mark.parametrize("address", ["/en-sida/", "/sok/?q=x", "/finns-inte/"])
def test_residents_pages_never_touch_a_session(editor, time_machine, address):
    """Not even with a cookie, and not even when its time is up."""
    make_page(slug="en-sida")
    time_machine.shift(31 * MINUTE)
    for client in (editor, Client()):
        response = client.get(address)
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")
    assert Session.objects.count() == 1


# --- Ended by somebody ----------------------------------------------------------------------------------


def test_log_out_everywhere(editor, log_in, make_staff):
    make_staff("Redaktör", username="robin")
    other, colleague = log_in("kim"), log_in("robin")
    response = editor.post("/admin/sakerhet/logga-ut-overallt/", follow=True)
    assert "Du är utloggad överallt" in response.content.decode()
    assert [is_in(client) for client in (editor, other, colleague)] == [False, False, True]
    assert Event.objects.filter(action="utloggad-overallt", username="kim").exists()


def test_an_administrator_logs_a_colleague_out(editor, kim, make_staff, log_in):
    make_staff("Administratör", username="admin")
    administrator = log_in("admin")
    administrator.post(f"/admin/auth/user/{kim.pk}/logga-ut/")
    assert [is_in(client) for client in (editor, administrator)] == [False, True]


def test_nobody_logs_a_superuser_out(superuser, make_staff, log_in):
    make_staff("Administratör", username="admin")
    teknik, administrator = log_in("teknik"), log_in("admin")
    response = administrator.post(f"/admin/auth/user/{superuser.pk}/logga-ut/")
    assert response.status_code == 403
    assert is_in(teknik)


@pytest.mark.parametrize("unticked", ["is_active", "is_staff"])
def test_a_closed_account_is_out_at_once_and_stays_out(editor, kim, make_staff, log_in, unticked):
    make_staff("Administratör", username="admin")
    sent = {
        "username": "kim",
        "is_active": "on",
        "is_staff": "on",
        "date_joined_0": "2026-01-02",
        "date_joined_1": "10:00",
    }
    del sent[unticked]
    log_in("admin").post(reverse("admin:auth_user_change", args=[kim.pk]), sent)
    assert not is_in(editor)
    get_user_model().objects.filter(pk=kim.pk).update(is_active=True, is_staff=True)
    assert not is_in(editor)


def test_a_new_password_ends_all_other_logins(editor, log_in):
    other = log_in("kim")
    word = "havet är blått idag"
    sent = {"old_password": PASSWORD, "new_password1": word, "new_password2": word}
    assert editor.post("/admin/password_change/", sent).status_code == 302
    assert [is_in(client) for client in (editor, other)] == [True, False]


# --- What was typed -------------------------------------------------------------------------------------


def send_too_late(client, time_machine, sent=TYPED, address=ADD):
    time_machine.shift(31 * MINUTE)
    return client.post(address, sent)


def test_what_was_typed_comes_back_and_is_saved(editor, log_in, time_machine):
    response = send_too_late(editor, time_machine)
    assert response["Location"] == "/admin/login/?next=%2Fadmin%2Fosparat%2F"
    assert not Organisation.objects.exists()
    log_in("kim", client=editor)
    page = editor.get("/admin/osparat/").content.decode()
    assert f'action="{ADD}"' in page
    assert "Åsas förening" in page
    assert 'name="csrfmiddlewaretoken" hidden' not in page
    editor.post(ADD, TYPED)
    assert Organisation.objects.get().name == "Åsas förening"
    assert editor.get("/admin/osparat/")["Location"] == "/admin/"


def test_with_two_steps_too(enrolled, log_in, time_machine):
    client = log_in("kim")
    client.post("/admin/tva-steg/", {"code": code_now(), "next": "/admin/"})
    send_too_late(client, time_machine)
    log_in("kim", client=client)
    on_the_way = client.get("/admin/osparat/")
    assert on_the_way["Location"] == "/admin/tva-steg/?next=%2Fadmin%2Fosparat%2F"
    sent = {"code": code_now(), "next": "/admin/osparat/"}
    assert client.post("/admin/tva-steg/", sent)["Location"] == "/admin/osparat/"
    assert "Åsas förening" in client.get("/admin/osparat/").content.decode()


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "\nbörjar med ny rad", "</textarea><b>", "&amp; å \"'"]
)
def test_the_text_is_the_same_to_the_letter(editor, log_in, time_machine, text):
    send_too_late(editor, time_machine, TYPED | {"description": text})
    log_in("kim", client=editor)
    page = editor.get("/admin/osparat/").content.decode()
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    fields = {area.get("name"): "".join(area.itertext()) for area in tree.iter("textarea")}
    assert fields == TYPED | {"description": text}


def test_it_is_shown_to_nobody_else(editor, log_in, make_staff, time_machine):
    make_staff("Redaktör", username="robin")
    send_too_late(editor, time_machine)
    log_in("robin", client=editor)
    assert editor.get("/admin/osparat/")["Location"] == "/admin/"
    assert "kept_form" not in editor.session


def test_it_can_be_thrown_away(editor, log_in, time_machine):
    send_too_late(editor, time_machine)
    log_in("kim", client=editor)
    editor.post("/admin/osparat/")
    assert "kept_form" not in editor.session


def test_no_password_is_kept(editor, time_machine):
    sent = {"old_password": "a", "new_password1": "b", "new_password2": "b"}
    send_too_late(editor, time_machine, sent, "/admin/password_change/")
    assert "kept_form" not in editor.session


def test_a_stranger_fills_no_database(client):
    client.post(ADD, TYPED)
    assert Session.objects.count() == 0


def test_a_forged_post_from_another_site_is_not_kept(kim, time_machine):
    client = Client(enforce_csrf_checks=True)
    client.force_login(kim)
    time_machine.shift(31 * MINUTE)
    assert client.post(ADD, TYPED).status_code == 403
    assert "kept_form" not in client.session


def test_the_kept_session_ends_by_itself(editor, time_machine):
    send_too_late(editor, time_machine)
    assert Session.objects.count() == 1
    time_machine.shift(12 * HOUR + MINUTE)
    call_command("forget_sign_ins")
    assert Session.objects.count() == 0
