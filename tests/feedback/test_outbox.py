"""The mail about a synpunkt: stored with the row or not at all, and sent once, by a real mail server."""

import io
import socket
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from django.core.management import call_command
from django.db import DatabaseError, OperationalError
from django.test import Client
from post_office import mail as post_office_mail
from post_office.models import STATUS, Email

from feedback.models import ClientCounter, Feedback
from feedback.outbox import queue_mail
from tests.feedback.posting import HELPLESS, filled, form_fields, make_start, post, send

SMTP = "django.core.mail.backends.smtp.EmailBackend"
RETRY_SECONDS = 15 * 60


class Letters:
    """What a mail server has received: (recipients, message)."""

    def __init__(self):
        self.received = []
        self.refuse_with = None

    async def handle_DATA(self, server, session, envelope):
        if self.refuse_with:
            return self.refuse_with
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.received.append((list(envelope.rcpt_tos), message))
        return "250 OK"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def letters():
    return Letters()


@pytest.fixture
def server(letters):
    """A mail server that is not started yet; ``server.start()`` makes it answer."""
    controller = Controller(letters, hostname="127.0.0.1", port=free_port())
    yield controller
    if controller._thread:
        controller.stop()


@pytest.fixture
def smtp(settings, server):
    settings.POST_OFFICE = settings.POST_OFFICE | {"BACKENDS": {"default": SMTP}}
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""


@pytest.fixture
def deliver(tmp_path):
    """Run the command that a timer runs in production."""

    def run():
        call_command("send_queued_mail", lockfile=str(tmp_path / "lock"), stdout=io.StringIO())

    return run


# --- Both or neither ------------------------------------------------------------------------------
@pytest.fixture
def outbox_fails(monkeypatch):
    def fail(*args, **kwargs):
        raise DatabaseError("no room in the outbox")

    monkeypatch.setattr(post_office_mail, "send", fail)
    yield
    monkeypatch.undo()


@pytest.mark.django_db
def test_without_a_mail_there_is_no_row(resident, start, outbox_fails):
    fields = filled(resident, email="nn@kommun.example")
    response = send(resident, fields)
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert form_fields(response) == fields
    assert "Din text finns kvar" in response.content.decode()
    assert not Feedback.objects.exists()
    assert not ClientCounter.objects.exists()


@pytest.mark.django_db
def test_the_kept_form_is_stored_once_when_the_outbox_works_again(resident, start, monkeypatch):
    fields = filled(resident)
    with monkeypatch.context() as trouble:
        trouble.setattr(
            post_office_mail, "send", lambda *a, **k: (_ for _ in ()).throw(DatabaseError)
        )
        failed = send(resident, fields)
    assert failed.status_code == 503
    first, again = send(resident, form_fields(failed)), send(resident, fields)
    assert first.status_code == 303
    assert first["Location"] == again["Location"]
    assert Feedback.objects.count() == Email.objects.count() == 1


@pytest.mark.django_db
def test_without_a_row_there_is_no_mail(resident, start, monkeypatch):
    def fail(*args, **kwargs):
        raise OperationalError("no room")

    monkeypatch.setattr("feedback.submit.count_stored", fail)
    assert post(resident).status_code == 503
    assert not Feedback.objects.exists()
    assert not Email.objects.exists()


@pytest.mark.django_db
def test_nothing_is_sent_inside_the_request(resident, start, smtp, server, letters):
    server.start()
    assert post(resident).status_code == 303
    assert letters.received == []
    assert Email.objects.get().status == STATUS.queued


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["{{ x }}", "{% x %}", "{# x #}", "<b>å & ö</b> \"'", "{% endautoescape %}"]
)
def test_words_are_sent_as_they_were_written(text):
    queue_mail("nn@kommun.example", subject=f"Om {text}", message=f"Text: {text}\n")
    stored = Email.objects.get()
    assert (stored.subject, stored.message) == (f"Om {text}", f"Text: {text}\n")


# --- A real server --------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
class TestDelivery:
    @pytest.fixture
    def sent_in(self, clock, smtp):
        """A synpunkt in the database, and its notice in the outbox."""
        make_start()
        assert post(Client(), message="Kanariefågel å").status_code == 303

    def test_a_notice_is_delivered_once(self, sent_in, server, letters, deliver):
        server.start()
        deliver()
        deliver()
        ((recipients, message),) = letters.received
        row = Feedback.objects.get()
        assert recipients == [row.responsible.email]
        assert message["To"] == row.responsible.email
        assert message["Subject"] == f"Ny synpunkt: Startsidan ({row.reference})"
        assert "anarie" not in message.as_string()
        assert "Synpunktens text skickas inte i mejlet." in message.get_content()
        assert Email.objects.get().status == STATUS.sent

    def test_a_server_that_does_not_answer_loses_nothing(
        self, sent_in, server, letters, deliver, clock
    ):
        deliver()
        waiting = Email.objects.get()
        assert (waiting.status, waiting.number_of_retries) == (STATUS.requeued, 1)
        assert Feedback.objects.get().message == "Kanariefågel å"

        server.start()
        deliver()
        assert letters.received == [], "not before the retry interval"
        clock.shift(RETRY_SECONDS + 1)
        deliver()
        deliver()
        ((_recipients, message),) = letters.received
        assert message["Message-ID"] == waiting.message_id
        assert Email.objects.get().status == STATUS.sent

    @pytest.mark.parametrize("reply", ["451 Try again later", "550 No such mailbox"])
    def test_a_refusal_is_tried_again(self, sent_in, server, letters, deliver, clock, reply):
        server.start()
        letters.refuse_with = reply
        deliver()
        assert Email.objects.get().status == STATUS.requeued
        letters.refuse_with = None
        clock.shift(RETRY_SECONDS + 1)
        deliver()
        assert len(letters.received) == 1

    def test_a_day_without_a_server_is_survived(self, sent_in, server, letters, deliver, clock):
        message_id = Email.objects.get().message_id
        for _ in range(24 * 4):
            deliver()
            clock.shift(RETRY_SECONDS + 1)
        assert Email.objects.get().status == STATUS.requeued
        server.start()
        deliver()
        assert [message["Message-ID"] for _to, message in letters.received] == [message_id]

    # django-post-office reads the lock without closing the file.
    @pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
    def test_a_second_sender_does_not_send_beside_the_first(
        self, sent_in, server, letters, deliver, tmp_path
    ):
        server.start()
        (tmp_path / "first").write_text("1")  # process 1 is always alive
        (tmp_path / "lock.lock").symlink_to(tmp_path / "first")
        deliver()
        assert letters.received == []
        (tmp_path / "lock.lock").unlink()
        deliver()
        assert len(letters.received) == 1

    def test_without_email_url_mail_becomes_files(self, clock, deliver, settings):
        folder = Path(settings.EMAIL_FILE_PATH)
        assert folder == settings.DATA_DIR / "mail"
        before = set(folder.glob("*")) if folder.exists() else set()
        make_start()
        post(Client())
        deliver()
        (written,) = set(folder.glob("*")) - before
        text = written.read_text()
        assert (
            f"({Feedback.objects.get().reference})"
            in message_from_bytes(written.read_bytes(), policy=policy.default)["Subject"]
        )
        assert HELPLESS not in text
        assert Email.objects.get().status == STATUS.sent
