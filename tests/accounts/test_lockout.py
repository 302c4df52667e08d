"""Who guesses is shut out for a while; nobody else is, and nothing is kept that tells who it was."""

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.management import call_command
from django.test import Client

from audit.models import Event
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db

SENTENCE = "För många försök. Vänta 15 minuter eller be en administratör låsa upp."


def attempt(username="kim", password="fel", address="192.0.2.1", forwarded=None, **headers):
    if forwarded is not None:
        headers["HTTP_X_FORWARDED_FOR"] = forwarded
    sent = {"username": username, "password": password}
    return Client().post("/admin/login/", sent, REMOTE_ADDR=address, **headers)


def fail(times, **values):
    return [attempt(**values).status_code for _number in range(times)]


@pytest.fixture
def kim(make_staff):
    return make_staff("Redaktör", username="kim")


@pytest.fixture
def administrator(client, make_staff):
    client.force_login(make_staff("Administratör", username="admin"))
    return client


def test_the_fifth_failure_locks_and_then_the_right_password_too(kim):
    assert fail(5) == [200, 200, 200, 200, 429]
    answer = attempt(password=PASSWORD)
    assert answer.status_code == 429
    assert answer["Retry-After"] == "900"
    assert SENTENCE in answer.content.decode()


def test_four_failures_and_the_right_password(kim):
    fail(4)
    assert attempt(password=PASSWORD).status_code == 302
    assert fail(4) == [200] * 4  # counted anew after a success


def test_from_elsewhere_and_another_account_are_open(kim, make_staff):
    make_staff("Redaktör", username="robin")
    fail(5)
    assert attempt(password=PASSWORD, address="192.0.2.2").status_code == 302
    assert attempt(username="robin", password=PASSWORD).status_code == 302


def test_it_opens_after_15_minutes_and_refused_tries_do_not_prolong_it(kim, time_machine):
    time_machine.move_to("2026-11-22 12:00+01:00", tick=False)
    fail(5)
    time_machine.shift(14 * 60)
    assert attempt(password=PASSWORD).status_code == 429
    time_machine.shift(90)
    assert attempt(password=PASSWORD).status_code == 302


def test_20_failures_from_one_client_lock_it_for_all_accounts(kim):
    statuses = [attempt(username=f"namn{number}").status_code for number in range(20)]
    assert statuses == [200] * 19 + [429]
    assert attempt(password=PASSWORD).status_code == 429
    assert attempt(password=PASSWORD, address="192.0.2.2").status_code == 302


def test_ones_own_success_does_not_clear_guesses_at_others(kim, make_staff):
    make_staff("Redaktör", username="robin")
    fail(4)
    attempt(username="robin", password=PASSWORD)
    assert fail(1) == [429]


def test_an_unknown_account_is_answered_like_a_known_one(kim):
    known = [attempt() for _number in range(6)]
    unknown = [attempt(username="finnsinte", address="192.0.2.9") for _number in range(6)]
    for one, other in zip(known, unknown, strict=True):
        assert one.status_code == other.status_code
        assert said(one) == said(other)


def test_a_password_is_hashed_as_often_for_both(kim, monkeypatch):
    """What takes time is the same, so time does not tell which accounts exist."""
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda *values: hashed.append(1) or encode(*values)
    )
    attempt()
    known = len(hashed)
    attempt(username="finnsinte")
    assert (known, len(hashed)) == (1, 2)


def said(response):
    """The page without what differs by itself: the token, the nonce and the typed name."""
    text = response.content.decode()
    for token in (response.wsgi_request.META.get("CSRF_COOKIE", "-"), "kim", "finnsinte"):
        text = text.replace(token, "")
    return [line for line in text.splitlines() if "csrfmiddlewaretoken" not in line]


# --- Who the client is ----------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 2])
def test_an_invented_forwarded_address_does_not_help(kim, settings, count):
    settings.PROXY_COUNT = count
    behind = ", 198.51.100.7" + ", 10.0.0.1" * (count - 1)
    for number in range(5):
        attempt(forwarded=f"203.0.113.{number}{behind}")
    answer = attempt(password=PASSWORD, forwarded=f"203.0.113.99{behind}")
    assert answer.status_code == 429


def test_without_a_proxy_the_header_says_nothing(kim):
    for number in range(5):
        attempt(forwarded=f"203.0.113.{number}")
    assert attempt(password=PASSWORD, forwarded="203.0.113.99").status_code == 429


def test_two_behind_one_proxy_are_two(kim, settings):
    settings.PROXY_COUNT = 1
    fail(5, forwarded="198.51.100.7")
    assert attempt(password=PASSWORD, forwarded="198.51.100.8").status_code == 302


@pytest.mark.parametrize("forwarded", ["", "inte en adress", "x" * 5000, "1.2.3.4\x00", "å"])
def test_a_strange_header_is_no_trouble(kim, settings, forwarded):
    settings.PROXY_COUNT = 1
    assert fail(5, forwarded=forwarded)[-1] == 429


@pytest.mark.parametrize("username", ["\x00", "x" * 5000, "😀", "' OR 1=1 --"])
def test_a_strange_name_is_no_trouble(username, db):
    assert attempt(username=username).status_code == 200


# --- What is kept ---------------------------------------------------------------------------------------


def test_neither_address_nor_browser_nor_what_was_posted_is_kept(kim):
    for _number in range(7):
        attempt(address="192.0.2.77", HTTP_USER_AGENT="Kanelbulle/1.0", HTTP_ACCEPT="text/bulle")
    everything = " ".join(
        str(value)
        for model in (AccessAttempt, AccessLog, AccessFailureLog, Event)
        for row in model.objects.values_list()
        for value in row
    )
    assert AccessAttempt.objects.count() == 1
    for secret in ("192.0.2.77", "Kanelbulle", "bulle", "csrf", "password", "/admin/"):
        assert secret not in everything, secret


def test_it_is_forgotten_after_a_day(kim, time_machine):
    time_machine.move_to("2026-11-22 12:00+01:00", tick=False)
    fail(2)
    time_machine.shift(23 * 3600)
    call_command("forget_sign_ins")
    assert AccessAttempt.objects.count() == 1
    time_machine.shift(2 * 3600)
    call_command("forget_sign_ins")
    assert AccessAttempt.objects.count() == 0


def test_the_log_says_who_was_locked_once(kim):
    fail(9)
    told = list(Event.objects.order_by("pk").values_list("action", flat=True))
    assert told == ["misslyckad-inloggning"] * 4 + ["sparrad"]


# --- Unlocking ------------------------------------------------------------------------------------------


def test_an_administrator_unlocks_an_account(kim, administrator):
    fail(5)
    assert "Lås upp kim" in administrator.get("/admin/sparrar/").content.decode()
    form = administrator.get(f"/admin/auth/user/{kim.pk}/change/").content.decode()
    assert "Spärrad till" in form
    administrator.post(f"/admin/auth/user/{kim.pk}/las-upp/")
    assert attempt(password=PASSWORD).status_code == 302
    event = Event.objects.get(action="upplast")
    assert (event.username, event.object_name) == ("admin", "kim")
    assert "Inga konton är spärrade" in administrator.get("/admin/sparrar/").content.decode()


def test_and_a_network(kim, administrator):
    for number in range(20):
        attempt(username=f"namn{number}")
    assert "Ett nätverk" in administrator.get("/admin/sparrar/").content.decode()
    administrator.post("/admin/sparrar/")
    assert attempt(password=PASSWORD).status_code == 302


def test_the_list_shows_no_name_that_is_nobodys(administrator):
    fail(5, username="mitt lösenord")
    assert "mitt lösenord" not in administrator.get("/admin/sparrar/").content.decode()


def test_the_console_unlocks(kim):
    fail(5)
    call_command("axes_reset_username", "kim")
    assert attempt(password=PASSWORD).status_code == 302
