"""axe finds nothing on any page, light and dark, on a phone and on a desk; and no page scrolls sideways."""

import pytest

from tests.browser.looking import violations, violations_everywhere

pytestmark = pytest.mark.browser

FORM = "/tyck-till/?sida=/verksamheten/"


def test_every_public_page(window, public_addresses):
    assert len(public_addresses) > 30
    assert "/verksamheten/" in public_addresses
    found = []
    for address in public_addresses:
        window.goto(address)
        found += violations_everywhere(window)
    assert found == []


def test_axe_does_find_what_is_wrong(window):
    """Otherwise the silence above could mean that axe never ran."""
    window.goto("/verksamheten/")
    window.evaluate("document.querySelector('main img').removeAttribute('alt')")
    window.evaluate("document.querySelector('h1').style.color = '#ccc'")
    rules = {problem.partition(":")[0] for problem in violations(window)}
    assert rules == {"image-alt", "color-contrast"}


@pytest.mark.parametrize("address", [FORM, "/sok/?q=trygg", "/sok/?q=finnsinte"])
def test_form_and_search(window, address):
    window.goto(address)
    assert violations_everywhere(window) == []


def test_form_with_errors_and_receipt(window):
    window.goto(FORM)
    window.fill("#id_email", "inte en adress")
    window.click("text=Skicka synpunkten")
    window.wait_for_selector(".summary")
    assert violations_everywhere(window) == []
    window.fill("#id_message", "Sidan är bra.")
    window.fill("#id_email", "")
    window.click("text=Skicka synpunkten")
    window.wait_for_selector("h1:has-text('Tack!')")
    assert violations_everywhere(window) == []


def test_missing_page(window):
    window.expected = {404}
    window.goto("/finns-inte/")
    assert violations_everywhere(window) == []


def test_open_dialog(window):
    window.goto("/verksamheten/")
    window.click("a[data-dialog]")
    window.wait_for_selector("dialog[open] #id_message")
    assert violations_everywhere(window) == []


def test_open_menu_on_a_phone(open_window):
    window = open_window(width=320)
    window.goto("/")
    window.click(".menu-button")
    window.wait_for_selector("#meny:popover-open")
    assert violations_everywhere(window, widths=[320]) == []
