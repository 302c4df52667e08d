"""`make run`: from nothing to a portal, and a second time without touching what was made."""

import io
import re
import socket

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from pages.models import Page
from tink_portal.management.commands import serve

SERVE = "tink_portal.management.commands.serve"


@pytest.fixture
def taken_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.fixture
def free_port(taken_port):
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def run(monkeypatch, settings, tmp_path):
    """``run(port)``: everything that the command does but the serving; gives what it printed."""
    settings.DATA_DIR = tmp_path / "var"
    settings.MEDIA_ROOT, settings.STATIC_ROOT = tmp_path / "media", tmp_path / "static"
    started = []
    monkeypatch.setattr(f"{SERVE}.run_together", lambda *commands: started.append(commands))

    def run(port):
        output = io.StringIO()
        call_command("serve", port=port, stdout=output)
        return output.getvalue()

    run.started = started
    return run


def test_a_port_in_use_is_told_in_a_sentence(taken_port, run):
    """And nothing else has happened: this test may not touch the database."""
    with pytest.raises(CommandError) as error:
        run(taken_port)
    assert str(error.value) == (
        f"Port {taken_port} används redan av ett annat program. "
        f"Välj en annan, till exempel: make run PORT={taken_port + 1}"
    )
    assert run.started == []


@pytest.mark.django_db
def test_the_first_time(run, free_port, client):
    printed = run(free_port)
    assert f"http://127.0.0.1:{free_port}/admin/" in printed
    password = re.search(r"Lösenord: +(\S{16})", printed)[1]
    client.post("/admin/login/", {"username": "redaktion", "password": password})
    assert client.get("/admin/").status_code == 200
    assert client.get("/verksamheten/").status_code == 200
    ((server, mailer),) = run.started
    assert "granian" in server
    assert str(free_port) in server
    assert mailer[-1] == "timer_loop"


@pytest.mark.django_db
def test_the_second_time_keeps_what_was_edited_and_tells_no_password(run, free_port):
    run(free_port)
    Page.objects.filter(path="/kontakt/").update(title="Nås här")
    before = list(get_user_model().objects.values())
    printed = run(free_port)
    assert "Lösenord" not in printed
    assert "redaktion" not in printed
    assert list(get_user_model().objects.values()) == before
    assert Page.objects.get(path="/kontakt/").title == "Nås här"


@pytest.mark.django_db
def test_no_account_is_made_where_one_exists(make_staff):
    make_staff(username="kim")
    output = io.StringIO()
    serve.Command(stdout=output).create_first_account("http://x/")
    assert output.getvalue() == ""
    assert get_user_model().objects.count() == 1


@pytest.mark.django_db
def test_two_installations_get_different_passwords():
    printed = []
    for _ in range(2):
        output = io.StringIO()
        serve.Command(stdout=output).create_first_account("http://x/")
        printed.append(output.getvalue())
        get_user_model().objects.all().delete()
    assert printed[0] != printed[1]
