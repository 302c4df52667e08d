"""find_page: from an address on our own site to the published page, and nothing else."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from publishing.addresses import MAX_LENGTH, find_gone_page, find_page
from publishing.models import content_models
from tests.factories import CONTENT_FACTORIES, make_page, make_platform

pytestmark = pytest.mark.django_db

LEADS_OUT = {
    "http": "http://evil.example/verksamheten/",
    "https": "https://trygg.example/verksamheten/",
    "no scheme": "//evil.example/verksamheten/",
    "three slashes": "///evil.example/",
    "slash and backslash": "/\\evil.example/verksamheten/",
    "backslashes": "\\\\evil.example/verksamheten/",
    "backslash inside": "/verksamheten\\/",
    "double slash inside": "/verksamheten//",
    "empty user": "http:///verksamheten/",
    "javascript": "javascript:alert(1)",
    "data": "data:text/html,x",
    "mail": "mailto:nn@kommun.example",
    "bad bracket": "//[evil/verksamheten/",
    "full-width slash": "/／evil.example/",
}
HARMFUL_SIGNS = {
    "NUL": "/verksamheten/\0",
    "NUL first": "\0/verksamheten/",
    "CRLF": "/verksamheten/\r\nSet-Cookie: x=1",
    "LF": "/verksam\nheten/",
    "tab": "/\t/evil.example/",
    "delete": "/verksamheten/\x7f",
    "leading space": " /verksamheten/",
    "trailing space": "/verksamheten/ ",
    "line separator": "/verksamheten/\u2028",
    "encoded slash": "/verksamheten%2F",
    "encoded letters": "/%76erksamheten/",
    "encoded NUL": "/verksamheten/%00",
    "twice encoded": "/%2576erksamheten/",
}
NOT_A_PAGE = {
    "admin": "/admin/",
    "admin login": "/admin/login/",
    "admin inbox": "/admin/feedback/feedback/",
    "static file": "/static/css/site.css",
    "static folder": "/static/",
    "the form itself": "/tyck-till/",
    "a receipt": "/tyck-till/tack/23456789ABCD/",
    "health": "/halsa/",
    "robots": "/robots.txt",
    "picture file": "/bildfil/x.jpg",
    "no slash at the end": "/verksamheten",
    "no slash in front": "verksamheten/",
    "capitals": "/VERKSAMHETEN/",
    "up and down": "/samverkan/../verksamheten/",
    "dot": "/./verksamheten/",
    "parameters": "/verksamheten/;a=b",
    "missing page": "/finns-inte/",
}
EMPTY = {"empty": "", "nothing": None, "only a question": "?", "only a fragment": "#innehall"}


def cases(*tables):
    merged = {name: value for table in tables for name, value in table.items()}
    return pytest.mark.parametrize("address", merged.values(), ids=list(merged))


@pytest.fixture
def page():
    return make_page(slug="verksamheten", title="Verksamheten")


@cases(LEADS_OUT, HARMFUL_SIGNS, NOT_A_PAGE, EMPTY)
def test_a_hostile_address_finds_nothing(page, address):
    with pytest.raises(Http404):
        find_page(address)


@cases(LEADS_OUT, HARMFUL_SIGNS, EMPTY)
def test_a_hostile_address_is_no_page_that_is_gone_either(page, address):
    with pytest.raises(Http404):
        find_gone_page(address)


def test_the_same_address_without_the_trick_is_found(page):
    assert find_page("/verksamheten/") == ("/verksamheten/", "Verksamheten", page)


def test_an_over_long_address_finds_nothing(page):
    room = MAX_LENGTH - len("/verksamheten/?")
    assert find_page("/verksamheten/?" + "a" * room).content == page
    with pytest.raises(Http404):
        find_page("/verksamheten/?" + "a" * (room + 1))


@pytest.mark.parametrize(
    "rest",
    ["?q=1", "#mal", "?a=//evil.example#b", "?", "#", "?sida=/admin/", "?a=http://x.example/"],
)
def test_query_and_fragment_are_dropped(page, rest):
    found = find_page("/verksamheten/" + rest)
    assert (found.path, found.content) == ("/verksamheten/", page)


def test_there_is_a_factory_for_every_kind_of_page():
    assert {factory().__class__ for factory in CONTENT_FACTORIES} == set(content_models())


@pytest.mark.parametrize("factory", CONTENT_FACTORIES)
def test_every_kind_of_page_is_found_at_its_own_address(factory):
    content = factory()
    found = find_page(content.get_absolute_url())
    assert found == (content.get_absolute_url(), content.title, content)


@pytest.mark.parametrize(
    "values",
    [
        {"status": "utkast"},
        {"status": "arkiverad"},
        {"publish_from": timezone.now() + timedelta(days=1)},
        {"publish_until": timezone.now() - timedelta(days=1)},
    ],
    ids=["draft", "archived", "future", "expired"],
)
@pytest.mark.parametrize("factory", CONTENT_FACTORIES)
def test_a_page_that_is_not_public_is_not_found(factory, values):
    content = factory(**values)
    with pytest.raises(Http404):
        find_page(content.get_absolute_url())
    gone = find_gone_page(content.get_absolute_url())
    assert gone == (content.get_absolute_url(), content.get_absolute_url(), None)


def test_start_page_page_below_another_and_search_page_are_found():
    start = make_page(slug="start", title="Startsidan")
    child = make_page(slug="personuppgifter", parent=make_page(slug="om-webbplatsen"))
    assert find_page("/") == ("/", "Startsidan", start)
    assert find_page("/om-webbplatsen/personuppgifter/").content == child
    assert find_page("/sok/?q=polis") == ("/sok/", "Sök", None)


def test_a_page_and_a_platform_of_the_same_name_are_told_apart():
    make_page(slug="radet")
    platform = make_platform(slug="radet")
    assert find_page("/samverkan/radet/").content == platform
