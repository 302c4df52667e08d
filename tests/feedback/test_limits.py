"""Five stored posts in ten minutes, thirty a day. What a program may have written is marked, not dropped."""

import hashlib

import pytest
from post_office.models import Email

from audit.client import client_address
from feedback.models import ClientCounter, Feedback
from tests.feedback.posting import HELPLESS, filled, form_fields, post, send
from tests.feedback.test_storing import everything_stored

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("start", "clock")]

HOME, OTHER = "198.51.100.7", "198.51.100.8"
TEN_MINUTES, A_DAY = 600, 86_400


def press(client, number, **options):
    return send(
        client, filled(client, message=f"Synpunkt {number}"), **{"REMOTE_ADDR": HOME} | options
    )


def press_many(client, times, **options):
    return [press(client, number, **options).status_code for number in range(times)]


def test_the_sixth_post_in_ten_minutes_waits_and_keeps_its_text(resident):
    assert press_many(resident, 5) == [303] * 5
    fields = filled(resident, email="nn@kommun.example")
    response = send(resident, fields, REMOTE_ADDR=HOME)
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert form_fields(response) == fields
    assert "Vänta en stund och försök igen." in response.content.decode()
    assert Feedback.objects.count() == 5


def test_after_the_time_in_retry_after_the_refused_form_is_taken(resident, clock):
    press_many(resident, 5)
    refused = press(resident, 6)
    clock.shift(int(refused["Retry-After"]))
    assert send(resident, form_fields(refused), REMOTE_ADDR=HOME).status_code == 303


def test_thirty_a_day(resident, clock):
    for _ in range(6):
        assert press_many(resident, 5) == [303] * 5
        clock.shift(TEN_MINUTES)
    assert press(resident, 31).status_code == 429
    clock.shift(A_DAY)
    assert press(resident, 31).status_code == 303


def test_posts_with_errors_never_count(resident):
    for number in range(12):
        refused = send(resident, filled(resident, message=""), REMOTE_ADDR=HOME)
        assert refused.status_code == 200, number
    assert press_many(resident, 5) == [303] * 5


def test_refused_and_foreign_posts_never_count(resident, clock):
    foreign = {"headers": {"Sec-Fetch-Site": "cross-site"}}
    assert press_many(resident, 7, **foreign) == [403] * 7
    assert press_many(resident, 7) == [303] * 5 + [429] * 2
    assert {counter.stored for counter in ClientCounter.objects.all()} == {5}


def test_a_repeated_post_is_not_refused(resident):
    press_many(resident, 4)
    fields = filled(resident)
    first = send(resident, fields, REMOTE_ADDR=HOME)
    again = send(resident, fields, REMOTE_ADDR=HOME)
    assert press(resident, 6).status_code == 429
    assert (first.status_code, again.status_code) == (303, 303)
    assert first["Location"] == again["Location"]


def test_another_client_is_not_held_up(resident):
    press_many(resident, 6)
    assert press(resident, 7, REMOTE_ADDR=OTHER).status_code == 303


# --- Whose address --------------------------------------------------------------------------------
def test_a_client_cannot_name_its_own_address(resident):
    statuses = [
        press(resident, number, HTTP_X_FORWARDED_FOR=f"203.0.113.{number}").status_code
        for number in range(6)
    ]
    assert statuses == [303] * 5 + [429]


def test_behind_a_proxy_the_address_that_the_proxy_saw_counts(resident, settings):
    settings.PROXY_COUNT = 1
    forged = [f"203.0.113.{number}, {HOME}" for number in range(6)]
    statuses = [
        press(resident, number, HTTP_X_FORWARDED_FOR=value, REMOTE_ADDR="127.0.0.1").status_code
        for number, value in enumerate(forged)
    ]
    assert statuses == [303] * 5 + [429]
    other = press(resident, 7, HTTP_X_FORWARDED_FOR=OTHER, REMOTE_ADDR="127.0.0.1")
    assert other.status_code == 303


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "203.0.113.1", HOME),
        (1, "203.0.113.1", "203.0.113.1"),
        (1, "203.0.113.9, 203.0.113.1", "203.0.113.1"),
        (2, "203.0.113.9, 203.0.113.1, 10.0.0.1", "203.0.113.1"),
        (2, "10.0.0.1", ""),
        (1, "", ""),
    ],
)
def test_proxies_are_counted_from_the_right(rf, settings, proxies, forwarded, expected):
    settings.PROXY_COUNT = proxies
    request = rf.post("/tyck-till/", REMOTE_ADDR=HOME, HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == expected


def test_a_counter_cannot_be_turned_back_into_an_address(resident):
    press(resident, 1)
    assert ClientCounter.objects.count() == 2
    plain = {
        hashlib.new(name, text.encode()).hexdigest()
        for name in ("md5", "sha1", "sha256")
        for text in (HOME, f"2026-03-10|{HOME}")
    }
    for bucket in ClientCounter.objects.values_list("bucket", flat=True):
        assert bucket not in plain
    assert HOME not in everything_stored()["feedback_clientcounter"]


def test_the_bucket_changes_with_the_key_and_with_the_day(resident, settings, clock):
    def bucket():
        ClientCounter.objects.all().delete()
        press(resident, 1)
        return ClientCounter.objects.first().bucket

    today = bucket()
    assert bucket() == today
    clock.shift(A_DAY)
    tomorrow = bucket()
    settings.SECRET_KEY = "another-key-" + "1" * 50
    assert len({today, tomorrow, bucket()}) == 3


def test_old_counters_are_forgotten(resident, clock):
    press(resident, 1)
    old = set(ClientCounter.objects.values_list("pk", flat=True))
    clock.shift(3 * A_DAY)
    press(resident, 2)
    assert not ClientCounter.objects.filter(pk__in=old).exists()
    assert ClientCounter.objects.count() == 2


def test_the_setting_lifts_the_limits(resident, settings):
    settings.FEEDBACK_LIMITS = False
    assert press_many(resident, 12) == [303] * 12
    assert not ClientCounter.objects.exists()
    assert not Feedback.objects.exclude(suspicion="").exists()


# --- Signs of a program ---------------------------------------------------------------------------
def suspicion_of(response):
    assert response.status_code == 303
    return Feedback.objects.get().suspicion


def test_a_short_word_at_a_human_pace_is_not_suspected(resident, clock):
    fields = filled(resident, message="Bra!")
    clock.shift(3)
    assert suspicion_of(send(resident, fields)) == ""


@pytest.mark.parametrize("seconds", [3600, 7 * A_DAY, 400 * A_DAY])
def test_a_form_that_was_open_for_long_is_not_suspected(resident, clock, seconds):
    fields = filled(resident)
    clock.shift(seconds)
    assert suspicion_of(send(resident, fields)) == ""


def test_a_form_filled_in_at_once_is_stored_and_marked(resident, clock):
    fields = filled(resident)
    clock.shift(1)
    assert suspicion_of(send(resident, fields)) == "Skickades snabbare än en människa hinner skriva"
    assert Feedback.objects.get().message == HELPLESS


def test_a_filled_trap_is_stored_and_marked_and_its_text_is_not_kept(resident, clock):
    fields = filled(resident, website="https://skrap.example")
    clock.shift(60)
    assert suspicion_of(send(resident, fields)) == "Ett fält som människor inte ser är ifyllt"
    assert "skrap.example" not in "".join(everything_stored().values())


@pytest.mark.parametrize("stamp", ["", "abc", "1:2:3", "å" * 50, "x" * 10_000])
def test_a_stamp_that_is_not_ours_neither_stops_nor_accuses(resident, stamp):
    assert suspicion_of(post(resident, stamp=stamp)) == ""


def test_a_suspected_post_still_reaches_someone(resident):
    post(resident, website="x")
    assert Email.objects.count() == 1


def test_the_limits_hold_in_production(resident, settings):
    """The values that the load tests lift are the ones that the portal starts with."""
    assert settings.FEEDBACK_LIMITS is True
    assert settings.FEEDBACK_LIMITS_BY_WINDOW == {TEN_MINUTES: 5, A_DAY: 30}
    assert settings.FEEDBACK_LEAST_FILLING_SECONDS == 2
