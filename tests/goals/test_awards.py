"""A nomination is not a win, and the same result in two years is one sentence."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from goals.models import Award, Goal
from tests.crawl import Fetched, words
from tests.factories import make_area, make_page

pytestmark = pytest.mark.django_db


def make_award(**values):
    return Award.objects.create(**{"title": "Pris", "kind": "vinst", "year": 2014} | values)


def test_the_same_result_in_several_years_is_one_sentence():
    make_award(year=2017)
    make_award(year=2014)
    (sentence,) = Award.objects.as_sentences()
    assert sentence["years"] == [2014, 2017]
    assert sentence["kind"] == "Vinst"


@pytest.mark.parametrize(
    "other", [{"kind": "nominering"}, {"note": "annan"}, {"title": "Annat pris"}]
)
def test_what_differs_in_more_than_the_year_stays_apart(other):
    make_award()
    make_award(year=2015, **other)
    assert len(Award.objects.as_sentences()) == 2


def test_a_result_without_a_year():
    make_award(year=None, kind="utveckling")
    (sentence,) = Award.objects.as_sentences()
    assert sentence["years"] == []
    assert str(Award.objects.get()) == "Pris"


def test_order_of_the_sentences_is_the_units_own():
    make_award(title="B", order=2)
    make_award(title="A", order=3)
    make_award(title="C", order=1)
    assert [row["title"] for row in Award.objects.as_sentences()] == ["C", "B", "A"]


def test_the_timeline_has_the_newest_first_and_what_has_no_year_last():
    for year in (2013, None, 2017, 2015):
        make_award(title=f"Pris {year}", year=year)
    assert [award.year for award in Award.objects.by_year()] == [2017, 2015, 2013, None]


def test_once_a_year():
    make_award()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_award()
    with pytest.raises(ValidationError) as error:
        Award(title="Pris", kind="vinst", year=2014).full_clean()
    assert error.value.messages == ["Resultatet finns redan för det året."]


@pytest.mark.parametrize("year", [1989, 2101])
def test_a_year_is_a_year(year):
    with pytest.raises(ValidationError) as error:
        Award(title="Pris", kind="vinst", year=year).full_clean()
    assert set(error.value.message_dict) == {"year"}


@pytest.fixture
def results(portal, client):
    """{address: the words of each result} on the three pages that tell of results."""

    def items(address, tag):
        return [words(e) for e in Fetched(address, client.get(address)).all(tag)]

    return {
        "/verksamheten/": items("/verksamheten/", "li"),
        "/mal-och-resultat/": items("/mal-och-resultat/", "li"),
        "/": items("/", "dt"),
    }


@pytest.mark.parametrize("address", ["/verksamheten/", "/mal-och-resultat/", "/"])
def test_every_page_says_nomination_where_there_was_one(results, address):
    nominated = [text for text in results[address] if "Security Awards" in text]
    assert nominated
    assert all("Nominering" in text and "Vinst" not in text for text in nominated)


def test_the_prize_was_won_twice(results):
    won = [text for text in results["/mal-och-resultat/"] if "årets förebyggande kommun" in text]
    assert [text[:4] for text in won] == ["2017", "2014"]
    assert all(text.endswith("Vinst") for text in won)
    assert any("2014 samt 2017" in text for text in results["/verksamheten/"])


def test_goals_in_the_units_order_wherever_they_are_listed(client):
    page = make_page(slug="mal")
    page.sections.create(live_list="goals", order=1)
    area = make_area()
    for text, order in (("Tredje", 3), ("Första", 1), ("Andra", 2)):
        Goal.objects.create(text=text, order=order).areas.add(area)
    shown = [words(e) for e in Fetched("", client.get("/mal/")).all("li")]
    assert [text for text in shown if text in {"Första", "Andra", "Tredje"}] == [
        "Första",
        "Andra",
        "Tredje",
    ]
