"""The staff's side: nothing for axe to find, and a rich text editor that starts under the strict CSP."""

import pytest

from tests.browser.looking import violations_everywhere

pytestmark = pytest.mark.browser


def test_login(window):
    window.goto("/admin/")
    assert window.title().startswith("Logga in")
    assert violations_everywhere(window) == []


def test_start(staff_window):
    staff_window.goto("/admin/")
    assert violations_everywhere(staff_window) == []


def test_a_new_section_gets_an_editor_of_its_own(staff_window):
    open_page_form(staff_window)
    before = staff_window.locator(".tiptap").count()
    staff_window.click(".add-row a")
    staff_window.wait_for_function(f"document.querySelectorAll('.tiptap').length === {before + 2}")
    names = staff_window.evaluate(
        "[...document.querySelectorAll('.tiptap')].map((e) => e.ariaLabel)"
    )
    assert set(names) == {"Text", "Text efter listan"}


@pytest.mark.parametrize(
    "address",
    [
        *("uppgifter/kontrollera/", "uppgifter/skriva/", "mejl/", "planerat/?granskning=ja"),
        *("planerat/?vy=manad&granskning=ja", "planerat/?vy=manad&manad=2027-11&granskning=ja"),
    ],
)
def test_the_screens_beside_the_start(staff_window, address):
    staff_window.goto(f"/admin/{address}")
    assert violations_everywhere(staff_window) == []


def test_a_page_is_reviewed_with_one_click(staff_window, window):
    open_page_form(staff_window)
    staff_window.click("text=Granskad – fortfarande aktuell")
    staff_window.wait_for_selector(".messagelist .success")
    assert violations_everywhere(staff_window, schemes=["light"]) == []
    window.goto("/om-webbplatsen/personuppgifter/")
    assert "Senast granskad: " in window.inner_text("main")


def test_handover_shows_what_would_move_before_it_moves(staff_window):
    staff_window.goto("/admin/organisation/person/add/")
    staff_window.fill("#id_function", "Vikarie")
    staff_window.click("[name=_save]")
    staff_window.goto("/admin/overlamning/")
    staff_window.click("text=Visa vad som flyttas")
    staff_window.wait_for_selector(".errornote")
    assert violations_everywhere(staff_window) == []
    staff_window.select_option("#id_leaver", label="Trygg i Norrtälje kommun")
    staff_window.select_option("#id_responsible", label="Vikarie")
    staff_window.click("text=Visa vad som flyttas")
    staff_window.wait_for_selector("#flyttas")
    assert "Ansvarig för sidan: Vikarie" in staff_window.inner_text(".tk-moves")
    assert violations_everywhere(staff_window) == []
    # The portal is shared: a second function would make every other test choose a deputy.
    staff_window.goto("/admin/organisation/person/?q=Vikarie")
    staff_window.click("#result_list tbody th a")
    staff_window.click(".deletelink")
    staff_window.click("#content [type=submit]")
    staff_window.wait_for_selector(".messagelist .success")


@pytest.mark.parametrize(
    "model",
    [
        *("pages/page", "feedback/feedback", "organisation/helpline", "pictures/picture"),
        "links/link",
    ],
)
def test_list(staff_window, model):
    staff_window.goto(f"/admin/{model}/")
    assert violations_everywhere(staff_window) == []


def open_page_form(window):
    window.goto("/admin/pages/page/?q=personuppgifter")
    window.click("#result_list tbody th a")
    window.wait_for_selector(".tiptap")


def test_form_with_the_editor_loaded(staff_window):
    open_page_form(staff_window)
    assert violations_everywhere(staff_window) == []


def test_what_is_typed_in_the_editor_stands_on_the_page(staff_window, window):
    open_page_form(staff_window)
    editor = staff_window.locator(".tiptap").first
    editor.click()
    staff_window.keyboard.press("Control+End")
    staff_window.keyboard.type("Skrivet i redaktionen.")
    staff_window.check("#id_minor_change")
    staff_window.click("button[name=_publish]")
    staff_window.wait_for_selector(".messagelist .success")
    window.goto("/om-webbplatsen/personuppgifter/")
    assert "Skrivet i redaktionen." in window.inner_text("main")


MORE_SCREENS = ("visa/?bredd=mobil", "visa/", "dela/", "avpublicera/")


def test_the_draft_screens(staff_window):
    open_page_form(staff_window)
    staff_window.fill("#id_introduction", "En ny ingress.")
    staff_window.click("button[name=_save]")
    staff_window.wait_for_selector(".tk-draft")
    assert violations_everywhere(staff_window) == []
    page = staff_window.url.partition("change/")[0]
    for address in ("versioner/", "jamfor/?fran=0&till=1", "forhandsgranska/", *MORE_SCREENS):
        staff_window.goto(page + address)
        assert violations_everywhere(staff_window) == [], address
    staff_window.goto("/admin/pages/page/borttagna/")
    assert violations_everywhere(staff_window) == []


def test_a_remark_on_the_text_leads_to_its_field(staff_window):
    staff_window.goto("/admin/pages/page/add/")
    staff_window.fill("#id_title", "Samtliga kurser.")
    staff_window.locator(".field-body .tiptap").click()
    staff_window.keyboard.type("Du erhåller svar.")
    staff_window.click("button[name=_save]")
    staff_window.wait_for_selector(".tk-checks li")
    assert violations_everywhere(staff_window) == []
    for field, focused in (("id_title", "#id_title"), ("id_body", ".field-body .tiptap")):
        staff_window.locator(f".tk-checks a[href='#{field}']").last.click()
        assert staff_window.evaluate(
            f"document.activeElement === document.querySelector('{focused}')"
        )
    staff_window.click("button[name=_publish]")
    staff_window.wait_for_selector(".tk-check-reason .errorlist")
    assert violations_everywhere(staff_window) == []


@pytest.mark.parametrize(
    "model",
    [
        *(
            "activities/activity",
            "activities/goalarea",
            "platforms/platform",
            "platforms/localareagroup",
        ),
        *("news/newsitem", "goals/award", "organisation/helpline", "pictures/picture", "auth/user"),
    ],
)
def test_every_empty_form_opens_without_complaints(staff_window, model):
    """open_window fails the test when the browser complains, about the CSP too."""
    staff_window.goto(f"/admin/{model}/add/")
    staff_window.wait_for_selector("[name=_publish], [name=_save]")
