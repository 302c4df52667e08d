"""No page tells anyone about its reader, and none runs what is not ours."""

import re

import pytest
from django.conf import settings

from tests.crawl import is_internal, words
from tests.every_url.walk import FETCHING, addresses_in, broken, unless

pytestmark = pytest.mark.django_db

SENSITIVE = "/verksamhetsomraden/vald-i-nara-relation/"


def test_no_cookie_and_nothing_that_varies_by_cookie(walk):
    def problem(page):
        varies = "cookie" in page.response.get("Vary", "").lower()
        return page.response.cookies.output() or (varies and "Vary: Cookie")

    pages = [page for page in walk.everything if page is not walk.forbidden]
    assert broken([*pages, *walk.found.values()], problem) == []


def test_nothing_is_fetched_from_or_sent_to_another_host(walk):
    def problem(page):
        addresses = [
            (element.tag, address)
            for element in page.elements
            for name in FETCHING.get(element.tag, [])
            if element.get("rel") != "canonical"
            for address in addresses_in(element, name)
        ]
        return [
            (tag, address)
            for tag, address in addresses
            if not (is_internal(address) and not address.startswith(("//", "\\")))
        ]

    assert broken(walk.everything, problem) == []


def test_no_stylesheet_fetches_from_another_host():
    sheets = list((settings.BASE_DIR / "static").rglob("*.css"))
    found = [
        (sheet.name, address)
        for sheet in sheets
        for address in re.findall(r"url\(\s*[\"']?([^\"')]+)", sheet.read_text())
        + re.findall(r"@import\s+[\"']([^\"']+)", sheet.read_text())
        if not is_internal(address) and not address.startswith("data:")
    ]
    assert sheets
    assert found == []


def test_nothing_inline(walk):
    def problem(page):
        wrong = [(e.tag, name) for e in page.elements for name in e.keys() if name == "style"]  # noqa: SIM118
        wrong += [(e.tag, n) for e in page.elements for n in e.keys() if n.startswith("on")]  # noqa: SIM118
        wrong += [
            ("script", words(script)[:40]) for script in page.all("script") if not script.get("src")
        ]
        wrong += [("style", words(style)[:40]) for style in page.all("style")]
        return wrong + [
            ("a", link) for link in page.links if link.lower().startswith("javascript:")
        ]

    assert broken(walk.everything, problem) == []


def test_content_security_policy(walk):
    def problem(page):
        policy = page.response.get("Content-Security-Policy", "")
        if page.path.endswith(".pdf"):  # a file to save: nothing at all may run
            return unless(policy == "default-src 'none'; sandbox", policy)
        wanted = (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "frame-ancestors 'none'",
        )
        missing = [
            part
            for part in (*wanted, "base-uri 'none'", "form-action 'self'")
            if part not in policy
        ]
        return missing or [word for word in ("unsafe-", "http:", "https:", "*") if word in policy]

    assert broken([*walk.everything, *walk.found.values()], problem) == []


def test_a_sensitive_page_is_kept_nowhere(walk):
    """Nobody shall find out from the browser that someone has read about violence at home."""
    kept = {page.path: page.response.get("Cache-Control", "") for page in walk.content}
    assert kept[SENSITIVE] == "no-store"
    assert kept["/verksamheten/"] == ""


def test_security_headers(walk):
    same = {
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
        "X-Frame-Options": "DENY",
    }

    def problem(page):
        headers = page.response.headers
        sensitive = page.path == SENSITIVE
        expected = same | {"Referrer-Policy": "no-referrer" if sensitive else "same-origin"}
        wrong = {
            name: headers.get(name) for name in expected if headers.get(name) != expected[name]
        }
        if "geolocation=()" not in headers.get("Permissions-Policy", ""):
            wrong["Permissions-Policy"] = headers.get("Permissions-Policy")
        return wrong | {n: headers[n] for n in ("Server", "X-Powered-By") if n in headers}

    assert broken([*walk.everything, *walk.found.values()], problem) == []
