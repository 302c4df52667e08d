"""A double click, the back button and a replay give one row, one mail and the same receipt."""

from threading import Barrier, Thread
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.test import Client
from post_office.models import Email

from feedback import submit as submit_module
from feedback.models import ClientCounter, Feedback
from tests.feedback.posting import filled, form_fields, make_start, post, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def fields(start, resident):
    return filled(resident, email="nn@kommun.example")


def test_the_same_form_twice_is_one_row_one_mail_and_the_same_receipt(resident, fields):
    first, again = send(resident, fields), send(resident, fields)
    assert first.status_code == again.status_code == 303
    assert first["Location"] == again["Location"]
    assert Feedback.objects.count() == Email.objects.count() == 1
    assert {counter.stored for counter in ClientCounter.objects.all()} == {1}


def test_a_replay_from_another_browser_days_later_is_the_same_row(clock, resident, fields):
    first = send(resident, fields)
    clock.shift(3 * 86_400)
    again = send(Client(), fields, REMOTE_ADDR="198.51.100.9")
    assert first["Location"] == again["Location"]
    assert Feedback.objects.count() == 1


def test_line_breaks_and_outer_spaces_do_not_make_it_another(resident, fields):
    send(resident, fields | {"message": "Rad ett\r\nRad två"})
    send(resident, fields | {"message": " Rad ett\nRad två "})
    assert Feedback.objects.count() == 1


@pytest.mark.parametrize(
    "change", [{"message": "Något annat"}, {"email": "annan@kommun.example"}, {"email": ""}]
)
def test_a_changed_text_with_the_same_key_is_not_lost(resident, fields, change):
    first, second = send(resident, fields), send(resident, fields | change)
    assert first["Location"] != second["Location"]
    assert Feedback.objects.count() == Email.objects.count() == 2


def test_the_same_words_in_two_forms_are_two_rows(resident, start):
    post(resident)
    post(resident)
    assert Feedback.objects.count() == 2


def test_what_moved_between_the_fields_is_not_the_same(resident, fields):
    send(resident, fields | {"message": "a", "email": ""})
    send(resident, fields | {"message": "a\tb@c.se", "email": ""})
    send(resident, fields | {"message": "a", "email": "b@c.se"})
    assert Feedback.objects.count() == 3


@pytest.mark.parametrize(
    "key", ["", "abc", "å" * 36, "0" * 31, "{" * 5000, "20682bec-accc-4cc8-b702-c178344db4f5x"]
)
def test_a_malformed_key_does_not_stop_a_resident(resident, fields, key):
    assert send(resident, fields | {"key": key}).status_code == 303
    assert Feedback.objects.count() == 1


def test_a_missing_key_and_stamp_do_not_stop_a_resident(resident, start):
    assert send(resident, {"sida": "/", "message": "Hej"}).status_code == 303
    assert Feedback.objects.get().message == "Hej"


def test_two_posts_without_a_key_are_two_rows(resident, start):
    for _ in range(2):
        send(resident, {"sida": "/", "message": "Hej"})
    assert Feedback.objects.count() == 2


def test_every_form_has_a_key_of_its_own(resident, start):
    assert len({filled(resident)["key"] for _ in range(20)}) == 20


def test_the_key_survives_an_error(resident, fields):
    refused = send(resident, fields | {"message": ""})
    assert form_fields(refused)["key"] == fields["key"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("at_once", [2, 4])
def test_pressed_at_the_same_moment(at_once, monkeypatch):
    make_start()
    fields = filled(Client())
    everyone_has_looked, answers = Barrier(at_once), []

    def atomic_when_everyone_has_looked():
        everyone_has_looked.wait(timeout=30)
        return transaction.atomic()

    monkeypatch.setattr(
        submit_module, "transaction", SimpleNamespace(atomic=atomic_when_everyone_has_looked)
    )

    def press():
        try:
            answers.append(send(Client(), fields))
        finally:
            connection.close()

    threads = [Thread(target=press) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [303] * at_once
    assert len({answer["Location"] for answer in answers}) == 1
    assert Feedback.objects.count() == Email.objects.count() == 1
    assert {counter.stored for counter in ClientCounter.objects.all()} == {1}
