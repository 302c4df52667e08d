"""The document of every page: what readers, screen readers and search engines meet."""

import itertools
import re
from collections import Counter
from urllib.parse import urlsplit

import pytest

from tests.crawl import HEADINGS, words
from tests.every_url.walk import broken

pytestmark = pytest.mark.django_db


NOTICE = "Use Google to translate the website. We take no responsibility for the accuracy of the translation."


def test_one_h1(walk):
    def problem(page):
        return len(page.all("h1")) != 1 and page.words("h1")

    assert broken(walk.everything, problem) == []


def test_swedish_is_declared(walk):
    def problem(page):
        languages = [element.get("lang") for element in page.elements if element.get("lang")]
        return (page.document.get("lang") != "sv" or set(languages) - {"sv", "en"}) and languages

    assert broken(walk.everything, problem) == []


def test_titles_are_unique_and_name_the_site(walk):
    titles = {}
    for page in [*walk.everything, walk.form_with_errors]:
        assert len(page.all("title")) == 1, page.address
        where = page.path if page.response.status_code == 200 else page.response.status_code
        titles.setdefault(page.words("title")[0], set()).add(
            (where, urlsplit(page.address).query[:2])
        )
    # The form is one page at one address: its title is the same whatever page it is about.
    shared = {
        title: places for title, places in titles.items() if len({where for where, _ in places}) > 1
    }
    assert shared == {}
    assert [title for title in titles if "Trygg i Norrtälje kommun" not in title] == []


def test_the_titles_of_the_search_say_what_was_found(walk):
    titles = [walk.found[f"/sok/?q={word}"].words("title")[0] for word in ("trygg", "finnsinte")]
    assert re.match(r"\d+ träffar på ”trygg” – ", titles[0])
    assert titles[1].startswith("0 träffar på ”finnsinte” – ")


def test_description(walk):
    def problem(page):
        described = page.meta("description")
        return (len(described) != 1 or len(described[0].strip()) < 20) and (described or "none")

    assert broken(walk.with_site, problem) == []


def test_canonical_address_is_absolute(walk):
    def problem(page):
        expected = ["https://trygg.example" + page.path]
        return page.canonical() != expected and page.canonical()

    assert broken(walk.with_site, problem) == []


def test_headings_skip_no_level(walk):
    def problem(page):
        levels = [HEADINGS.index(e.tag) + 1 for e in page.elements if e.tag in HEADINGS]
        if levels[:1] != [1]:
            return levels
        return any(b > a + 1 for a, b in itertools.pairwise(levels)) and levels

    assert broken(walk.everything, problem) == []


def test_no_heading_is_empty(walk):
    def problem(page):
        return [e.tag for e in page.elements if e.tag in HEADINGS and not words(e)]

    assert broken(walk.everything, problem) == []


def test_ids_are_unique(walk):
    def problem(page):
        return [name for name, times in Counter(page.ids).items() if times > 1 or not name]

    assert broken(walk.everything, problem) == []


def test_what_refers_to_an_id_finds_it(walk):
    """Labels and descriptions for those who hear the page."""

    def problem(page):
        ids = set(page.ids)
        wanted = [
            (name, target)
            for element in page.elements
            for name in (
                "for",
                "aria-labelledby",
                "aria-describedby",
                "aria-controls",
                "popovertarget",
            )
            for target in (element.get(name) or "").split()
        ]
        return [(name, target) for name, target in wanted if target not in ids]

    assert broken(walk.everything, problem) == []


def test_html_parses_without_errors(walk):
    assert broken(walk.everything, lambda page: page.parse_errors) == []


def test_end_of_every_published_page(walk):
    """The way home, the date, and who is responsible."""
    pages = [page for page in walk.pages if page.path in walk.published]

    def problem(page):
        text = words(page.document)
        date = re.search(r"Senast ändrad: \d{4}-\d\d-\d\d", text)
        home = [words(e) for e in page.all("a") if e.get("href") == "/"]
        return (not date and "no date") or (
            (words_of_responsible not in text and "nobody responsible")
            or ("Till Trygg i Norrtälje kommun" not in home and "no way home")
        )

    words_of_responsible = "Ansvarig för sidan: "
    assert broken(pages, problem) == []


def test_breadcrumb_starts_at_the_start_page(walk):
    pages = [page for page in walk.pages if page.path != "/"]

    def problem(page):
        trails = [e for e in page.all("nav") if e.get("aria-label") == "Du är här"]
        if len(trails) != 1:
            return "no breadcrumb"
        links = [link.get("href") for link in trails[0].iter("a")]
        here = [words(e) for e in trails[0].iter("span") if e.get("aria-current") == "page"]
        return (links[:1] != ["/"] or len(here) != 1) and (links, here)

    assert broken(pages, problem) == []


def test_translation_notice_on_every_page(walk):
    def problem(page):
        notices = [e for e in page.elements if e.tag == "p" and e.get("lang") == "en"]
        links = [link.get("href") for e in notices for link in e.iter("a")]
        found = [words(e) for e in notices], links
        return found != ([NOTICE], ["/om-webbplatsen/oversattning/"]) and found

    assert broken(walk.with_site, problem) == []
