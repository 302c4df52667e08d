"""Every link on every page leads somewhere, and the same ways stand on all of them."""

from urllib.parse import parse_qs, unquote, urldefrag, urlsplit

import pytest

from tests.crawl import is_internal, words
from tests.every_url.walk import broken, unless

pytestmark = pytest.mark.django_db


SKIP_LINKS = [
    "Gå till innehåll",
    "Hoppa till navigeringen",
    "Gå till nyhetsarkiv",
    "Gå till söksida",
    "Gå till kontaktsida",
]


def test_the_walk_reaches_every_published_page(walk):
    reached = {page.path for page in walk.pages}
    assert not walk.published - reached
    assert len(walk.published) > 50
    assert {"/sok/", "/tyck-till/", "/nyheter/arkiv/"} <= reached


def test_every_link_leads_to_a_page(walk):
    statuses = {page.address: page.response.status_code for page in walk.found.values()}
    assert {address: status for address, status in statuses.items() if status != 200} == {}


def test_every_fragment_exists(walk):
    ids = {page.address: set(page.ids) for page in walk.pages}

    def problem(page):
        missing = []
        for href in page.links:
            target, fragment = urldefrag(href)
            if not fragment or not is_internal(href):
                continue
            there = ids.get(target) if target else set(page.ids)
            if there is None or unquote(fragment) not in there:
                missing.append(href)
        return missing

    assert broken(walk.everything, problem) == []


def test_five_skip_links_first(walk):
    def problem(page):
        stops = [e for e in page.elements if e.tag in {"a", "button", "input", "summary"}]
        first = [words(stop) for stop in stops[:5]]
        return unless(first == SKIP_LINKS, first)

    assert broken(walk.with_site, problem) == []


def test_where_the_skip_links_lead(walk):
    targets = ["#innehall", "#navigering", "/nyheter/arkiv/", "/sok/", "/kontakt/"]

    def problem(page):
        focusable = {e.get("id") for e in page.elements if e.get("tabindex") == "-1"}
        right = page.links[:5] == targets and {"innehall", "navigering"} <= focusable
        return unless(right, (page.links[:5], focusable))

    assert broken(walk.with_site, problem) == []


def test_way_to_tyck_till_names_the_page_itself(walk):
    def problem(page):
        links = [link for link in page.all("a") if link.get("data-dialog") is not None]
        asked = [
            (urlsplit(e.get("href")).path, parse_qs(urlsplit(e.get("href")).query)) for e in links
        ]
        right = asked == [("/tyck-till/", {"sida": [page.path]})]
        return unless(right and "Tyck till om den här sidan" in page.words("h2"), asked)

    assert broken(walk.content, problem) == []


def test_everything_a_page_needs_is_there(walk):
    """Pictures, scripts, styles, fonts and icons, and the symbol that each icon names."""
    pictures = [address for address in walk.needed if address.startswith("/bildfil/")]
    assert len([address for address in pictures if not address.endswith(".webp")]) == 3
    assert len([address for address in pictures if address.endswith("-480.webp")]) == 3
    assert any("/icons.svg#" in address for address in walk.needed)
    for address, (response, body) in walk.needed.items():
        fragment = urldefrag(address).fragment
        assert response.status_code == 200, address
        assert response["X-Content-Type-Options"] == "nosniff", address
        assert not fragment or f'id="{fragment}"' in body.decode(), address
