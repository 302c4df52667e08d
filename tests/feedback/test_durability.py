"""An answered post is in the database, whatever happens to the server the moment after."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from urllib.parse import urlencode

import psycopg2
import pytest
from django.conf import settings
from django.db import connection

POSTS = 8
SQLITE = connection.vendor == "sqlite"
SCRATCH = f"tink_durability_{os.getpid()}"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def postgres(database):
    server = settings.DATABASES["default"]
    return psycopg2.connect(
        dbname=database,
        host=server["HOST"],
        port=server["PORT"] or None,
        user=server["USER"],
        password=server["PASSWORD"] or None,
    )


def on_the_server(statement):
    with closing(postgres("postgres")) as server:
        server.autocommit = True
        server.cursor().execute(statement)


@pytest.fixture
def database(tmp_path):
    """(DATABASE_URL, a function that opens it) of a database that only this test uses."""
    if SQLITE:
        file = tmp_path / "portal.sqlite3"
        yield f"sqlite:///{file}", lambda: sqlite3.connect(file)
        return
    server = settings.DATABASES["default"]
    login = f"{server['USER']}:{server['PASSWORD']}" if server["PASSWORD"] else server["USER"]
    on_the_server(f"CREATE DATABASE {SCRATCH}")
    yield (
        f"postgres://{login}@{server['HOST']}:{server['PORT'] or 5432}/{SCRATCH}",
        lambda: postgres(SCRATCH),
    )
    on_the_server(f"DROP DATABASE {SCRATCH} WITH (FORCE)")


@contextmanager
def serving(url, folder):
    """The real server in a process group of its own; yields (its port, a function that kills it all)."""
    port = free_port()
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("TINK_", "DJANGO_"))
    }
    environment |= {
        "DATABASE_URL": url,
        "TINK_DATA_DIR": str(folder),
        "TINK_HTTPS": "off",
        "TINK_FEEDBACK_LIMITS": "off",
        "SECRET_KEY": "only-for-this-test-" + "0" * 50,
        "ALLOWED_HOSTS": "127.0.0.1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    log = folder / "server.log"
    command = [sys.executable, "manage.py", "serve", "--port", str(port), "--workers", "1"]
    with log.open("wb") as output:
        server = subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )

    def kill():
        if server.returncode is None:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()

    try:
        wait_for(port, server, log)
        yield port, kill
    finally:
        kill()


def wait_for(port, server, log):
    for _ in range(600):
        assert server.poll() is None, log.read_text()
        with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as http:
            try:
                http.request("GET", "/halsa/")
                if http.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.2)
    pytest.fail(log.read_text())


def send(port, number):
    fields = {"sida": "/verksamheten/", "message": f"Synpunkt {number} å", "email": ""}
    with closing(HTTPConnection("127.0.0.1", port, timeout=30)) as http:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        http.request("POST", "/tyck-till/", urlencode(fields), headers)
        response = http.getresponse()
        return response.status, response.headers["Location"]


def test_every_answered_post_and_its_mail_survive_kill_9(database, tmp_path):
    url, open_database = database
    with serving(url, tmp_path) as (port, kill):
        answers = [send(port, number) for number in range(POSTS)]
        kill()
    assert [status for status, _location in answers] == [303] * POSTS
    acknowledged = {location.rstrip("/").rpartition("/")[2] for _status, location in answers}
    assert len(acknowledged) == POSTS

    with closing(open_database()) as opened:
        cursor = opened.cursor()
        cursor.execute("SELECT reference, message, page_path FROM feedback_feedback")
        rows = {reference: rest for reference, *rest in cursor.fetchall()}
        cursor.execute("SELECT subject FROM post_office_email")
        subjects = [subject for (subject,) in cursor.fetchall()]
    assert acknowledged == set(rows)
    assert sorted(rows.values()) == [[f"Synpunkt {n} å", "/verksamheten/"] for n in range(POSTS)]
    for reference in acknowledged:
        assert len([subject for subject in subjects if reference in subject]) == 1
