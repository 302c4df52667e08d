"""A safe start or none at all, and what the settings promise about the two databases, read back from them."""

import json
import os
import sqlite3
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

GOOD = {
    "SECRET_KEY": "k" * 50,
    "ALLOWED_HOSTS": "trygg.example",
    "DJANGO_SETTINGS_MODULE": "tink_portal.settings",
}
LOCAL = {"ALLOWED_HOSTS": "127.0.0.1,localhost,[::1]", "TINK_HTTPS": "off"}


def run(code, environment, folder):
    """What ``code`` prints in a Python of its own with only ``environment``; nothing of this test run's."""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "TINK_DATA_DIR": str(folder), "LC_ALL": "C.UTF-8"}
        | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def start(environment, folder):
    return run("import django; django.setup(); print('ready')", environment, folder)


def without(name):
    return {key: value for key, value in GOOD.items() if key != name}


UNSAFE = {
    "no key": (without("SECRET_KEY"), "SECRET_KEY saknas eller är kortare än 50 tecken"),
    "empty key": (GOOD | {"SECRET_KEY": ""}, "SECRET_KEY saknas"),
    "short key": (GOOD | {"SECRET_KEY": "k" * 49}, "kortare än 50 tecken"),
    "no hosts": (
        without("ALLOWED_HOSTS"),
        "ALLOWED_HOSTS måste räkna upp webbplatsens exakta värdnamn",
    ),
    "empty hosts": (GOOD | {"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS måste"),
    "any host": (GOOD | {"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS måste"),
    "any host among others": (GOOD | {"ALLOWED_HOSTS": "trygg.example,*"}, "ALLOWED_HOSTS måste"),
    "any subdomain": (GOOD | {"ALLOWED_HOSTS": ".trygg.example"}, "ALLOWED_HOSTS måste"),
    "pattern": (GOOD | {"ALLOWED_HOSTS": "*.trygg.example"}, "ALLOWED_HOSTS måste"),
    "plain http in public": (
        GOOD | {"TINK_HTTPS": "off"},
        "TINK_HTTPS=off får bara användas när ALLOWED_HOSTS är 127.0.0.1, localhost eller [::1]",
    ),
    "plain http half in public": (
        GOOD | {"TINK_HTTPS": "off", "ALLOWED_HOSTS": "127.0.0.1,trygg.example"},
        "TINK_HTTPS=off får bara användas",
    ),
    "debug in public": (GOOD | {"DEBUG": "on"}, "DEBUG får bara användas på den egna datorn"),
}


@pytest.mark.parametrize("case", UNSAFE)
def test_refuses_to_start(case, tmp_path):
    environment, sentence = UNSAFE[case]
    result = start(environment, tmp_path)
    assert result.returncode != 0
    last = result.stderr.strip().splitlines()[-1]
    assert "Portalen startar inte: " in last
    assert sentence in last
    assert "k" * 49 not in result.stderr


@pytest.mark.parametrize(
    "environment",
    [GOOD, GOOD | LOCAL, GOOD | LOCAL | {"DEBUG": "on"}],
    ids=["public", "local", "debug"],
)
def test_starts(environment, tmp_path):
    result = start(environment, tmp_path)
    assert (result.returncode, result.stdout, result.stderr) == (0, "ready\n", "")


def test_what_is_safe_is_the_default(tmp_path):
    code = (
        "import json; from django.conf import settings as s; print(json.dumps([s.DEBUG,"
        " s.SECURE_SSL_REDIRECT, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
        " s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME,"
        " s.SECURE_HSTS_SECONDS, s.SITE_URL]))"
    )
    cookies = ["__Host-sessionid", "__Host-csrftoken"]
    expected = [False, True, True, True, *cookies, 31_536_000, "https://trygg.example"]
    assert json.loads(run(code, GOOD, tmp_path).stdout) == expected


# --- SQLite, as a fresh installation gets it --------------------------------------------------------------

READ_BACK = """
import django, json
django.setup()
from django.db import connection
names = ["journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout"]
with connection.cursor() as cursor:
    print(json.dumps({name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in names}))
"""


def test_sqlite_pragmas(tmp_path):
    result = run(READ_BACK, GOOD, tmp_path)
    assert json.loads(result.stdout) == {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 5000,
    }
    assert (tmp_path / "portal.sqlite3").exists()


IMMEDIATE = """
import django, sys
django.setup()
from django.db import transaction
with transaction.atomic():
    print("begun", flush=True)
    sys.stdin.readline()
"""


def test_a_transaction_takes_the_write_lock_when_it_begins(tmp_path):
    """IMMEDIATE: who will write waits at once, and never fails in the middle."""
    environment = {"PATH": os.environ["PATH"], "TINK_DATA_DIR": str(tmp_path)} | GOOD
    holder = subprocess.Popen(
        [sys.executable, "-c", IMMEDIATE],
        cwd=settings.BASE_DIR,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with holder:
        assert holder.stdout.readline() == "begun\n"
        other = sqlite3.connect(tmp_path / "portal.sqlite3", timeout=0, isolation_level=None)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        holder.communicate("\n")
        other.execute("BEGIN IMMEDIATE")
        other.close()
    assert holder.returncode == 0


# --- The database of this test run ------------------------------------------------------------------


@pytest.mark.django_db
def test_connections_live_on_and_are_checked():
    assert connection.settings_dict["CONN_MAX_AGE"] is None
    assert connection.settings_dict["CONN_HEALTH_CHECKS"] is True
    assert connection.settings_dict["ATOMIC_REQUESTS"] is False


@pytest.mark.django_db
def test_what_the_database_of_this_run_was_told():
    if connection.vendor == "sqlite":
        wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
        statement = "PRAGMA {}"
    else:
        wanted = {"statement_timeout": "5s", "lock_timeout": "3s", "synchronous_commit": "on"}
        statement = "SHOW {}"
    found = {}
    with connection.cursor() as cursor:
        for name in wanted:
            cursor.execute(statement.format(name))
            found[name] = cursor.fetchone()[0]
    assert found == wanted


@pytest.mark.django_db
def test_this_run_meets_the_database_it_was_told_to():
    """Otherwise a run "on PostgreSQL" could be one more on SQLite."""
    asked = os.environ.get("DATABASE_URL", "sqlite").partition(":")[0]
    assert connection.vendor == {"postgres": "postgresql", "postgresql": "postgresql"}.get(
        asked, "sqlite"
    )
