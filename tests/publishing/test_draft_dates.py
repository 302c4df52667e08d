""" "Senast ändrad" is a promise to residents: it moves when the content has changed, and only then."""

from datetime import date

import pytest
import time_machine

from activities.models import GoalArea
from news.models import NewsItem
from publishing.drafts import unpublish
from tests import factories
from tests.publishing.posting import change, full_area, full_page, make_new, newest

pytestmark = pytest.mark.django_db

THEN = date(2022, 1, 17)


@pytest.fixture
def editor(client, make_staff):
    client.force_login(make_staff("Redaktör"))
    return client


def republished(client, page, **typed):
    """The date after pressing Publicera on 10 March 2026."""
    with time_machine.travel("2026-03-10T12:00:00+01:00", tick=False):
        change(client, page, "_publish", **typed)
    page.refresh_from_db()
    return page.content_changed_on


@pytest.fixture
def old(editor):
    with time_machine.travel("2026-03-10T11:00:00+01:00", tick=False):
        page = full_page()
    page.content_changed_on = THEN
    page.body = "<p>En text.</p>\n<ul>\n<li>Punkt</li>\n</ul>"
    page.introduction = "Rad ett.\nRad två."
    page.save()
    return page


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"is_sensitive": "on"},
        {"slug": "ny-adress"},
        {"note": "Bara en anteckning"},
        {"title": "Ny rubrik", "minor_change": "on"},
        {"sections-0-text": "<p>Nytt</p>", "minor_change": "on"},
        {"body": "<p>En text.</p><ul><li><p>Punkt</p></li></ul>"},
    ],
)
def test_what_is_not_a_change_of_the_content_does_not_move_the_date(editor, client, old, typed):
    assert republished(editor, old, **typed) == THEN


@pytest.mark.parametrize(
    "typed",
    [
        {"title": "Ny rubrik"},
        {"introduction": "Ny ingress."},
        {"body": "<p>Ny text.</p>"},
        {"sections-0-text": "<p>Nytt.</p>"},
        {"sections-2-DELETE": "on"},
        {"sections-0-order": "2", "sections-1-order": "1"},
    ],
)
def test_a_change_of_the_content_moves_the_date_when_it_is_published(editor, old, typed):
    with time_machine.travel("2026-03-09T12:00:00+01:00", tick=False):
        change(editor, old, **typed)
    old.refresh_from_db()
    assert old.content_changed_on == THEN
    assert republished(editor, old) == date(2026, 3, 10)
    assert republished(editor, old) == date(2026, 3, 10)


def test_a_change_that_is_taken_back_before_publishing_does_not_move_the_date(editor, old):
    change(editor, old, **{"sections-0-order": "2", "sections-1-order": "1"})
    change(editor, old, **{"sections-0-order": "2", "sections-1-order": "1"})
    assert [row["order"] for row in snapshot_rows(old)] == [1, 2, 3]
    assert republished(editor, old) == THEN


def snapshot_rows(page):
    return sorted(
        (row["fields"] for row in newest(page).content["rows"]["sections"]),
        key=lambda row: row["order"],
    )


def test_coming_back_unchanged_does_not_move_the_date(editor, old):
    assert republished(editor, old) == THEN
    unpublish(old, None)
    assert republished(editor, old) == THEN


def test_many_to_many_moves_the_date(editor):
    area = full_area()
    GoalArea.objects.update(content_changed_on=THEN)
    assert republished(editor, area) == THEN
    assert republished(editor, area, helplines=[]) == date(2026, 3, 10)


def test_a_first_publication_is_dated_the_day_it_comes(editor):
    with time_machine.travel("2026-03-01T12:00:00+01:00", tick=False):
        person = factories.make_person()
        page = make_new(editor, NewsItem, title="Nytt", slug="nytt", introduction="Ingress.")
    assert republished(editor, page, responsible=str(person.pk)) == date(2026, 3, 10)
