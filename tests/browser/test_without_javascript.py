"""With JavaScript off a resident still reads the page and sends a synpunkt about it."""

import pytest

pytestmark = pytest.mark.browser


def test_from_the_start_page_to_the_receipt(open_window):
    window = open_window(java_script_enabled=False)
    window.goto("/")
    window.get_by_role("link", name="Om oss").first.click()
    assert window.url.endswith("/verksamheten/")
    window.get_by_role("link", name="Skriv en synpunkt").click()
    assert window.url.endswith("/tyck-till/?sida=/verksamheten/")
    assert window.inner_text("h1") == "Tyck till om den här sidan"

    window.fill("#id_email", "nils@exempel")
    window.click("text=Skicka synpunkten")
    window.wait_for_selector(".summary")
    assert window.title().startswith("Fel: ")
    summary = window.locator(".summary")
    assert summary.locator("a").all_inner_texts() == [
        "Skriv din synpunkt",
        "Skriv e-postadressen med @ och punkt, till exempel namn@exempel.se",
    ]
    assert window.input_value("#id_email") == "nils@exempel"
    summary.get_by_role("link", name="Skriv din synpunkt").click()
    assert window.url.endswith("#id_message")

    window.fill("#id_message", "Jag hittar inte öppettiderna.")
    window.fill("#id_email", "")
    window.click("text=Skicka synpunkten")
    assert window.inner_text("h1") == "Tack! Vi har fått din synpunkt"
    assert "/tyck-till/tack/" in window.url
    window.reload()
    assert window.inner_text("h1") == "Tack! Vi har fått din synpunkt"
    window.get_by_role("link", name="Tillbaka till sidan du var på").click()
    assert window.url.endswith("/verksamheten/")


def test_the_menu_opens_on_a_phone(open_window):
    window = open_window(width=320, java_script_enabled=False)
    window.goto("/")
    assert not window.get_by_role("link", name="Samverkan", exact=True).is_visible()
    window.click(".menu-button")
    assert window.get_by_role("link", name="Samverkan", exact=True).first.is_visible()


def test_search(open_window):
    window = open_window(java_script_enabled=False)
    window.goto("/")
    window.fill("#q", "FÖRÄLDRA")
    window.press("#q", "Enter")
    assert "/sok/?q=F%C3%96R%C3%84LDRA" in window.url
    hits = window.locator(".hits a").all_inner_texts()
    assert hits[:2] == ["Föräldraföreläsningar", "Föräldraskapsstöd"]
