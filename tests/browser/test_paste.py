"""Paste into the real editor: what is stored for every sample of the corpus; the policy stops nothing.

``open_window`` fails the test when the browser complains about anything, the security policy included.
"""

import re

import pytest

from tests.publishing.pasting import SAMPLES, expected

pytestmark = pytest.mark.browser

PASTE = """([html, text]) => {
    const clipboardData = new DataTransfer();
    if (html) clipboardData.setData("text/html", html);
    clipboardData.setData("text/plain", text);
    const box = document.activeElement;
    box.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def violations():
    """What the policy stopped."""
    return []


@pytest.fixture
def form(staff_window, violations):
    staff_window.expose_function("tell", lambda sentence: violations.append(sentence))
    staff_window.add_init_script(
        "document.addEventListener('securitypolicyviolation', (e) => tell(e.violatedDirective))"
    )
    staff_window.goto("/admin/pages/page/?q=personuppgifter")
    staff_window.click("#result_list tbody th a")
    staff_window.wait_for_selector(".tiptap")
    return staff_window


def paste(form, html, text):
    form.locator(".tiptap").first.click()
    form.keyboard.press("Control+A")
    form.keyboard.press("Delete")
    form.evaluate(PASTE, [html, text])


def save(form):
    """Save the draft: what the database holds, as the form shows it before the editor has touched it."""
    form.click("button[name=_save]")
    form.wait_for_selector(".messagelist .success")
    return form.evaluate("document.querySelector('#id_body').defaultValue")


def test_what_is_stored(form, violations):
    """Every sample of the corpus, one after the other in the same window."""
    wrong = {}
    for sample in SAMPLES:
        content = sample.read_text(encoding="utf-8")
        html = content if sample.suffix == ".html" else ""
        paste(form, html, re.sub("<[^>]*>", "", content) if html else content)
        stored = re.sub(r"sida:pages\.page:\d+", "sida:pages.page:KONTAKT", save(form))
        if stored.replace("\n", "") != expected(sample):
            wrong[sample.stem] = stored
        assert form.title() != "tagen"
    assert wrong == {}
    assert violations == []
    assert len(SAMPLES) >= 16
