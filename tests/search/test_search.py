"""The search: å ä ö in any case, every word, titles first, and nothing that a resident may not read."""

import pytest

from pages.models import Page
from publishing.models import content_models
from search.engine import search as engine_search
from search.index import rebuild
from search.models import SearchEntry
from tests.crawl import Fetched, words
from tests.factories import (
    CONTENT_FACTORIES,
    make_activity,
    make_area,
    make_local_group,
    make_news,
    make_page,
    make_platform,
)
from tests.search.finding import search

pytestmark = pytest.mark.django_db


def titles(query):
    return [page.title for page in search(query)]


def ask(client, query, **more):
    rebuild()
    return Fetched("/sok/", client.get("/sok/", {"q": query} | more))


def hits_on(page):
    (listed,) = [e for e in page.all("ol") if e.get("class") == "hits"] or [None]
    return [words(link) for link in listed.iter("a")] if listed is not None else []


# --- What is found ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["åäöföräldrar", "ÅÄÖFÖRÄLDRAR", "Åäöföräldrar", "åÄöFöRäLdRaR"])
@pytest.mark.parametrize("written", ["åäöföräldrar", "ÅÄÖFÖRÄLDRAR", "Åäöföräldrar"])
@pytest.mark.parametrize("field", ["title", "introduction", "body"])
def test_swedish_letters_in_any_case(query, written, field):
    page = make_page(**{field: f"<p>{written}</p>" if field == "body" else written})
    make_page()
    assert search(query) == [page]


@pytest.mark.parametrize("make", CONTENT_FACTORIES, ids=lambda make: make.__name__)
def test_every_kind_of_page_is_found_by_title_introduction_and_body(make):
    page = make(
        title="Ordet kanelbulle", introduction="Ordet wienerbröd", body="<p>Ordet mazarin</p>"
    )
    assert search("kanelbulle") == search("wienerbröd") == search("mazarin") == [page]


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (make_platform, "purpose"),
        (make_platform, "ways_of_working"),
        (make_platform, "meeting_rhythm"),
        (make_local_group, "place"),
        (make_area, "summary"),
        (make_area, "for_whom"),
        (make_area, "what_you_can_do"),
        (make_activity, "target_group"),
    ],
)
def test_what_else_stands_on_a_page_is_found(make, field):
    page = make(**{field: "Ordet kanelbulle"})
    assert search("kanelbulle") == [page]


def test_the_sections_of_a_page_are_found():
    page = make_page()
    page.sections.create(heading="Ordet kanelbulle", text="<p>Ordet mazarin</p>")
    assert search("kanelbulle") == search("mazarin") == search("kanelbulle mazarin") == [page]


def test_every_searched_field_exists():
    """A name that no field has would be an error for the one who searches."""
    for model in content_models():
        for name in model.search_fields:
            first, _, inner = name.partition("__")
            field = model._meta.get_field(first)
            assert not inner or field.related_model._meta.get_field(inner)


def test_all_words_wherever_they_stand():
    both = make_page(title="Om kanelbullar", body="<p>Och mazariner</p>")
    make_page(title="Om kanelbullar")
    make_page(body="<p>Mazariner</p>")
    assert search("kanelbullar mazariner") == search("MAZARINER  kanelbullar") == [both]


def test_when_no_page_has_all_the_words_some_are_enough():
    one, other = make_page(title="Om kanelbullar"), make_page(body="<p>Mazariner</p>")
    assert search("kanelbullar mazariner") == [one, other]


def test_a_part_of_a_compound_is_enough():
    page = make_page(title="Trygghetsvandringar")
    assert search("vandring") == [page]


def test_the_title_first_then_the_introduction_then_the_rest():
    make_page(title="Ord", body="<p>kanelbulle</p>")
    make_page(title="Bok", introduction="kanelbulle")
    make_news(title="Zink kanelbulle")
    assert titles("kanelbulle") == ["Zink kanelbulle", "Bok", "Ord"]


def test_sticky_pages_stand_first_for_their_words():
    from search.models import BestBet

    make_page(title="Kanelbulle")
    chosen = make_page(title="Annat", body="<p>kanelbulle</p>")
    BestBet.objects.create(words="kanelbullar", entry_path=chosen.get_absolute_url())
    assert titles("kanelbulle") == ["Annat", "Kanelbulle"]


# --- What is not found ------------------------------------------------------------------------


@pytest.mark.parametrize("make", CONTENT_FACTORIES, ids=lambda make: make.__name__)
@pytest.mark.parametrize(
    "values",
    [
        {"status": "utkast"},
        {"status": "arkiverad"},
        {"publish_from": "2999-01-01T00:00:00Z"},
        {"publish_until": "2020-01-01T00:00:00Z"},
    ],
    ids=["draft", "archived", "not yet", "no longer"],
)
def test_what_is_not_published_is_never_found(client, make, values):
    make(title="Hemlig kanelbulle", introduction="kanelbulle", body="<p>kanelbulle</p>", **values)
    page = ask(client, "kanelbulle")
    assert hits_on(page) == []
    assert "Hemlig" not in page.text
    assert "Inga träffar" in page.text


@pytest.mark.parametrize("query", ["strong", "href", "</p>", "<p>", "noopener", "amp", "https"])
def test_tags_are_not_words(query):
    make_page(body='<p><strong>Text</strong> &amp; <a href="https://exempel.example/">mer</a></p>')
    assert search(query) == []


def test_signs_between_words_do_not_matter():
    page = make_page(body="<p>Drogfri &amp; trygg</p>")
    assert search("drogfri & trygg") == search("drogfri, trygg!") == [page]


def test_words_are_kept_apart_at_the_end_of_a_paragraph():
    page = make_page(body="<p>kanel</p><p>bulle</p>")
    rebuild()
    assert "kanel bulle" in SearchEntry.objects.of(page).get().body


# --- Whatever is asked --------------------------------------------------------------------------------------

HOSTILE = {
    "nothing": "",
    "blanks": " \t\n ",
    "ten thousand letters": "a" * 10_000,
    "ten thousand words": "a " * 5_000,
    "nul": "try\0gg",
    "only nul": "\0",
    "percent": "%",
    "underscore": "_",
    "both": "%_%",
    "backslash": "\\",
    "quote": "'",
    "double quote": '"',
    "sql": "'; DROP TABLE pages_page; --",
    "sql comment": "/* */ --",
    "tag": "<script>alert(1)</script>",
    "attribute": '" onfocus="alert(1)',
    "template": "{{ settings.SECRET_KEY }}{% debug %}",
    "emoji": "🙂",
    "family": "👨\u200d👩\u200d👧",
    "right to left": "\u202etrygg",
    "lone surrogate": "\ufffd",
    "combining": "a\u0301\u0302\u0303" * 30,
    "capital I with a dot": "İ",
    "sharp s": "ß",
    "many stars": "*" * 100,
    "pattern": "(a+)+$",
    "fts": 'NEAR("a" "b") OR NOT',
    "tsquery": "a & | ! <-> :*",
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_question_gets_a_calm_answer(client, case):
    make_page(title="Trygg")
    page = ask(client, HOSTILE[case])
    assert page.response.status_code == 200
    assert page.words("h1") == ["Sök"]
    assert page.parse_errors == []
    assert "alert(1)" not in [words(script) for script in page.all("script")]
    assert [e.tag for e in page.elements if e.get("onfocus")] == []
    assert "only-for-tests" not in page.text
    assert Page.objects.count() == 1


@pytest.mark.parametrize("query", ["%", "_", "%%", "*", "a%c", "a_c"])
def test_signs_that_mean_something_to_a_database_mean_nothing_here(query):
    make_page(title="abc")
    assert search(query) == []


@pytest.mark.parametrize(
    "number", ["-1", "0", "1000000000", "abc", "", "1.5", "9" * 4400, "²", "\0"]
)
def test_any_page_number_gets_a_page(client, number):
    for _ in range(21):
        make_page(introduction="Kanelbulle")
    page = ask(client, "kanelbulle", sida=number)
    assert page.response.status_code == 200
    assert len(hits_on(page)) in {1, 20}


def test_pages_of_hits(client):
    for number in range(21):
        make_page(title=f"Kanelbulle {number:02d}")
    first, second = ask(client, "kanelbulle"), ask(client, "kanelbulle", sida="2")
    assert [len(hits_on(page)) for page in (first, second)] == [20, 1]
    assert len({*hits_on(first), *hits_on(second)}) == 21
    assert "?q=kanelbulle&sida=2" in first.links
    assert "21 träffar på ”kanelbulle”" in words(first.document)


def test_one_hit_is_told_as_one(client):
    make_page(title="Kanelbulle")
    assert "1 träff på ”kanelbulle”" in words(ask(client, "kanelbulle").document)


def test_what_was_asked_for_stands_in_the_box(client):
    page = ask(client, 'Åsa "citat" & <b>')
    (box,) = [e for e in page.all("input") if e.get("name") == "q"]
    assert box.get("value") == 'Åsa "citat" & <b>'


def test_more_parameters_of_the_same_name(client):
    assert client.get("/sok/?q=a&q=b&sida=1&sida=2&x[]=1").status_code == 200


def test_a_question_is_cut_not_refused():
    assert len(engine_search(" ".join(f"a{n}" for n in range(500))).question.words) == 8
    assert engine_search("x" * 500).question.words == ["x" * 40]


def test_no_trace_of_the_question(client):
    response = client.get("/sok/", {"q": "hemligt"})
    assert not response.cookies
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] in {"same-origin", "no-referrer"}
