"""From a new colleague's first login to what the resident reads: writing, checking, scheduling, reviewing.

With TINK_SHOTS=folder every step leaves a picture there (`make journey`).
"""

import os
from base64 import b32decode
from datetime import date, timedelta
from pathlib import Path
from time import time

import pytest
from django_otp.oath import TOTP

from scripts.portal import create_account, manage, running_portal
from tests.browser.conftest import STAFF
from tests.browser.test_paste import PASTE
from tests.pictures.files import encoded

pytestmark = pytest.mark.browser

PASSWORD = "sju granar vid havet"
MAKE_COLLEAGUES = f"""
from django.contrib.auth.models import Group, User
from organisation.models import Person
for name, group in (("alva", "Redaktör"), ("bo", "Granskare")):
    user = User.objects.create_user(name, password="{PASSWORD}", is_staff=True, first_name=name.title())
    user.groups.set(Group.objects.filter(name=group))
Person.objects.get_or_create(function="Kommunikatör")
"""
WORD = (
    '<p class="MsoNormal">Vi träffas vid torget.</p>'
    '<p class="MsoListParagraphCxSpFirst" style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·'
    "<span>&nbsp;&nbsp;&nbsp;</span></span>Ta med en ficklampa<o:p></o:p></p>"
    '<p class="MsoListParagraphCxSpLast" style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·'
    "<span>&nbsp;&nbsp;&nbsp;</span></span>Ta med en granne<o:p></o:p></p>"
)


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    return {
        "TINK_DATA_DIR": str(tmp_path_factory.mktemp("portal")),
        "DJANGO_SETTINGS_MODULE": "tink_portal.settings",
        "TINK_TWO_FACTOR": "on",
    }


@pytest.fixture(scope="module")
def portal_address(chromium, own):
    create_account(STAFF.username, STAFF.password, **own)
    with running_portal(**own) as address:
        manage("shell", "--verbosity=0", "-c", MAKE_COLLEAGUES, **own)
        yield address


class Steps:
    """Numbered pictures of what is seen, when somebody asked for them."""

    def __init__(self):
        self.folder, self.number = os.environ.get("TINK_SHOTS"), 0

    def __call__(self, window, name):
        self.number += 1
        if self.folder:
            Path(self.folder).mkdir(exist_ok=True)
            window.screenshot(
                path=Path(self.folder) / f"resa-{self.number:02d}-{name}.png", full_page=True
            )


def enrol(window, name, step):
    """Password, app, codes: the first login of a new colleague."""
    window.goto("/admin/")
    window.fill("#id_username", name)
    window.fill("#id_password", PASSWORD)
    window.press("#id_password", "Enter")
    window.wait_for_selector("h1:has-text('Ställ in tvåstegsinloggning')")
    step(window, f"{name}-installera")
    totp = TOTP(b32decode(window.inner_text(".tk-key code").replace(" ", "")))
    totp.time = time()
    window.fill("#id_code", f"{totp.token():06d}")
    window.press("#id_code", "Enter")
    window.wait_for_selector("h1:has-text('Spara dina återställningskoder')")
    step(window, f"{name}-koder")
    window.check("[name=saved]")
    window.click("button:has-text('Klar')")
    window.wait_for_selector("h1:has-text('Mina uppgifter')")
    step(window, f"{name}-start")


def add_picture(window, folder):
    file = folder / "torget.png"
    file.write_bytes(encoded(size=(900, 600)))
    window.goto("/admin/pictures/picture/add/")
    window.set_input_files("#id_file", file)
    values = {
        "title": "Torget",
        "alt": "Ett torg i kvällsljus.",
        "credit": "Alva",
        "licence": "Egen",
    }
    for name, value in values.items():
        window.fill(f"#id_{name}", value)
    window.click("[name=_save]")
    window.wait_for_selector(".messagelist .success")


def choose(window, field, words):
    """Choose in one of the admin's search boxes."""
    window.locator(f".field-{field} .select2-selection").click()
    window.fill(".select2-search__field", words)
    window.wait_for_selector(f".select2-results__option--highlighted:has-text('{words}')")
    window.keyboard.press("Enter")


def write_news(window):
    window.goto("/admin/news/newsitem/add/")
    window.fill("#id_title", "Trygghetsvandring på torget")
    window.fill("#id_introduction", "Följ med och visa var det känns otryggt.")
    choose(window, "lead_picture", "Torget")
    choose(window, "responsible", "Trygg i Norrtälje kommun")
    choose(window, "deputy", "Kommunikatör")
    window.locator(".tiptap").first.click()
    window.evaluate(PASTE, [WORD, "Vi träffas vid torget."])
    window.locator(".tiptap ul li").nth(1).wait_for()
    window.keyboard.press("Control+End")


def test_the_whole_journey(open_window, tmp_path, own):
    step = Steps()
    alva = open_window()
    enrol(alva, "alva", step)
    add_picture(alva, tmp_path)
    write_news(alva)
    alva.click("[name=_save]")
    alva.wait_for_selector(".messagelist .success")
    form = alva.url
    step(alva, "utkast")
    alva.goto(form.replace("change/", "forhandsgranska/"))
    assert alva.inner_text("h1") == "Trygghetsvandring på torget"
    assert alva.locator("main li:has-text('Ta med en ficklampa')").count() == 1
    step(alva, "forhandsgranskning")

    # Stopped by a check, which says where and what to do; mended, and scheduled.
    alva.goto(form)
    alva.fill("#id_introduction", "Läs om vandringen.")
    alva.wait_for_selector(".tiptap")
    alva.evaluate("() => document.querySelector('.tiptap').focus()")
    alva.keyboard.press("Control+a")
    alva.evaluate(PASTE, ["<p>Vi ses.</p><h3>Tid och plats</h3><p>Klockan 18.</p>", ""])
    alva.click("[name=_publish]")
    alva.wait_for_selector(".errorlist:has-text('rubrik 2')")
    step(alva, "stoppad")
    alva.locator(".tiptap").first.click()
    alva.keyboard.press("Control+a")
    alva.evaluate(PASTE, ["<p>Vi ses.</p><h2>Tid och plats</h2><p>Klockan 18.</p>", ""])
    alva.fill("[name=publish_at_0]", str(date.today() + timedelta(days=3)))
    alva.fill("[name=publish_at_1]", "08:00")
    alva.fill("#id_note", "Första texten")
    alva.click("[name=_schedule]")
    alva.wait_for_selector(".messagelist .success:has-text('publiceras på den tid')")
    alva.goto("/admin/planerat/")
    assert "Trygghetsvandring på torget" in alva.inner_text("main, #content")
    step(alva, "planerat")

    # A colleague compares, takes the older text back and publishes it.
    bo = open_window()
    enrol(bo, "bo", step)
    bo.goto(form.replace("change/", "versioner/"))
    step(bo, "versioner")
    bo.goto(form.replace("change/", "jamfor/") + "?fran=1&till=2")
    assert bo.locator("ins, del").count() > 0
    step(bo, "jamforelse")
    bo.goto(form.replace("change/", "versioner/"))
    bo.click("button:has-text('version 1')")
    bo.wait_for_selector(".messagelist .success:has-text('utkast')")
    bo.click("[name=_publish]")
    bo.wait_for_selector(".messagelist .success:has-text('Sidan är publicerad')")
    step(bo, "publicerad")

    resident = open_window(width=390)
    resident.goto("/nyheter/")
    resident.click("main a:has-text('Trygghetsvandring på torget')")
    assert resident.inner_text("h1") == "Trygghetsvandring på torget"
    assert resident.locator("main ul li:has-text('Ta med en granne')").count() == 1
    assert resident.locator("main img[alt='Ett torg i kvällsljus.']").count() == 1
    step(resident, "invanaren")
    resident.goto("/sok/?q=trygghetsvandringen")
    assert "Trygghetsvandring på torget" in resident.inner_text("main")
    assert resident.context.cookies() == []
