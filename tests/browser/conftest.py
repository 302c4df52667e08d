"""A real browser against the real portal, as `make run` starts it: granian, DEBUG off, real content.

The portal runs once for all tests, in a folder of its own. Without Chromium the tests are reported as not
run, with the one command that installs it; where CI=true that is a failure.
"""

import os
import shutil
from types import SimpleNamespace

import pytest
from playwright.sync_api import sync_playwright

from scripts.portal import create_account, running_portal
from tests.browser.looking import CHROMIUM_ARGUMENTS, find_public_addresses

HOW_TO_INSTALL = "Chromium was not found. Install it: apt-get install chromium"
STAFF = SimpleNamespace(username="redaktor", password="havet-ar-blatt-idag")


@pytest.fixture(scope="session")
def chromium():
    """The path of Chromium."""
    for name in ("chromium", "chromium-browser"):
        if path := shutil.which(name):
            return path
    if os.environ.get("CI") == "true":
        pytest.fail(HOW_TO_INSTALL, pytrace=False)
    pytest.skip(HOW_TO_INSTALL)


@pytest.fixture(scope="session")
def browser(chromium):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def portal_address(chromium, tmp_path_factory):
    """The portal's own address, such as http://127.0.0.1:43215. STAFF may log in there."""
    folder = str(tmp_path_factory.mktemp("portal"))
    own = {
        "TINK_DATA_DIR": folder,
        "TINK_FEEDBACK_LIMITS": "off",
        "DJANGO_SETTINGS_MODULE": "tink_portal.settings",
    }
    create_account(STAFF.username, STAFF.password, **own)
    with running_portal(**own) as address:
        yield address


@pytest.fixture
def open_window(browser, portal_address):
    """``open_window(width=320, java_script_enabled=False)``: a window of its own, with nothing remembered.

    Whatever the browser complains about (a script that fails, something that the Content-Security-Policy
    stopped, a missing file) fails the test. ``window.expected`` holds statuses that the test means to get.
    """
    contexts, complaints = [], []

    def make(width=1280, height=800, **options):
        context = browser.new_context(
            base_url=portal_address,
            viewport={"width": width, "height": height},
            locale="sv-SE",
            timezone_id="Europe/Stockholm",
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        window = context.new_page()
        window.set_default_timeout(10_000)
        window.expected = set()

        def note(message):
            meant = any(f"status of {status} " in message.text for status in window.expected)
            if message.type in {"error", "warning"} and not meant:
                complaints.append(f"{window.url}: {message.text}")

        window.on("console", note)
        window.on("pageerror", lambda error: complaints.append(f"{window.url}: {error}"))
        return window

    yield make
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def window(open_window):
    return open_window()


@pytest.fixture
def staff_window(open_window):
    """A window in which STAFF has logged in."""
    window = open_window()
    log_in(window)
    return window


def log_in(window, username=STAFF.username, password=STAFF.password):
    window.goto("/admin/")
    window.fill("#id_username", username)
    window.fill("#id_password", password)
    window.press("#id_password", "Enter")
    window.wait_for_selector("#logout-form")


@pytest.fixture(scope="session")
def public_addresses(browser, portal_address):
    """Every address that links lead to from the start page, the form left out (it has tests of its own)."""
    context = browser.new_context(base_url=portal_address)
    found = find_public_addresses(context.new_page())
    context.close()
    return found
