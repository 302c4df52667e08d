"""Screenshots of the main pages at three widths, light and dark, into the git-ignored shots/.

For looking at, by people: nothing compares the pictures. Run it with `make shots`.
"""

import itertools
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright
from portal import ROOT, running_portal

PAGES = {
    "start": "/",
    "verksamheten": "/verksamheten/",
    "verksamhetsomraden": "/verksamhetsomraden/",
    "omrade": "/verksamhetsomraden/andt/",
    "samverkan": "/samverkan/",
    "plattform": "/samverkan/tink-radet/",
    "mal-och-resultat": "/mal-och-resultat/",
    "kontakt": "/kontakt/",
    "bilder": "/bilder/",
    "nyhetsarkiv": "/nyheter/arkiv/",
    "sok": "/sok/?q=trygghet",
    "tyck-till": "/tyck-till/?sida=/verksamheten/",
    "saknad-sida": "/finns-inte/",
}
WIDTHS = {320: 640, 390: 844, 1280: 800}
SCHEMES = ("light", "dark")
SHOTS = ROOT / "shots"
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


def chromium_path():
    for candidate in ("/usr/bin/chromium", shutil.which("chromium")):
        if candidate and Path(candidate).exists():
            return candidate
    raise SystemExit("Chromium was not found. Install it: apt-get install chromium")


def take(browser, address, width, scheme):
    context = browser.new_context(
        viewport={"width": width, "height": WIDTHS[width]},
        color_scheme=scheme,
        locale="sv-SE",
        timezone_id="Europe/Stockholm",
        reduced_motion="reduce",
    )
    page = context.new_page()
    for name, path in PAGES.items():
        page.goto(address + path, wait_until="load")
        page.screenshot(path=SHOTS / f"{name}-{width}-{scheme}.png", full_page=True)
    context.close()


def main():
    executable = chromium_path()
    SHOTS.mkdir(exist_ok=True)
    with running_portal() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_ARGUMENTS)
        for width, scheme in itertools.product(WIDTHS, SCHEMES):
            take(browser, address, width, scheme)
        browser.close()
    print(f"{len(PAGES) * len(WIDTHS) * len(SCHEMES)} screenshots in {SHOTS}")


if __name__ == "__main__":
    main()
