"""The link to the form opens the same form in a dialog that keeps the focus and gives it back."""

import pytest

from tests.browser.looking import focused

pytestmark = pytest.mark.browser

LINK = "a[data-dialog]"
OPEN = "dialog[open]"
INSIDE = "document.activeElement.closest('dialog') !== null"


@pytest.fixture
def dialog(window):
    """The window with the dialog open on /verksamheten/."""
    window.goto("/verksamheten/")
    assert window.locator("dialog").count() == 0  # nothing is fetched until someone asks
    window.focus(LINK)
    window.keyboard.press("Enter")
    window.wait_for_selector(f"{OPEN} #id_message")
    return window


def is_open(window):
    return window.locator(OPEN).count() == 1


def test_it_opens_where_you_are_and_takes_the_focus(dialog):
    assert dialog.url.endswith("/verksamheten/")
    assert dialog.evaluate(INSIDE)
    assert focused(dialog) == "Tyck till om den här sidan"
    assert dialog.get_by_role("dialog", name="Tyck till om den här sidan").count() == 1


def test_tab_stays_inside(dialog):
    """Between the last and the first stop Chromium's own tool bar has its turn: then body has the focus."""
    stops = []
    for _ in range(20):
        dialog.keyboard.press("Tab")
        stops.append(
            dialog.evaluate(
                "document.activeElement === document.body ? 'body' : "
                "document.activeElement.closest('dialog') ? document.activeElement.id || 'inside' : 'outside'"
            )
        )
    assert "outside" not in stops
    assert stops.count("id_message") >= 2  # the round was made more than once


def test_escape_closes_and_gives_the_focus_back(dialog):
    dialog.keyboard.press("Escape")
    assert not is_open(dialog)
    assert focused(dialog) == "Skriv en synpunkt"


def test_the_times_sign_closes_and_gives_the_focus_back(dialog):
    dialog.get_by_role("button", name="Stäng", exact=True).click()
    assert not is_open(dialog)
    assert focused(dialog) == "Skriv en synpunkt"


def test_what_was_typed_is_there_when_it_opens_again(dialog):
    dialog.fill("#id_message", "Halvfärdig mening")
    dialog.keyboard.press("Escape")
    dialog.click(LINK)
    assert dialog.input_value("#id_message") == "Halvfärdig mening"


def test_a_click_outside_does_not_lose_a_text(dialog):
    dialog.fill("#id_message", "Halvfärdig mening")
    dialog.mouse.click(5, 5)
    assert is_open(dialog)
    dialog.fill("#id_message", "")
    dialog.mouse.click(5, 5)
    assert not is_open(dialog)


def test_sending_leads_to_the_receipt(dialog):
    dialog.fill("#id_message", "Bra sida!")
    dialog.click(f"{OPEN} >> text=Skicka synpunkten")
    dialog.wait_for_url("**/tyck-till/tack/*/")
    assert dialog.inner_text("h1") == "Tack! Vi har fått din synpunkt"
    assert "Verksamheten - Trygg i Norrtälje kommun" in dialog.inner_text("main")


def test_a_mistake_keeps_the_text(dialog):
    dialog.fill("#id_message", "Texten ska finnas kvar")
    dialog.fill("#id_email", "inte en adress")
    dialog.click(f"{OPEN} >> text=Skicka synpunkten")
    dialog.wait_for_selector(".summary")
    assert dialog.title().startswith("Fel: ")
    assert dialog.input_value("#id_message") == "Texten ska finnas kvar"
    assert dialog.input_value("#id_email") == "inte en adress"


def test_when_the_form_cannot_be_fetched_the_link_is_a_link(window):
    window.expected = {500}
    window.goto("/verksamheten/")
    window.route("**/tyck-till/**", lambda route: route.fulfill(status=500), times=1)
    window.click(LINK)
    window.wait_for_url(lambda address: "/tyck-till/" in address)
    assert window.inner_text("h1") == "Tyck till om den här sidan"
