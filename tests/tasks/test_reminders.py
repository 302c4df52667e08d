"""Reminders about review dates: each step once, one mail to each person a day."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from post_office.models import Email

from tasks import reminders
from tasks.models import Reminder
from tasks.reminders import send_reminders
from tests import factories
from tests.publishing.posting import make_member
from tink_portal.management.commands import timer_loop

pytestmark = pytest.mark.django_db

DUE = date(2026, 6, 15)
ANN, BO, UNIT = "ann@kommun.example", "bo@kommun.example", "enheten@kommun.example"


@pytest.fixture
def unit():
    return factories.make_contact_point(email=UNIT, is_unit_mailbox=True)


@pytest.fixture
def page(unit):
    return make_page()


def make_page(**values):
    people = {
        "responsible": factories.make_person(email=ANN),
        "deputy": factories.make_person(email=BO),
    }
    return factories.make_page(**{"review_on": DUE, "title": "Om stöd"} | people | values)


def run(day, clock="07:00:00+02:00"):
    """{recipient: text} of the mail that a run on ``day`` queues."""
    Email.objects.all().delete()
    with time_machine.travel(f"{day}T{clock}", tick=False):
        send_reminders()
    return {mail.to[0]: mail.message for mail in Email.objects.all()}


def days(number):
    return DUE + timedelta(days=number)


@pytest.mark.parametrize(
    ("number", "recipients"),
    [
        (-15, []),
        (-14, [ANN]),
        (-13, [ANN]),
        (-1, [ANN]),
        (0, [ANN]),
        (1, [ANN]),
        (13, [ANN]),
        (14, [ANN, BO]),
        (27, [ANN, BO]),
        (28, [UNIT]),
        (400, [UNIT]),
    ],
)
def test_every_boundary(page, number, recipients):
    """The first run ever on that day: the step that has come, and none that was missed."""
    assert sorted(run(days(number))) == recipients
    assert Reminder.objects.count() == bool(recipients)


def test_each_step_is_taken_once_though_the_command_runs_every_day(page):
    sent = {number: sorted(run(days(number))) for number in range(-20, 60)}
    assert {number: to for number, to in sent.items() if to} == {
        -14: [ANN],
        0: [ANN],
        14: [ANN, BO],
        28: [UNIT],
    }


def test_the_second_run_of_a_day_does_nothing_even_for_a_page_that_came_meanwhile(page):
    assert list(run(DUE)) == [ANN]
    make_page(title="Ny")
    assert run(DUE) == {}
    assert list(run(days(1))) == [ANN]


def test_a_reviewed_page_begins_again(page):
    run(DUE)
    type(page).objects.update(review_on=DUE + timedelta(days=365))
    assert run(days(14)) == {}
    assert list(run(DUE + timedelta(days=365 - 14))) == [ANN]


@pytest.mark.parametrize(
    ("responsible", "deputy", "late"),
    [
        ({"is_active": False}, {}, [BO]),
        ({"email": ""}, {}, [BO]),
        ({"email": "trasig adress"}, {}, [BO]),
        ({"email": ""}, {"email": ""}, [UNIT]),
        ({"is_active": False}, {"is_active": False}, [UNIT]),
        ({}, {"is_active": False}, [ANN]),
    ],
)
def test_who_cannot_receive_is_passed_over(unit, responsible, deputy, late):
    make_page(
        responsible=factories.make_person(**{"email": ANN} | responsible),
        deputy=factories.make_person(**{"email": BO} | deputy),
    )
    assert sorted(run(days(-14))) == late
    assert sorted(run(days(14))) == late


def test_without_a_deputy_the_responsible_alone_is_told(unit):
    make_page(deputy=None)
    assert list(run(days(14))) == [ANN]


def test_without_a_mailbox_those_who_hand_over_pages_are_told():
    make_page()
    boss = make_member("chef", "tasks.hand_over")
    boss.email = "chef@kommun.example"
    boss.save()
    make_member("utan-adress", "tasks.hand_over")
    assert list(run(days(28))) == ["chef@kommun.example"]


def test_without_anybody_the_sender_gets_it(settings):
    make_page()
    assert list(run(days(28))) == [settings.DEFAULT_FROM_EMAIL]


def test_one_mail_lists_everything_and_names_no_sensitive_page(page, unit):
    ann = page.responsible
    make_page(title="{{ x }} {% y %}\nrad", responsible=ann)
    hidden = make_page(title="Hemlig rubrik", responsible=ann, is_sensitive=True)
    factories.make_news(review_on=DUE, title="Nyheten", responsible=ann)
    text = run(DUE)[ANN]
    assert "Om stöd\nSka granskas senast 15 juni 2026.\nhttps://trygg.example/admin/pages/" in text
    assert "{{ x }} {% y %} rad" in text
    assert "Nyheten" in text
    assert "En känslig sida\n" in text
    assert "Hemlig" not in text
    assert f"/admin/pages/page/{hidden.pk}/change/" in text
    mail = Email.objects.get()
    assert mail.subject == "Sidor att granska: 4"


def test_the_unit_is_told_who_answers_for_the_page(page):
    text = run(days(28))[UNIT]
    assert "Skulle ha granskats 15 juni 2026. Ansvarig: " + page.responsible.function in text


@pytest.mark.parametrize(
    "values",
    [
        {"status": "utkast"},
        {"status": "arkiverad"},
        {"review_on": None},
        {"publish_until": timezone.make_aware(timezone.datetime(2026, 1, 1))},
    ],
)
def test_only_pages_that_residents_see(unit, values):
    make_page(**values)
    assert run(DUE) == {}


@pytest.mark.parametrize(
    ("due", "before", "after"),
    [
        # The night when the clock goes forward, and the one when it goes back.
        (date(2026, 3, 29), "2026-03-28T23:59:59+01:00", "2026-03-29T00:00:00+01:00"),
        (date(2026, 10, 25), "2026-10-24T23:59:59+02:00", "2026-10-25T00:00:00+02:00"),
        (date(2026, 10, 26), "2026-10-25T23:59:59+01:00", "2026-10-26T00:00:00+01:00"),
    ],
)
def test_the_day_begins_at_midnight_here(unit, due, before, after):
    page = make_page(review_on=due)
    kept = {"object_id": page.pk, "due": due, "sent_on": date(2026, 1, 1)}
    kind = reminders._kind("pages.page")
    Reminder.objects.create(content_type=kind, step=-14, **kept)
    for moment, number in ((before, 0), (after, 1)):
        with time_machine.travel(moment, tick=False):
            assert send_reminders() == number


def test_the_command_tells_how_many(page, capsys):
    with time_machine.travel(f"{DUE}T07:00:00+02:00", tick=False):
        call_command("send_reminders")
        call_command("send_reminders")
    assert capsys.readouterr().out == "Påminnelser: 1 mejl.\nPåminnelser: 0 mejl.\n"


def test_a_mail_that_cannot_be_stored_takes_its_reminders_back(page, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(reminders, "queue_mail", broken)
    with pytest.raises(RuntimeError):
        run(DUE)
    assert not Reminder.objects.exists()


def test_the_questions_do_not_grow_with_the_pages(page):
    run(days(-14))  # what Django remembers for good
    counts = []
    for day, number in ((DUE, 1), (days(1), 30)):
        for n in range(number):
            make_page(title=f"Sida {day} {n}", responsible=page.responsible, deputy=page.deputy)
        moment = time_machine.travel(f"{day}T07:00:00+02:00", tick=False)
        with moment, CaptureQueriesContext(connection) as asked:
            send_reminders()
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.django_db(transaction=True)
def test_two_runners_at_once_send_one_mail(monkeypatch):
    factories.make_contact_point(email=UNIT, is_unit_mailbox=True)
    make_page(review_on=timezone.localdate())
    barrier, numbers = Barrier(2), []
    real = reminders._pages_to_remind_of

    def together(today):
        found = real(today)
        if connection.vendor == "postgresql":
            barrier.wait(timeout=10)  # both have read, neither has written
        return found

    def runner():
        try:
            numbers.append(send_reminders())
        finally:
            connection.close()

    monkeypatch.setattr(reminders, "_pages_to_remind_of", together)
    threads = [Thread(target=runner) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == [0, 1]
    assert Email.objects.count() == 1
    assert Reminder.objects.count() == 1


def test_the_timer_reminds_once_a_day(monkeypatch):
    called = []
    monkeypatch.setattr(timer_loop, "call_command", lambda name, **options: called.append(name))
    monkeypatch.setattr(timer_loop, "close_old_connections", lambda: None)
    command = timer_loop.Command()
    for moment in ("2026-06-15T00:00:01", "2026-06-15T23:59:00", "2026-06-16T00:00:01"):
        with time_machine.travel(f"{moment}+02:00", tick=False):
            command.run_once()
    assert called.count("send_reminders") == 2
    assert called.count("publish_scheduled") == 3
