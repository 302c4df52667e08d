"""Showing a draft writes nothing, waits for nobody and asks no more for a long page than for a short one."""

import sqlite3

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pages.models import Page
from tests import factories
from tests.publishing.posting import (
    FULL,
    add_row,
    change,
    full_page,
    make_member,
    marked_texts,
    open_form,
    post,
    url,
)

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "SELECT FOR UPDATE")
SCREENS = {"change": {}, "versions": {}, "compare": {"fran": "1"}, "preview": {}, "delete": {}}
#: The form of a page with 50 rows.
MOST_QUERIES_OF_THE_FORM = 12


@pytest.fixture
def editor(db, client, make_staff):
    client.force_login(make_staff("Redaktör"))
    return client


def queries_of(client, address, query=None):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address, query or {}).status_code == 200
    return [entry["sql"] for entry in captured.captured_queries]


def page_with_sections(number):
    page = factories.make_page()
    for order in range(number):
        page.sections.create(order=order, heading=f"Rubrik {order}", text="<p>Text.</p>")
    return page


@pytest.mark.parametrize("make", FULL)
@pytest.mark.parametrize("drafted", [True, False])
def test_no_screen_writes_when_it_is_shown(make, drafted, editor):
    page = make()
    change(editor, page, "_save" if drafted else "_publish", **marked_texts(type(page)))
    editor.get(url(page))  # shows and drops the message about the saving
    for name, query in SCREENS.items():
        asked = queries_of(editor, url(page, name), query)
        assert [sql for sql in asked if sql.startswith(WRITES) or "FOR UPDATE" in sql] == []
    for name in ("add", "changelist"):
        asked = queries_of(editor, url(type(page), name))
        assert [sql for sql in asked if sql.startswith(WRITES) or "FOR UPDATE" in sql] == []


@pytest.mark.parametrize("drafted", [True, False])
def test_the_form_of_a_long_page_asks_no_more_questions_than_that_of_a_short_one(drafted, editor):
    counts = []
    for number in (3, 50):
        page = page_with_sections(number)
        change(editor, page, "_save" if drafted else "_publish", title="Ny rubrik")
        editor.get(url(page))
        counts.append(len(queries_of(editor, url(page))))
    assert counts[0] == counts[1]
    assert counts[1] <= MOST_QUERIES_OF_THE_FORM


def test_nor_do_rows_that_only_the_draft_has(editor):
    counts = []
    for number in (3, 50):
        page = factories.make_page()
        fields = open_form(editor, page)
        for order in range(number):
            fields = add_row(fields, "sections", heading=f"Rubrik {order}", order=str(order))
        assert post(editor, page, fields).status_code == 302
        editor.get(url(page))
        counts.append(len(queries_of(editor, url(page))))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("screen", ["preview", "versions", "compare"])
def test_the_other_screens_of_a_long_page_ask_no_more_either(screen, editor):
    counts = []
    for number in (3, 50):
        page = page_with_sections(number)
        change(editor, page, title="Ny rubrik")
        editor.get(url(page))
        counts.append(len(queries_of(editor, url(page, screen), SCREENS[screen])))
    assert counts[0] == counts[1]


def test_the_preview_of_many_members_asks_no_more_than_that_of_few(editor):
    counts = []
    for number in (3, 30):
        platform = factories.make_platform()
        for _member in range(number):
            platform.memberships.create(organisation=factories.make_organisation())
        change(editor, platform, title="Ny rubrik")
        counts.append(len(queries_of(editor, url(platform, "preview"))))
    assert counts[0] == counts[1]


def test_many_versions_cost_no_more_to_open_than_one(editor):
    page = full_page()
    counts = []
    for _round in range(2):
        for _save in range(5):
            change(editor, page, introduction=f"Ingress {_save}.")
        editor.get(url(page))
        counts.append([len(queries_of(editor, url(page, name))) for name in ("change", "versions")])
    assert counts[0] == counts[1]


def test_a_long_list_asks_no_more_than_a_short_one(editor):
    counts = []
    for _round in range(2):
        for _page in range(5):
            change(editor, factories.make_page(), title="Ny rubrik")
        editor.get(url(Page, "changelist"))
        counts.append(len(queries_of(editor, url(Page, "changelist"))))
    assert counts[0] == counts[1]


# Other databases have no single write lock: there the test does not exist.
if connection.vendor == "sqlite":

    @pytest.mark.django_db(transaction=True)
    def test_a_screen_is_shown_while_somebody_else_holds_the_write_lock(client):
        rights = [
            f"pages.{action}_page" for action in ("view", "add", "change", "delete", "publish")
        ]
        rights += [f"pages.{action}_pagesection" for action in ("view", "add", "change", "delete")]
        client.force_login(make_member("redaktör", *rights))
        page = full_page()
        change(client, page, introduction="Utkastets ingress.")
        client.get(url(page))
        other = sqlite3.connect(settings.DATABASES["default"]["NAME"], isolation_level=None)
        try:
            other.execute("BEGIN IMMEDIATE")
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA busy_timeout = 0")  # a wait would be a failure: do not wait
            for name, query in SCREENS.items():
                assert client.get(url(page, name), query).status_code == 200
            assert client.get(url(Page, "add")).status_code == 200
            assert client.get(url(Page, "changelist")).status_code == 200
            assert client.get(page.get_absolute_url()).status_code == 200
            # The lock is real: a save does not get through, and says so.
            assert client.post(url(page, "unpublish")).status_code == 503
            page.refresh_from_db()
            assert page.status == "publicerad"
        finally:
            other.rollback()
            other.close()
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA busy_timeout = 5000")
