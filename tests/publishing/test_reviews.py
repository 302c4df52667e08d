"""A page is looked through again in time, and says when it last was; drafts have no part in it."""

from datetime import date

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.test import Client

from activities.models import Activity, GoalArea
from news.models import NewsItem
from organisation.models import Person
from pages.models import Page
from platforms.models import LocalAreaGroup, Platform
from publishing.drafts import draft_of, publish, publish_due, save_draft, snapshot
from publishing.reviews import months_later, next_review
from tests import factories
from tests.publishing.posting import (
    change,
    errors,
    make_member,
    messages,
    newest,
    open_form,
    post,
    url,
    versions,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 10)
OLD = {"reviewed_on": date(2025, 1, 1), "review_on": date(2026, 1, 1)}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-03-10T12:00:00+01:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def editor(client, make_staff):
    client.force_login(make_staff("Redaktör"))
    return client


def dates(page):
    page.refresh_from_db()
    return page.reviewed_on, page.review_on


def say_reviewed(client, page, **sent):
    """What the screen says after the button."""
    response = client.post(url(page, "review"), sent)
    assert response.status_code == 302
    return messages(client.get(response["Location"]))


# --- The rule -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
    ],
)
def test_months_later(day, months, later):
    assert months_later(day, months) == later


@pytest.mark.parametrize(
    ("model", "is_sensitive", "due"),
    [
        (Page, False, date(2027, 3, 10)),
        (Platform, False, date(2027, 3, 10)),
        (LocalAreaGroup, False, date(2027, 3, 10)),
        (GoalArea, False, date(2026, 9, 10)),
        (Activity, False, date(2026, 9, 10)),
        (NewsItem, False, None),
        (Page, True, date(2026, 6, 10)),
        (NewsItem, True, date(2026, 6, 10)),
    ],
)
def test_every_kind_has_its_time(model, is_sensitive, due):
    assert next_review(model(is_sensitive=is_sensitive), TODAY) == due


# --- Publishing -----------------------------------------------------------------------------------


def test_publishing_sets_the_first_date_and_leaves_it_afterwards(editor, clock):
    page = factories.make_page()
    change(editor, page, "_publish", introduction="Ny.")
    assert dates(page) == (None, date(2027, 3, 10))
    clock.move_to("2026-05-10T12:00:00+02:00")
    publish(page, save_draft(page, snapshot(page), 2, None), None)
    assert dates(page) == (None, date(2027, 3, 10))


def test_a_page_that_becomes_sensitive_is_reviewed_sooner(editor):
    page = factories.make_page(review_on=date(2027, 1, 1))
    change(editor, page, "_publish", is_sensitive="on")
    assert dates(page) == (None, date(2026, 6, 10))


def test_an_older_draft_brings_no_older_review_back(editor):
    page = factories.make_page(**OLD)
    change(editor, page, introduction="Ett utkast från förr.")
    opened = open_form(editor, page)
    say_reviewed(editor, page)
    reviewed = (TODAY, date(2027, 3, 10))
    assert dates(page) == reviewed
    assert post(editor, page, opened, "_publish").status_code == 302
    assert dates(page) == reviewed
    editor.post(url(page, "restore"), {"version": "0"})
    change(editor, page, "_publish")
    assert dates(page) == reviewed


def test_a_version_from_before_holds_review_dates_that_nobody_reads(editor):
    page = factories.make_page(**OLD)
    content = snapshot(page)
    content["fields"] |= {"review_on": "2020-01-01", "reviewed_on": "2019-01-01"}
    publish(page, save_draft(page, content, 1, None), None)
    assert dates(page) == (OLD["reviewed_on"], OLD["review_on"])


# --- Those who answer for a page ------------------------------------------------------------------


def test_a_deputy_is_asked_for_beside_the_field_and_nothing_is_lost(editor):
    page = factories.make_page(deputy=None)
    factories.make_person()
    response = post(editor, page, open_form(editor, page) | {"title": "Ny rubrik"}, "_publish")
    form = response.context["adminform"].form
    assert list(form.errors) == ["deputy"]
    assert "Välj en ersättare" in errors(response)[0]
    assert form["title"].value() == "Ny rubrik"
    change(editor, page, title="Ny rubrik")  # a draft needs none


def test_the_only_function_there_is_needs_no_deputy(editor):
    page = factories.make_page(deputy=None)
    Person.objects.exclude(pk=page.responsible_id).update(is_active=False)
    change(editor, page, "_publish")


@pytest.mark.parametrize("name", ["responsible", "deputy"])
def test_somebody_who_has_left_answers_for_no_page(editor, name):
    page = factories.make_page(**{name: factories.make_person(is_active=False)})
    response = post(editor, page, open_form(editor, page), "_publish")
    assert list(response.context["adminform"].form.errors) == [name]
    assert "arbetar inte här längre" in errors(response)[0]


def test_a_scheduled_version_whose_deputy_has_left_is_refused_with_the_reason(editor, clock):
    page = factories.make_page()
    change(editor, page, "_schedule", publish_at_0="2026-03-11", publish_at_1="08:00")
    Person.objects.filter(pk=page.deputy_id).update(is_active=False)
    clock.move_to("2026-03-11T09:00:00+01:00")
    assert [len(rows) for rows in publish_due()] == [0, 1]
    assert "arbetar inte här längre" in newest(page).problem


# --- The button -----------------------------------------------------------------------------------


def test_the_button_moves_the_review_dates_and_nothing_else(editor, client):
    page = factories.make_page(content_changed_on=date(2022, 1, 17), **OLD)
    change(editor, page, introduction="Ett utkast.")
    before = Page.objects.values().get(pk=page.pk)
    drafted = draft_of(page).content
    said = say_reviewed(editor, page)[-1]
    assert said == f"”{page.title}” är granskad. Nästa gång: 10 mars 2027."
    after = Page.objects.values().get(pk=page.pk)
    assert {name for name in after if after[name] != before[name]} == {"reviewed_on", "review_on"}
    assert draft_of(page).content == drafted
    assert versions(page).count() == 2
    entry = LogEntry.objects.latest("pk")
    assert (entry.object_id, entry.get_change_message()) == (
        str(page.pk),
        "Granskad – fortfarande aktuell",
    )


def test_residents_see_when_the_page_was_reviewed(editor):
    page = factories.make_page(content_changed_on=date(2022, 1, 17))
    address = page.get_absolute_url()
    assert "Senast granskad" not in Client().get(address).content.decode()
    say_reviewed(editor, page)
    shown = Client().get(address).content.decode()
    assert 'Senast granskad: <time datetime="2026-03-10">' in shown
    assert 'Senast ändrad: <time datetime="2022-01-17">' in shown


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2026-03-10", "Välj en dag från i morgon till och med 10 mars 2027."),
        ("2027-03-11", "Välj en dag från i morgon till och med 10 mars 2027."),
        ("03/04/2026", "Skriv datumet som 2026-12-31."),
        ("2026-02-30", "Skriv datumet som 2026-12-31."),
    ],
)
def test_a_date_that_cannot_be_is_refused_and_nothing_is_marked(editor, typed, sentence):
    page = factories.make_page(**OLD)
    (said,) = say_reviewed(editor, page, review_on=typed)
    assert said == f"Granskningen är inte sparad. {sentence}"
    assert dates(page) == (OLD["reviewed_on"], OLD["review_on"])


@pytest.mark.parametrize("typed", ["2026-03-11", "2027-03-10"])
def test_a_date_of_ones_own_within_the_rule(editor, typed):
    page = factories.make_page(**OLD)
    say_reviewed(editor, page, review_on=typed)
    assert dates(page) == (TODAY, date.fromisoformat(typed))


def test_a_page_that_nobody_sees_is_not_reviewed(editor):
    page = factories.make_page(status="utkast")
    assert say_reviewed(editor, page) == ["Bara en sida som syns på webbplatsen kan granskas."]
    assert dates(page) == (None, None)


@pytest.mark.parametrize("back", ["/admin/?visa=alla", "https://ond.example/", "//ond.example/"])
def test_the_way_back_stays_on_the_site(editor, back):
    page = factories.make_page()
    answer = editor.post(url(page, "review"), {"next": back})["Location"]
    assert answer == (back if back.startswith("/admin/") else url(page))


@pytest.mark.parametrize(
    ("codenames", "is_owner", "status"),
    [
        (["view", "change", "publish"], False, 302),
        (["view", "change"], True, 302),
        (["view", "change"], False, 403),
        (["view", "publish"], True, 403),
    ],
)
def test_who_may_say_so(client, codenames, is_owner, status):
    user = make_member("nn", *(f"pages.{codename}_page" for codename in codenames))
    page = factories.make_page(**OLD)
    if is_owner:
        Person.objects.filter(pk=page.deputy_id).update(user=user)
    client.force_login(user)
    shows_button = "Granskad – fortfarande" in client.get(url(page)).content.decode()
    assert shows_button == (status == 302)
    assert client.post(url(page, "review")).status_code == status
    assert (dates(page)[0] == TODAY) == (status == 302)
