"""Two people in one page: the second is told, and a late save loses neither text."""

import pytest

from tests.browser.conftest import log_in

pytestmark = pytest.mark.browser


@pytest.fixture
def colleague(staff_window, open_window):
    """A second account, logged in in a browser of its own."""
    phrase = "sju granar vid havet"
    staff_window.goto("/admin/auth/user/add/")
    staff_window.fill("#id_username", "bo")
    staff_window.fill("#id_password1", phrase)
    staff_window.fill("#id_password2", phrase)
    staff_window.click("[name=_save]")
    staff_window.wait_for_selector(".messagelist .success")
    staff_window.get_by_label("Redaktör").check()
    staff_window.click("[name=_save]")
    staff_window.wait_for_selector(".messagelist .success")
    window = open_window()
    log_in(window, "bo", phrase)
    return window


def open_page(window):
    window.goto("/admin/pages/page/?q=Översätt")
    window.click("#result_list tbody th a")
    window.wait_for_selector(".tiptap")


def test_the_second_is_told_and_a_late_save_shows_both_texts(staff_window, colleague):
    with staff_window.expect_response("**/redigerar/"):
        open_page(staff_window)
    open_page(colleague)
    assert "har sidan öppen sedan" in colleague.inner_text(".tk-colleagues")
    staff_window.fill("#id_introduction", "Den första texten.")
    colleague.fill("#id_introduction", "Den andra texten.")
    staff_window.click("[name=_save]")
    staff_window.wait_for_selector(".messagelist .success")
    colleague.click("[name=_save]")
    colleague.wait_for_selector("#skillnader")
    told = colleague.inner_text(".tk-stale")
    assert "Den första texten." in told.replace("\n", "")
    assert "Den andra texten." in told.replace("\n", "")
    assert colleague.input_value("#id_introduction") == "Den andra texten."
