"""Every screen of the admin, of every model: nothing for axe to find, nothing that the policy stops, and no
sideways scrolling on a phone. A portal of its own, with one row of everything, and one log in."""

import re
import subprocess

import pytest
from django.contrib import admin

from scripts.portal import ROOT, create_account, own_environment, running_portal
from tests.browser.conftest import STAFF, log_in
from tests.browser.looking import violations_on_desk_and_phone

pytestmark = pytest.mark.browser

MODELS = sorted(model._meta.label_lower.replace(".", "/") for model in admin.site._registry)
#: Models whose rows nobody adds in the admin.
NOT_ADDED = {"feedback/feedback", "auth/group", "audit/event", "links/link", "search/askedfor"}
#: Pictures that tests.many names but does not draw.
EXPECTED = {404}
FIRST_ROW = "#result_list tbody th a"


@pytest.fixture(scope="module")
def full_portal(chromium, tmp_path_factory):
    """A portal with one row of everything besides its content."""
    own = {
        "TINK_DATA_DIR": str(tmp_path_factory.mktemp("full")),
        "DJANGO_SETTINGS_MODULE": "tink_portal.settings",
    }
    create_account(STAFF.username, STAFF.password, **own)
    with running_portal(**own) as address:
        code = "from tests.many import make_many; make_many([1])"
        subprocess.run(
            [ROOT / "scripts" / "run", "manage", "shell", "--verbosity=0", "-c", code],
            env=own_environment(**own),
            check=True,
            capture_output=True,
        )
        yield address


@pytest.fixture(scope="module")
def desk(browser, full_portal):
    """A window in which STAFF has logged in, for all tests of this file, and what it complained about."""
    context = browser.new_context(
        base_url=full_portal,
        locale="sv-SE",
        timezone_id="Europe/Stockholm",
        reduced_motion="reduce",
    )
    window = context.new_page()
    window.set_default_timeout(10_000)
    window.complaints = []

    def note(message):
        meant = any(f"status of {status} " in message.text for status in EXPECTED)
        if message.type in {"error", "warning"} and not meant:
            window.complaints.append(f"{window.url}: {message.text}")

    window.on("console", note)
    window.on("pageerror", lambda error: window.complaints.append(f"{window.url}: {error}"))
    log_in(window)
    yield window
    context.close()


@pytest.fixture
def window(desk):
    """The same, with its complaints asked for when the test ends."""
    desk.complaints.clear()
    desk.set_viewport_size({"width": 1280, "height": 800})
    yield desk
    assert desk.complaints == []


def screens_of(window, model):
    """The addresses of the model's screens, its first row in them; each is asked for when it is shown."""
    window.goto(f"/admin/{model}/")
    row = re.sub(r"(change/)?(\?.*)?$", "", window.get_attribute(FIRST_ROW, "href"))
    yield f"/admin/{model}/"
    yield f"/admin/{model}/?q=finnsinte"
    if model not in NOT_ADDED:
        yield f"/admin/{model}/add/"
    yield f"{row}history/"
    yield f"{row}change/"
    if window.locator(".deletelink").count():
        yield f"{row}delete/"


@pytest.mark.parametrize("model", MODELS)
def test_every_screen_of_a_model(window, model):
    found = []
    for address in screens_of(window, model):
        window.goto(address)
        found += violations_on_desk_and_phone(window)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "address",
    [
        *("/admin/", "/admin/organisation/", "/admin/password_change/", "/admin/handbok/"),
        *("/admin/handbok/komma-igang/", "/admin/handbok/viktigt-meddelande/"),
    ],
)
def test_screens_without_a_model(window, address):
    window.goto(address)
    assert violations_on_desk_and_phone(window) == []


@pytest.mark.parametrize("model", ["pages/page", "organisation/helpline", "alerts/alert"])
def test_a_form_with_errors(window, model):
    window.goto(f"/admin/{model}/add/")
    window.locator("[name=_publish], [name=_save]").first.click()
    window.wait_for_selector(".errorlist")
    assert violations_on_desk_and_phone(window) == []


def test_log_in_on_a_phone(open_window, full_portal):
    window = open_window(width=320)
    window.goto(f"{full_portal}/admin/")
    window.fill("#id_username", "fel")
    window.fill("#id_password", "fel")
    window.press("#id_password", "Enter")
    window.wait_for_selector(".errornote")
    assert violations_on_desk_and_phone(window) == []


@pytest.mark.parametrize("model", [model for model in MODELS if model not in NOT_ADDED])
def test_clicking_through_a_form_breaks_no_rule_of_the_policy(window, model):
    """What opens by a click: rows, calendars, clocks, choices, folded parts. Console errors fail the test."""
    window.goto(f"/admin/{model}/add/")
    for summary in window.locator("#content details:not([open]) > summary").all():
        summary.click()
    for link in window.locator(".add-row a").all():
        link.click()
    for name in (".datetimeshortcuts a[id^=calendarlink]", ".datetimeshortcuts a[id^=clocklink]"):
        for link in window.locator(f"{name}:visible").all()[:1]:
            link.click()
            window.wait_for_selector(".calendarbox:visible, .clockbox:visible")
            window.keyboard.press("Escape")
    for choice in window.locator(".select2-selection:visible").all()[:1]:
        choice.click()
        window.wait_for_selector(".select2-results__option")
        window.keyboard.press("Escape")
    window.locator("[name=_publish], [name=_save]").first.click()
    window.wait_for_load_state()


def test_rows_are_moved_by_the_keyboard_and_the_order_is_kept(window):
    open_sections(window)
    before = headings(window)
    assert len(before) >= 3
    window.locator(".tk-move button:enabled", has_text="Flytta ned").first.focus()
    window.keyboard.press("Enter")
    moved = [before[1], before[0], *before[2:]]
    assert headings(window) == moved
    assert window.evaluate("document.activeElement.innerText").startswith("Flytta ned")
    assert "plats 2 av" in window.inner_text(".tk-moved")
    row = window.locator(".inline-related:not(.empty-form)").nth(1)
    row.locator(".tiptap").first.click()
    window.keyboard.press("Control+End")
    window.keyboard.type("Skrivet efter flytten.")
    window.click("button[name=_save]")
    window.wait_for_selector(".tk-draft")
    assert headings(window) == moved
    assert "Skrivet efter flytten." in row.inner_text()
    assert violations_on_desk_and_phone(window) == []


def open_sections(window):
    window.goto("/admin/pages/page/?q=personuppgifter")
    window.click(FIRST_ROW)
    window.wait_for_selector(".tk-move")


def headings(window):
    return window.evaluate(
        "[...document.querySelectorAll('.inline-related:not(.empty-form) [name$=-heading]')]"
        ".map((input) => input.value)"
    )
