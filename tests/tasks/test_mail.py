"""Mail that has not left: how much and why, never to whom or what; and a button that tries again."""

from datetime import timedelta

import pytest
from django.utils import timezone
from post_office.models import STATUS, Email, Log

from tests.crawl import words
from tests.publishing.posting import make_member, messages, parse

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/mejl/"


def make_mail(status, hours=2, **values):
    email = Email.objects.create(
        from_email="webb@kommun.se",
        to=["hemlig@x.se"],
        subject="Hemligt ämne",
        message="Hemligt svar",
        status=status,
        **values,
    )
    Email.objects.filter(pk=email.pk).update(created=timezone.now() - timedelta(hours=hours))
    return email


@pytest.fixture
def boss(client):
    client.force_login(make_member("chef", "tasks.resend_mail"))
    return client


def test_what_is_shown(boss):
    failed = make_mail(STATUS.failed, number_of_retries=100)
    make_mail(STATUS.requeued, number_of_retries=3)
    make_mail(STATUS.sent)
    for error in ("TimeoutError", "SMTPRecipientsRefused"):
        Log.objects.create(
            email=failed, status=STATUS.failed, exception_type=error, message="hemlig@x.se"
        )
    text = words(parse(boss.get(ADDRESS)))
    assert "Gick inte att skicka 100 SMTPRecipientsRefused" in text
    assert "Väntar 3 –" in text
    assert text.count("kl.") == 2
    assert "hemlig" not in text.lower()
    assert "Timeout" not in text


def test_the_button_tries_again_and_touches_nothing_else(boss):
    failed = make_mail(STATUS.failed, number_of_retries=100)
    waits = make_mail(STATUS.requeued, scheduled_time=timezone.now() + timedelta(days=1))
    sent, fresh = make_mail(STATUS.sent), make_mail(STATUS.queued, hours=0, number_of_retries=5)
    response = boss.post(ADDRESS)
    assert messages(boss.get(response["Location"])) == ["2 mejl försöker igen."]
    for email in (failed, waits):
        email.refresh_from_db()
        assert (email.status, email.scheduled_time, email.number_of_retries) == (
            STATUS.queued,
            None,
            None,
        )
    sent.refresh_from_db()
    fresh.refresh_from_db()
    assert (sent.status, fresh.number_of_retries) == (STATUS.sent, 5)


def test_nobody_else(client):
    failed = make_mail(STATUS.failed)
    client.force_login(make_member("nn"))
    assert client.post(ADDRESS).status_code == 403
    failed.refresh_from_db()
    assert failed.status == STATUS.failed


def test_nothing_stuck(boss):
    assert "Inga mejl har fastnat." in boss.get(ADDRESS).content.decode()
