"""The picture library and the documents in a browser: the point set by click and by key, and axe."""

import re

import pytest

from tests.browser.conftest import log_in
from tests.browser.looking import violations_everywhere
from tests.documents.files import make_pdf

pytestmark = pytest.mark.browser


def open_picture(window, words="Tre ansikten"):
    window.goto(f"/admin/pictures/picture/?q={words}")
    window.click("#result_list .field-title a")
    window.wait_for_selector("[data-focal]")


def point(window):
    return [int(window.input_value(f"#id_focal_{axis}")) for axis in "xy"]


def click_at(window, x, y):
    box = window.locator("[data-focal-picture]").bounding_box()
    window.mouse.click(box["x"] + box["width"] * x, box["y"] + box["height"] * y)


@pytest.mark.parametrize("width", [390, 1280])
def test_the_point_is_set_by_a_click(staff_window, width):
    staff_window.set_viewport_size({"width": width, "height": 900})
    open_picture(staff_window)
    click_at(staff_window, 0.25, 0.8)
    x, y = point(staff_window)
    assert abs(x - 25) <= 1
    assert abs(y - 80) <= 1
    marker = staff_window.locator(".tk-focal__marker")
    said = f"Viktigaste punkten: {x} procent från vänster, {y} procent uppifrån"
    assert marker.get_attribute("aria-label") == said
    for crop in staff_window.locator("[data-focal-crop]").all():
        place = crop.evaluate("(element) => getComputedStyle(element).objectPosition")
        assert re.fullmatch(r"[23]0% 80%", place)


def test_the_point_is_set_by_keys_and_saved(staff_window):
    open_picture(staff_window, "Skärgården, dag")
    assert point(staff_window) == [50, 50]
    staff_window.focus(".tk-focal__marker")
    for key in ("ArrowRight", "ArrowUp", "Shift+ArrowDown", "ArrowLeft", "ArrowLeft"):
        staff_window.keyboard.press(key)
    assert point(staff_window) == [48, 58]
    for _ in range(12):
        staff_window.keyboard.press("Shift+ArrowUp")
    assert point(staff_window) == [48, 0]
    staff_window.keyboard.press("Tab")
    assert staff_window.evaluate("document.activeElement.id") == "id_file"
    staff_window.click("[name=_continue]")
    staff_window.wait_for_selector(".messagelist .success")
    assert point(staff_window) == [48, 0]
    staff_window.fill("#id_focal_y", "50")
    label = staff_window.get_attribute(".tk-focal__marker", "aria-label")
    assert label.endswith("50 procent uppifrån")
    staff_window.click("[name=_continue]")
    staff_window.wait_for_selector(".messagelist .success")


def test_without_javascript_the_numbers_remain(open_window):
    window = open_window(java_script_enabled=False)
    log_in(window)
    open_picture(window)
    assert window.locator(".tk-focal__marker").count() == 0
    assert window.is_hidden("[data-focal-how]")
    window.fill("#id_focal_x", "55")
    window.click("[name=_continue]")
    assert point(window)[0] == 55


def test_axe_finds_nothing_in_the_library(staff_window):
    for address in ("pictures/picture/", "pictures/picture/add/", "documents/document/add/"):
        staff_window.goto(f"/admin/{address}")
        assert violations_everywhere(staff_window) == [], address
    open_picture(staff_window)
    assert violations_everywhere(staff_window) == []


def test_a_document_is_added_read_about_and_withdrawn(staff_window):
    staff_window.goto("/admin/documents/document/add/")
    staff_window.fill("#id_title", "Handlingsplan")
    staff_window.fill("#id_dated", "2026-03-01")
    staff_window.fill("#id_review_on", "2099-03-01")
    plan = {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": make_pdf()}
    staff_window.set_input_files("#id_file", plan)
    staff_window.click(".field-responsible .select2-selection")
    staff_window.click(".select2-results__option:not(.loading-results)")
    staff_window.click("[name=_continue]")
    staff_window.wait_for_selector(".tk-now")
    assert violations_everywhere(staff_window) == []
    with staff_window.expect_download() as download:
        staff_window.click(".tk-now a")
    assert download.value.suggested_filename == "handlingsplan.pdf"
    staff_window.check("#id_is_withdrawn")
    staff_window.click("[name=_continue]")
    staff_window.wait_for_selector(".tk-state")
    staff_window.goto("/admin/documents/document/")
    assert violations_everywhere(staff_window) == []
