"""The search page: what was understood, filters, order, marks, help now, and what is counted."""

import pytest
from django.db import DatabaseError

from search.index import rebuild
from search.models import AskedFor
from tests import factories
from tests.crawl import Fetched, words

pytestmark = pytest.mark.django_db


def ask(client, **query):
    rebuild()
    return Fetched("/sok/", client.get("/sok/", query))


def hits_on(page):
    (listed,) = [e for e in page.all("ol") if e.get("class") == "hits"] or [None]
    return [words(link) for link in listed.iter("a")] if listed is not None else []


def test_the_words_are_marked_and_signs_are_escaped(client):
    factories.make_page(title="Fika", introduction="", body="<p>Ät kanelbullar &lt;b&gt; idag.</p>")
    page = ask(client, q="kanelbulle")
    assert [words(mark) for mark in page.all("mark")] == ["kanelbullar"]
    assert "<b>" in words(page.document)


def test_the_piece_of_a_long_text_with_the_words_is_shown(client):
    factories.make_page(
        introduction="", body="<p>" + "Fyllnad. " * 200 + "En kanelbulle till sist.</p>"
    )
    page = ask(client, q="kanelbulle")
    assert [words(mark) for mark in page.all("mark")] == ["kanelbulle"]
    assert len(words(page.all("ol")[-1])) < 500


def test_a_misspelt_word_is_mended_and_that_is_said(client):
    factories.make_page(title="Trygghetsvandring")
    page = ask(client, q="trygghetsvandrng")
    assert hits_on(page) == ["Trygghetsvandring"]
    assert "Vi hittade inget på ”trygghetsvandrng”, så vi sökte på trygghetsvandring." in words(
        page.document
    )


def test_the_kinds_are_counted_and_narrow_the_search(client):
    factories.make_page(title="Kanelbulle ett")
    factories.make_page(title="Kanelbulle två")
    factories.make_news(title="Kanelbulle tre")
    page = ask(client, q="kanelbulle")
    assert "Sida (2)" in words(page.document)
    assert "Nyhet (1)" in words(page.document)
    assert hits_on(ask(client, q="kanelbulle", slag="newsitem")) == ["Kanelbulle tre"]


def test_the_area_narrows_the_search(client):
    area = factories.make_area(title="Fika")
    other = factories.make_area(title="Bad")
    factories.make_activity(title="Kanelbulle", area=area)
    factories.make_activity(title="Kanelbulle i vattnet", area=other)
    assert hits_on(ask(client, q="kanelbulle", omrade=area.pk)) == ["Kanelbulle"]


@pytest.mark.parametrize(
    "query",
    [
        {"slag": "finnsinte"},
        {"omrade": "x"},
        {"omrade": "9" * 50},
        {"ordning": "'"},
        {"omrade": "-1"},
    ],
)
def test_filters_that_mean_nothing_are_left_out(client, query):
    factories.make_page(title="Kanelbulle")
    assert hits_on(ask(client, q="kanelbulle", **query)) == ["Kanelbulle"]


def test_the_newest_first_when_asked_for(client):
    factories.make_page(title="Kanelbulle", content_changed_on="2020-01-01")
    factories.make_page(title="Annat", body="<p>kanelbulle</p>", content_changed_on="2024-01-01")
    assert hits_on(ask(client, q="kanelbulle")) == ["Kanelbulle", "Annat"]
    assert hits_on(ask(client, q="kanelbulle", ordning="datum")) == ["Annat", "Kanelbulle"]


@pytest.mark.parametrize("query", ["min man slår mig", "överdos", "självmord", "112"])
def test_help_stands_above_the_hits_of_someone_in_danger(client, portal, query):
    page = ask(client, q=query)
    assert "Behöver du hjälp nu?" in page.words("h2")
    assert page.response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("query", ["trygghetsvandring", "kontakt", "slå upp"])
def test_and_nowhere_else(client, portal, query):
    assert "Behöver du hjälp nu?" not in ask(client, q=query).words("h2")


def test_what_is_asked_is_counted_without_who(client):
    for _time in range(3):
        ask(client, q="Kanelbullar på bryggan")
    (asked,) = AskedFor.objects.all()
    assert (asked.words, asked.times, asked.hits) == ("kanelbullar bryggan", 3, 0)


@pytest.mark.parametrize(
    "query", ["anna@exempel.se", "19900101-1234", "070-123 45 67", "a b c d e f g h", "", "x" * 90]
)
def test_what_may_be_personal_is_not_counted(client, query):
    ask(client, q=query)
    assert AskedFor.objects.count() == 0


def test_a_database_that_cannot_be_written_stops_no_search(client, monkeypatch):
    factories.make_page(title="Kanelbulle")

    def refuse(*args, **kwargs):
        raise DatabaseError

    rebuild()
    monkeypatch.setattr(AskedFor.objects, "filter", refuse)
    assert hits_on(Fetched("/sok/", client.get("/sok/", {"q": "kanelbulle"}))) == ["Kanelbulle"]


def test_words_that_begin_alike_are_suggested(client):
    factories.make_page(title="Föräldravandring och föräldramöte")
    rebuild()
    answer = client.get("/sok/forslag/", {"q": "kom på foraldra"})
    assert answer.json() == {"words": ["föräldramöte", "föräldravandring"]}
    assert client.get("/sok/forslag/", {"q": "f"}).json() == {"words": []}
    assert not answer.cookies
