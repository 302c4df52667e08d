"""Error pages are Swedish, and those for a broken server need no database."""

import pytest
from django import db
from django.test import Client

from tests.crawl import Fetched, words


@pytest.mark.django_db
def test_statuses_of_the_error_pages(walk):
    pages = (walk.missing, walk.refused, walk.bad_host, walk.forbidden, walk.form_with_errors)
    assert [page.response.status_code for page in pages] == [404, 405, 400, 403, 200]


@pytest.mark.django_db
def test_error_pages_speak_swedish(walk):
    headings = {page.response.status_code: page.words("h1")[0] for page in walk.everything[-4:]}
    assert headings == {
        404: "Sidan finns inte",
        405: "Det går inte att göra så här",
        403: "Du har inte behörighet till den här sidan",
        400: "Något i adressen är fel",
    }


@pytest.mark.django_db
def test_405_says_what_is_allowed(walk):
    assert walk.refused.response["Allow"] == "GET, HEAD, OPTIONS"


@pytest.fixture
def failing_start(monkeypatch):
    """``failing_start(error)``: an answer of the start page while ``error`` happens. No database is there."""

    def answer(error):
        def fail(*args, **kwargs):
            raise error

        monkeypatch.setattr("pages.views.PageView.get_object", fail)
        return Fetched("/", Client(raise_request_exception=False).get("/"))

    return answer


def test_500_needs_no_database_and_names_112(failing_start):
    page = failing_start(RuntimeError("test"))
    assert page.response.status_code == 500
    assert page.words("h1") == ["Något gick fel hos oss"]
    assert "112" in words(page.document)
    assert page.document.get("lang") == "sv"
    assert page.parse_errors == []
    assert "unsafe-" not in page.response["Content-Security-Policy"]
    assert not page.response.cookies


@pytest.mark.parametrize("name", ["OperationalError", "InterfaceError"])
def test_503_needs_no_database_and_says_when_to_come_back(failing_start, name):
    page = failing_start(getattr(db, name)("connection refused"))
    assert page.response.status_code == 503
    assert page.words("h1") == ["Webbplatsen svarar inte just nu"]
    assert "112" in words(page.document)
    assert page.response["Retry-After"] == "60"
    assert page.response["Cache-Control"] == "no-store"
    assert "unsafe-" not in page.response["Content-Security-Policy"]
