"""The pictures of the editors' handbook, taken of the running site with its real content.

Run it with `make handbook-pictures` when a screen has changed. Each picture that a chapter names stands in
SCREENS; tests/handbook holds the two to each other. Today's date is replaced by a fixed one in the pictures,
so that a new run gives the same picture until the screen itself changes.
"""

import io
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from PIL import Image
from playwright.sync_api import sync_playwright

from scripts.portal import ROOT, create_account, running_portal

FOLDER = ROOT / "docs" / "handbok" / "bilder"
USERNAME, PASSWORD = "redaktor", "havet-ar-blatt-idag"
WIDTH, HEIGHT, COLOURS, MOST_BYTES = 1000, 900, 64, 120_000
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]
MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september"),
    *("oktober", "november", "december"),
)
STEADY = """(found) => {
    const mend = (text) => found.reduce((so, [old, fresh]) => so.replace(new RegExp(old, "g"), fresh), text);
    document.activeElement.blur();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) walker.currentNode.data = mend(walker.currentNode.data);
}"""


@dataclass(frozen=True)
class Screen:
    """Where the picture is taken: an address, steps to get further, and the part that is shown."""

    address: str
    steps: tuple = ()
    part: str = "body"
    height: int = HEIGHT


def write_message(window):
    window.check("input[name=level][value=storning]")
    window.fill("#id_heading", "Telefonerna till kommunen fungerar inte")
    window.fill("#id_sentence", "Skriv till oss i stället. Nödnumret 112 fungerar som vanligt.")
    window.wait_for_selector("#forhandsvisning .banner")


def publish_message(window):
    write_message(window)
    window.click("button[name=_save]")
    window.wait_for_selector(".tk-now")


def open_first(window):
    window.click("#result_list tbody th a")
    window.wait_for_selector(".submit-row")


def leave_feedback(window):
    """What a resident might write, so that the list is not empty."""
    window.goto("/tyck-till/?sida=/verksamheten/")
    window.fill("#id_message", "Jag hittar inte när trygghetsvandringen är.")
    window.wait_for_timeout(2500)  # a form that is sent faster than that is taken for a program's
    window.click("text=Skicka synpunkten")
    window.wait_for_selector("h1:has-text('Tack!')")
    window.goto("/admin/feedback/feedback/")


def save_a_draft(window):
    """Two versions to look at."""
    open_first(window)
    window.fill("#id_introduction", "Så här tar vi hand om det du skriver till oss.")
    window.click("button[name=_save]")
    window.wait_for_selector(".messagelist .success")


def see_versions(window):
    save_a_draft(window)
    window.click("text=Versioner")
    window.wait_for_selector(".tk-versions")


PRIVACY = "/admin/pages/page/?q=personuppgifter"
SCREENS = {
    "sakerhet": Screen("/admin/sakerhet/", part="#content"),
    "sidformular": Screen(PRIVACY, (open_first,), "#content", 760),
    "knapparna": Screen(PRIVACY, (open_first,), ".submit-row"),
    "versioner": Screen(PRIVACY, (see_versions,), "#content"),
    "skrivrutan": Screen(PRIVACY, (open_first,), ".field-body", 400),
    "textkontrollen": Screen(
        "/admin/pages/page/?q=Verksamheten+-", (open_first,), ".tk-checks", 500
    ),
    "bildbiblioteket": Screen("/admin/pictures/picture/", height=620),
    "viktigaste-punkten": Screen("/admin/pictures/picture/", (open_first,), ".tk-focal", 700),
    "trasiga-lankar": Screen("/admin/links/link/", height=500),
    "synonymer": Screen("/admin/search/synonym/", height=500),
    "konton": Screen("/admin/auth/user/", height=500),
    "startsidan": Screen("/admin/"),
    "lista": Screen("/admin/pages/page/", height=620),
    "viktigt-meddelande": Screen("/admin/alerts/alert/add/", (write_message,), "#content", 1150),
    "avsluta-meddelandet": Screen("/admin/alerts/alert/add/", (publish_message,), ".tk-now"),
    "hjalpnummer": Screen("/admin/organisation/helpline/", (open_first,), "#content"),
    "deltagare": Screen(
        "/admin/platforms/platform/", (open_first,), ".js-inline-admin-formset", 620
    ),
    "avsnitt": Screen(PRIVACY, (open_first,), ".js-inline-admin-formset", 620),
    "synpunkter": Screen("/admin/feedback/feedback/", (leave_feedback,), height=620),
}


def take(window, screen):
    """The picture's bytes: the part of the page, at most ``screen.height`` high, in few colours."""
    window.goto(screen.address)
    for step in screen.steps:
        step(window)
    months = "|".join(MONTHS)
    now = datetime.now(ZoneInfo("Europe/Stockholm"))
    tomorrow = now + timedelta(days=1)
    window.evaluate(
        STEADY,
        [
            (rf"\b{tomorrow.day} {MONTHS[tomorrow.month - 1]} {tomorrow.year}", "6 mars 2026"),
            (rf"\b\d{{1,2}} ({months}) {now.year}(?<!6 mars 2026)", "5 mars 2026"),
            (rf"\b\d{{1,2}} ({months})(?! \d{{4}})", "5 mars"),
            (r"kl\. \d\d\.\d\d", "kl. 09.00"),
        ],
    )
    box = window.locator(screen.part).first.bounding_box()
    clip = box | {"height": min(box["height"], screen.height)}
    shot = window.screenshot(clip=clip, full_page=True, animations="disabled", caret="hide")
    few = Image.open(io.BytesIO(shot)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    result = io.BytesIO()
    few.save(result, "PNG", optimize=True)
    return result.getvalue()


def main():
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="tink-handbook-") as data:
        own = {"TINK_DATA_DIR": data}
        create_account(USERNAME, PASSWORD, **own)
        with running_portal(**own) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            window = browser.new_page(
                base_url=address,
                viewport={"width": WIDTH, "height": HEIGHT},
                color_scheme="light",
                locale="sv-SE",
                timezone_id="Europe/Stockholm",
                reduced_motion="reduce",
            )
            window.goto("/admin/")
            window.fill("#id_username", USERNAME)
            window.fill("#id_password", PASSWORD)
            window.press("#id_password", "Enter")
            window.wait_for_selector("#logout-form")
            for name, screen in SCREENS.items():
                picture = take(window, screen)
                if len(picture) > MOST_BYTES:
                    raise SystemExit(f"{name}.png is {len(picture)} bytes: show a smaller part.")
                (FOLDER / f"{name}.png").write_bytes(picture)
                print(f"{name}.png {len(picture) // 1000} kB")
            browser.close()
    for path in FOLDER.glob("*.png"):
        if path.stem not in SCREENS:
            path.unlink()


if __name__ == "__main__":
    main()
