"""Signing in as a person meets it: the app, the codes, the lock, the warning. CSP and axe watch."""

import time
from base64 import b32decode

import pytest
from django_otp.oath import TOTP

from scripts.portal import create_account, manage, running_portal
from tests.browser.conftest import STAFF
from tests.browser.looking import violations_everywhere

pytestmark = pytest.mark.browser

WIDTHS = (320, 390, 1280)


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """The environment of a portal of its own, which asks for the second step."""
    return {
        "TINK_DATA_DIR": str(tmp_path_factory.mktemp("portal")),
        "DJANGO_SETTINGS_MODULE": "tink_portal.settings",
        "TINK_TWO_FACTOR": "on",
    }


@pytest.fixture(scope="module")
def portal_address(chromium, own):
    create_account(STAFF.username, STAFF.password, **own)
    with running_portal(**own) as address:
        yield address


def look(window, name):
    """Nothing wrong with what is shown, anywhere. ``name`` is for whoever takes pictures."""
    assert violations_everywhere(window, widths=WIDTHS) == [], name


class App:
    """The app in the telephone. A code is used once, so each time it shows the next."""

    def __init__(self, key):
        self.key, self.ahead = key, -1

    def code(self):
        self.ahead += 1
        totp = TOTP(self.key)
        totp.time = time.time() + 30 * self.ahead
        return f"{totp.token():06d}"


def give_password(window):
    window.goto("/admin/")
    window.fill("#id_username", STAFF.username)
    window.fill("#id_password", STAFF.password)
    window.press("#id_password", "Enter")


def send(window, code):
    window.fill("#id_code", code)
    window.press("#id_code", "Enter")


def heading(window, text):
    window.wait_for_selector(f"h1:has-text('{text}')")


def read_key(window):
    return b32decode(window.inner_text(".tk-key code").replace(" ", ""))


def test_the_whole_journey(open_window, own):
    window = open_window()
    window.context.grant_permissions(["clipboard-read", "clipboard-write"])
    give_password(window)
    heading(window, "Ställ in tvåstegsinloggning")
    look(window, "set-up")
    send(window, "000000")
    window.wait_for_selector(".errorlist")
    look(window, "set-up-wrong")
    app = App(read_key(window))
    send(window, app.code())

    heading(window, "Spara dina återställningskoder")
    look(window, "codes")
    codes = window.locator(".tk-codes code").all_inner_texts()
    assert len(set(codes)) == 10
    window.click("text=Kopiera")
    window.wait_for_selector("text=Koderna är kopierade.")
    assert window.evaluate("navigator.clipboard.readText()").split() == codes
    window.click("button:has-text('Klar')")  # without the tick the browser stays
    heading(window, "Spara dina återställningskoder")
    window.check("[name=saved]")
    window.click("button:has-text('Klar')")
    window.wait_for_selector("text=Tvåstegsinloggningen är inställd.")

    window.click("text=Säkerhet")
    heading(window, "Säkerhet")
    look(window, "security")
    window.click("text=Gör nya återställningskoder")
    look(window, "ask-code")

    other = open_window(width=390)
    give_password(other)
    heading(other, "Skriv koden från din app")
    look(other, "second-step")
    send(other, app.code())
    other.wait_for_selector("#logout-form")

    third = open_window(java_script_enabled=False)
    give_password(third)
    third.click("text=Använd en återställningskod")
    send(third, codes[0])
    third.wait_for_selector("#logout-form")

    fourth = open_window()
    give_password(fourth)
    fourth.click("text=Använd en återställningskod")
    heading(fourth, "Skriv en återställningskod")
    send(fourth, codes[0])
    fourth.wait_for_selector(".errorlist")
    look(fourth, "recovery-used")
    fourth.click("text=Avbryt och logga ut")
    fourth.wait_for_selector("#logout-form", state="detached")

    lock_and_unlock(open_window, other)
    log_and_accounts(other)
    warning(other)
    too_late(other, app, own)


def lock_and_unlock(open_window, colleague):
    """Five wrong passwords, the page that says so, and a colleague who opens again."""
    window = open_window()
    window.expected = {429}
    for _number in range(5):
        window.goto("/admin/login/")
        window.fill("#id_username", STAFF.username)
        window.fill("#id_password", "fel")
        window.press("#id_password", "Enter")
        window.wait_for_selector(".errornote, h1:has-text('För många försök')")
    heading(window, "För många försök")
    look(window, "locked-out")
    colleague.goto("/admin/sparrar/")
    look(colleague, "locks")
    colleague.goto("/admin/auth/user/1/change/")
    look(colleague, "account")
    colleague.click("button:has-text('Lås upp')")
    colleague.wait_for_selector(".messagelist .success")
    give_password(window)
    heading(window, "Skriv koden från din app")


def log_and_accounts(window):
    window.goto("/admin/audit/event/")
    look(window, "log")
    with window.expect_download() as download:
        window.click("text=Hämta listan som fil")
    assert download.value.suggested_filename.startswith("logg-")
    window.goto("/admin/auth/user/")
    look(window, "accounts")
    window.goto("/admin/password_change/")
    look(window, "password")


def warning(window):
    """Two minutes before the login ends; the clock of the browser alone is moved."""
    window.clock.install()
    window.goto("/admin/sakerhet/")
    box = window.locator("#tiden")
    window.clock.fast_forward("27:00")
    assert box.is_hidden()
    window.clock.fast_forward("01:30")
    box.wait_for(state="visible")
    look(window, "warning")
    assert window.evaluate("document.activeElement.innerText") == "Fortsätt arbeta"
    window.click("text=Fortsätt arbeta")
    box.wait_for(state="hidden")
    window.clock.fast_forward("29:00")
    box.wait_for(state="visible")
    window.clock.fast_forward("02:00")
    window.wait_for_selector("#tiden-ute:visible")
    look(window, "too-late-warning")
    window.clock.resume()


AGE = """
from django.contrib.sessions.models import Session
from django.contrib.sessions.backends.db import SessionStore
for row in Session.objects.all():
    store = SessionStore(row.pk)
    if "seen_at" in store:
        store["seen_at"] -= 3600
        store.save()
"""


def too_late(window, app, own):
    """An hour goes by in the middle of writing: the text waits behind the next login, and is saved."""
    window.goto("/admin/organisation/organisation/add/")
    window.fill("#id_name", "Åsas förening")
    window.select_option("#id_kind", index=1)
    manage("shell", "-v0", "-c", AGE, **own)
    window.click("[name=_save]")
    window.wait_for_selector("text=eftersom tiden gick ut")
    window.fill("#id_username", STAFF.username)
    window.fill("#id_password", STAFF.password)
    window.press("#id_password", "Enter")
    heading(window, "Skriv koden från din app")
    send(window, app.code())
    heading(window, "Det du skrev finns kvar")
    look(window, "unsaved")
    window.click("button:has-text('Skicka in igen')")
    window.wait_for_selector(".messagelist .success")
    assert "Åsas förening" in window.inner_text("#result_list")
