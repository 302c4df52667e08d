"""The editor's own buttons, by keyboard: what each dialog asks, what it puts in the text, and what is stored.

``open_window`` fails the test when the browser complains, about the Content-Security-Policy too.
"""

import re

import pytest

from tests.browser.conftest import log_in
from tests.browser.looking import violations_everywhere
from tests.browser.test_paste import save
from tests.pictures.files import encoded

pytestmark = pytest.mark.browser

CONTACT_IS_NAMED = "() => document.querySelector('.tk-link-line').textContent.includes('Kontakt')"


@pytest.fixture
def form(staff_window):
    """The form of a page whose text is empty, the cursor in it."""
    staff_window.goto("/admin/pages/page/?q=personuppgifter")
    staff_window.click("#result_list tbody th a")
    staff_window.wait_for_selector(".tiptap")
    empty(staff_window)
    return staff_window


def empty(form):
    form.locator(".tiptap").first.click()
    form.keyboard.press("Control+A")
    form.keyboard.press("Delete")


def press(form, name):
    """Press a button of the first toolbar by its name: the dialog that opens."""
    form.locator(".prose-menubar").first.get_by_role("button", name=name, exact=True).click()
    dialog = form.locator("dialog[open]")
    dialog.wait_for()
    return dialog


def choose(form, dialog, label, words):
    dialog.get_by_label(label).fill(words)
    form.keyboard.press("Enter")
    form.wait_for_function("() => document.activeElement.type === 'radio'")


def test_a_link_to_a_page_is_chosen_by_keyboard_and_stored_as_a_reference(form):
    form.keyboard.type("Se kontakt")
    form.keyboard.press("Shift+Control+ArrowLeft")
    # The browser tells the editor about a selection a moment later; no hand is as fast as this one.
    form.evaluate("() => new Promise((go) => setTimeout(go, 100))")
    form.keyboard.press("Control+k")
    dialog = form.locator("dialog[open]")
    dialog.wait_for()
    assert form.evaluate("document.activeElement.type") == "search"
    choose(form, dialog, "Sök bland våra sidor", "kontakt")
    assert violations_everywhere(form) == []
    form.keyboard.press("Enter")
    dialog.wait_for(state="detached")
    assert "tiptap" in form.evaluate("document.activeElement.className")
    form.wait_for_function(CONTACT_IS_NAMED)
    stored = save(form)
    assert re.fullmatch(
        r'<p>Se <a href="sida:pages\.page:\d+" rel="noopener">kontakt</a></p>', stored
    )
    # Opened again, the link says in words where it goes.
    form.locator(".tiptap a").first.click()
    form.wait_for_function(CONTACT_IS_NAMED)
    assert "sida:" not in form.locator(".tk-link-line").first.inner_text()
    dialog = press(form, "infoga länk")
    assert "Kontakt" in dialog.inner_text()
    assert "sida:" not in dialog.inner_text()
    form.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    assert "tiptap" in form.evaluate("document.activeElement.className")


def test_a_link_without_selected_words_asks_for_them(form):
    dialog = press(form, "infoga länk")
    form.keyboard.press("Tab")
    dialog.get_by_role("button", name="Infoga länk").click()
    assert "Välj en sida eller skriv en adress." in dialog.inner_text()
    dialog.get_by_label("Eller skriv en adress").fill("javascript:alert(1)")
    dialog.get_by_role("button", name="Infoga länk").click()
    assert "börjar med https://" in dialog.inner_text()
    assert violations_everywhere(form) == []
    dialog.get_by_label("Eller skriv en adress").fill("www.bra.se")
    dialog.get_by_label("Länkens text").fill("Brottsförebyggande rådet")
    form.keyboard.press("Enter")
    dialog.wait_for(state="detached")
    stored = save(form)
    link = '<a href="https://www.bra.se" rel="noopener">Brottsförebyggande rådet</a>'
    assert stored == f"<p>{link}</p>"


def test_a_dialog_keeps_the_focus(form):
    dialog = press(form, "infoga tabell")
    for _ in range(15):
        form.keyboard.press("Tab")
        inside = (
            "!document.querySelector('dialog[open]') || document.activeElement === document.body"
        )
        assert form.evaluate(f"{inside} || document.activeElement.closest('dialog') !== null")
    form.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    assert "tiptap" in form.evaluate("document.activeElement.className")


def test_a_table_has_headers_and_a_caption(form):
    dialog = press(form, "infoga tabell")
    assert dialog.get_by_label("Första raden är rubriker").input_value() == "yes"
    assert violations_everywhere(form) == []
    dialog.get_by_label("Tabellens rubrik").fill("Öppettider")
    dialog.get_by_label("Rader").fill("2")
    dialog.get_by_label("Kolumner").fill("2")
    dialog.get_by_role("button", name="Infoga tabell").click()
    dialog.wait_for(state="detached")
    form.keyboard.type("Dag")
    assert violations_everywhere(form) == []
    table = (
        "<table><caption>Öppettider</caption>"
        '<thead><tr><th scope="col">Dag</th><th scope="col"></th></tr></thead>'
        "<tbody><tr><td></td><td></td></tr></tbody></table>"
    )
    assert save(form).removesuffix("<p></p>") == table
    # Opened and saved again it is the same.
    form.locator(".tiptap th").first.click()
    dialog = press(form, "Tabellens rubrik")
    dialog.get_by_label("Tabellens rubrik").fill("Tider")
    form.keyboard.press("Enter")
    dialog.wait_for(state="detached")
    assert save(form) == table.replace("Öppettider", "Tider")


def test_a_picture_of_the_library(form, tmp_path, open_window):
    file = tmp_path / "bryggan.png"
    file.write_bytes(encoded(size=(400, 300)))
    other = open_window()
    log_in(other)
    other.goto("/admin/pictures/picture/add/")
    other.set_input_files("#id_file", file)
    values = {"title": "Provbryggan", "alt": "En brygga vid vatten.", "credit": "Anna Foto"}
    for name, value in (values | {"licence": "Egen"}).items():
        other.fill(f"#id_{name}", value)
    other.click("[name=_save]")
    other.wait_for_selector(".messagelist .success")
    form.keyboard.type("Före")
    dialog = press(form, "Bild")
    choose(form, dialog, "Sök i bildbiblioteket", "provbryggan")
    assert violations_everywhere(form) == []
    form.keyboard.press("Enter")
    dialog.wait_for(state="detached")
    form.wait_for_selector(".tk-picture img")
    assert form.get_attribute(".tk-picture img", "alt") == "En brygga vid vatten."
    assert violations_everywhere(form) == []
    assert re.fullmatch(r'<p>Före</p><img src="bild:\d+">', save(form))
    form.goto(form.url.partition("change/")[0] + "forhandsgranska/")
    assert form.get_attribute(".figure--text img", "alt") == "En brygga vid vatten."
    assert violations_everywhere(form) == []


def test_a_foreign_word_and_a_soft_hyphen(form):
    form.keyboard.type("Väl")
    form.locator(".prose-menubar").first.get_by_role("button", name="Mjukt bindestreck").click()
    form.keyboard.type("kommen welcome")
    form.keyboard.press("Shift+Control+ArrowLeft")
    dialog = press(form, "Språk")
    dialog.get_by_label("Orden är på").select_option(label="arabiska")
    assert violations_everywhere(form) == []
    dialog.get_by_role("button", name="Märk orden").click()
    dialog.wait_for(state="detached")
    assert form.locator(".tiptap .prose-editor-shy").count() == 1
    assert violations_everywhere(form) == []
    assert save(form) == '<p>Väl\u00adkommen <span lang="ar" dir="rtl">welcome</span></p>'
