"""By keyboard alone: the five skip links come first, can be seen when they have the focus, and each works."""

import pytest

from tests.browser.looking import focused

pytestmark = pytest.mark.browser

SKIP_LINKS = [
    "Gå till innehåll",
    "Hoppa till navigeringen",
    "Gå till nyhetsarkiv",
    "Gå till söksida",
    "Gå till kontaktsida",
]


def tab(window, times=1):
    for _ in range(times):
        window.keyboard.press("Tab")


@pytest.mark.parametrize("address", ["/", "/verksamheten/", "/sok/", "/tyck-till/?sida=/"])
def test_the_first_five_stops(window, address):
    window.goto(address)
    stops = []
    for _ in SKIP_LINKS:
        tab(window)
        stops.append(focused(window))
        box = window.locator(":focus").bounding_box()
        assert box["width"] > 24, stops
        assert box["x"] >= 0, stops
        assert box["y"] >= 0, stops
    assert stops == SKIP_LINKS


@pytest.mark.parametrize(("number", "place"), [(1, "#innehall"), (2, "#navigering")])
def test_a_skip_link_within_the_page_moves_the_focus(window, number, place):
    window.goto("/verksamheten/")
    tab(window, number)
    window.keyboard.press("Enter")
    assert window.evaluate(f"document.activeElement === document.querySelector('{place}')")
    tab(window)
    assert window.evaluate(f"document.activeElement.closest('{place}') !== null")


@pytest.mark.parametrize(
    ("number", "path", "heading"),
    [(3, "/nyheter/arkiv/", "Nyhetsarkiv"), (4, "/sok/", "Sök"), (5, "/kontakt/", "Kontakta oss")],
)
def test_a_skip_link_to_another_page(window, number, path, heading):
    window.goto("/verksamheten/")
    tab(window, number)
    window.keyboard.press("Enter")
    window.wait_for_url(f"**{path}")
    assert window.inner_text("h1") == heading


def test_the_summary_of_errors_takes_the_focus_and_leads_to_the_field(window):
    window.goto("/tyck-till/?sida=/")
    window.focus("#id_message")
    tab(window, 1)
    window.keyboard.type("fel")
    window.keyboard.press("Enter")
    window.wait_for_selector(".summary")
    assert window.evaluate("document.activeElement.classList.contains('summary')")
    tab(window)
    window.keyboard.press("Enter")
    assert window.evaluate("document.activeElement.id") == "id_message"
    assert window.input_value("#id_email") == "fel"


def test_everything_on_the_page_can_be_reached_and_nothing_holds_the_focus(window):
    window.goto("/verksamheten/")
    reached = []
    for _ in range(150):
        tab(window)
        if window.evaluate("document.activeElement === document.body"):
            break
        reached.append(focused(window))
    else:
        raise AssertionError("the focus never left the page")
    visible = window.evaluate(
        "[...document.querySelectorAll('a[href], button, input, textarea')]"
        ".filter((element) => element.checkVisibility()).length"
    )
    assert len(reached) == visible
    assert reached[-1]
