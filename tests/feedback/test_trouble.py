"""When the database does not answer: what was typed is kept, the answer is 503, and 112 is named."""

import logging

import pytest
from django.db import connection
from django.test import Client
from post_office.models import Email

from feedback.models import ClientCounter, Feedback
from tests.factories import make_page
from tests.feedback import trouble
from tests.feedback.posting import by_id, filled, form_fields, make_start, parse, send, words

pytestmark = pytest.mark.django_db(transaction=True)

#: Long enough to need room of its own: a short text may find some left on a full disk.
TYPED = {"message": "Kanariefågel <b>å</b>\n👍 " + "ö" * 4900, "email": "kanarie@kommun.example"}
WRITES = pytest.mark.parametrize("happening", trouble.TO_WRITES, ids=lambda f: f.__name__)


@pytest.fixture
def fields():
    make_start()
    return filled(Client(), **TYPED)


@pytest.fixture
def resident():
    """A browser, and a client that gets the answer a server would give when a view fails."""
    return Client(raise_request_exception=False)


@WRITES
def test_a_post_that_cannot_be_stored_is_given_back(resident, fields, happening):
    with happening():
        response = send(resident, fields)
        assert response.status_code == 503
        assert int(response["Retry-After"]) > 0
        assert form_fields(response) == fields
        assert "no-store" in response["Cache-Control"]
        assert "Set-Cookie" not in response.headers
    tree = parse(response)
    assert words(by_id(tree, "fel")) == "Din synpunkt är inte skickad än"
    assert "tel:112" in [link.get("href") for link in tree.iter("a")]
    assert [words(heading) for heading in tree.iter("h1")] == ["Tyck till om den här sidan"]
    assert words(next(tree.iter("title"))).startswith("Fel: ")
    assert "Traceback" not in response.content.decode()
    assert not Feedback.objects.exists()
    assert not Email.objects.exists()
    assert not ClientCounter.objects.exists()


@WRITES
def test_sent_again_when_it_is_over_it_is_stored_once(resident, fields, happening):
    with happening():
        kept = form_fields(send(resident, fields))
    first, again = send(resident, kept), send(resident, fields)
    assert first.status_code == 303
    assert first["Location"] == again["Location"]
    row = Feedback.objects.get()
    assert (row.message, row.email) == (TYPED["message"], TYPED["email"])
    assert Email.objects.count() == 1


@WRITES
def test_trouble_is_logged_without_what_was_written(resident, fields, happening, caplog):
    with happening(), caplog.at_level(logging.INFO):
        send(resident, fields, REMOTE_ADDR="198.51.100.77")
    assert "feedback could not be stored" in caplog.text
    assert "anarie" not in caplog.text
    assert "198.51.100.77" not in caplog.text


def test_a_post_with_errors_is_given_back_too(resident, fields):
    with trouble.down():
        response = send(resident, fields | {"message": ""})
    assert response.status_code == 503
    assert form_fields(response)["email"] == TYPED["email"]


def test_markup_is_escaped_without_a_database(resident, fields):
    hostile = '</textarea><script>alert(1)</script>"'
    with trouble.down():
        response = send(resident, dict.fromkeys(fields, hostile) | {"sida": "/"})
    assert response.status_code == 503
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize("happening", [trouble.locked, trouble.read_only], ids=lambda f: f.__name__)
def test_pages_can_be_read_while_nothing_can_be_written(resident, happening):
    make_start()
    with happening():
        assert resident.get("/").status_code == 200
        assert resident.get("/tyck-till/", {"sida": "/"}).status_code == 200


PATHS = [
    "/",
    "/verksamheten/",
    "/finns-inte/",
    "/finns-inte.txt",
    "/samverkan/tink-radet/",
    "/nyheter/2026/nyhet/",
    "/sok/?q=polis",
    "/tyck-till/?sida=/verksamheten/",
    "/tyck-till/?sida=//evil.example",
    "/tyck-till/tack/23456789ABCD/",
    "/halsa/",
    "/admin/login/",
]


@pytest.mark.parametrize("path", PATHS)
def test_every_page_says_that_the_site_does_not_answer(resident, path):
    make_page(slug="verksamheten")
    with trouble.down():
        response = resident.get(path)
    assert_unavailable(response)


def test_an_outage_fills_the_log_with_lines_not_with_traces(resident, caplog):
    with trouble.down():
        resident.get("/sok/?q=kanarie")
    assert [record.getMessage() for record in caplog.records] == [
        "database unavailable: OperationalError",
        "Service Unavailable: /sok/",
    ]
    assert "Traceback" not in caplog.text


def test_a_login_that_cannot_be_looked_up_is_no_crash(resident, superuser):
    resident.force_login(superuser)
    with trouble.down():
        assert_unavailable(resident.get("/admin/"))


def assert_unavailable(response):
    html = response.content.decode()
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert "no-store" in response["Cache-Control"]
    assert "112" in html
    assert "Webbplatsen svarar inte just nu" in html
    for trace in ("Traceback", "OperationalError", "sqlite", "psycopg", "/nowhere"):
        assert trace not in html


def test_the_page_for_our_own_mistakes_needs_no_database(resident, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("hemlig detalj")

    monkeypatch.setattr("pages.views.PageView.get_object", fail)
    with trouble.down():
        response = resident.get("/")
    html = response.content.decode()
    assert response.status_code == 500
    assert "Något gick fel hos oss" in html
    assert "112" in html
    assert "hemlig detalj" not in html


def test_it_works_again_afterwards(resident):
    make_start()
    with trouble.down():
        assert resident.get("/").status_code == 503
    assert resident.get("/").status_code == 200
    assert connection.is_usable()
