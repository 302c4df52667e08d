"""Two people in one page: the second is told, and showing the form writes nothing."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from publishing.models import EditingSession, Revision
from tests import factories
from tests.crawl import words
from tests.publishing.posting import change, full_page, make_member, open_form, parse, post, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(make_staff):
    """Anna Ek and Bo, each with a browser."""
    clients = []
    for username, first, last in (("anna", "Anna", "Ek"), ("bo", "", "")):
        user = make_staff("Redaktör", username=username)
        user.first_name, user.last_name = first, last
        user.save()
        client = Client()
        client.force_login(user)
        clients.append(client)
    return clients


def told(client, page):
    """What the form says about colleagues."""
    (place,) = (e for e in parse(client.get(url(page))).iter("div") if e.get("data-editing"))
    assert place.get("aria-live") == "polite"
    return [words(line) for line in place.iter("p")]


def beat(client, page, **sent):
    response = client.post(url(page, "editing"), sent)
    assert response.status_code == 200
    return response.json()["others"]


def test_the_second_is_told_who_has_the_page_open(two):
    anna, bo = two
    page = full_page()
    assert beat(anna, page) == []
    started = timezone.localtime(EditingSession.objects.get().started_at)
    sentence = f"Anna Ek har sidan öppen sedan {started:%H.%M}. Prata ihop er innan du sparar."
    assert told(bo, page) == [sentence]
    assert beat(bo, page) == [sentence]
    assert beat(anna, page)[0].startswith("bo har sidan öppen")
    assert told(anna, full_page()) == []
    assert EditingSession.objects.count() == 2


def test_opening_the_form_writes_nothing(two):
    page = full_page()
    told(two[0], page)
    assert not EditingSession.objects.exists()


def test_who_leaves_is_gone_at_once_and_who_falls_silent_after_two_minutes(two):
    anna, bo = two
    page = full_page()
    beat(anna, page)
    assert beat(anna, page, left="1") == []
    assert told(bo, page) == []
    beat(anna, page)
    EditingSession.objects.update(last_seen=timezone.now() - timedelta(seconds=119))
    assert told(bo, page)
    EditingSession.objects.update(last_seen=timezone.now() - timedelta(seconds=121))
    assert told(bo, page) == []
    call_command("publish_scheduled")
    assert not EditingSession.objects.exists()


def test_who_comes_back_has_a_new_beginning(two):
    page = full_page()
    beat(two[0], page)
    long_ago = timezone.now() - timedelta(hours=3)
    EditingSession.objects.update(last_seen=long_ago, started_at=long_ago)
    beat(two[0], page)
    assert EditingSession.objects.get().started_at > long_ago
    again = EditingSession.objects.get().started_at
    beat(two[0], page)
    assert EditingSession.objects.get().started_at == again


def test_pages_of_two_kinds_with_the_same_key_are_kept_apart(two):
    page = factories.make_page()
    item = factories.make_news(pk=page.pk)
    beat(two[0], page)
    assert told(two[1], item) == []


def test_without_a_script_a_draft_just_saved_by_another_is_told(two):
    anna, bo = two
    page = full_page()
    change(anna, page, introduction="Annas.")
    (sentence,) = told(bo, page)
    assert sentence.startswith("Anna Ek sparade ett utkast ")
    assert told(anna, page) == []
    Revision.objects.update(created_at=timezone.now() - timedelta(minutes=31))
    assert told(bo, page) == []


def test_only_who_may_change_the_page_and_only_by_post_from_here(two, make_staff):
    page = full_page()
    assert two[0].get(url(page, "editing")).status_code == 405
    reader = Client()
    reader.force_login(make_member("ser", "pages.view_page"))
    assert reader.post(url(page, "editing")).status_code == 403
    assert "data-editing" not in reader.get(url(page)).content.decode()
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(make_staff("Redaktör", username="cecilia"))
    assert careful.post(url(page, "editing")).status_code == 403
    assert not EditingSession.objects.exists()


# --- What residents are told ----------------------------------------------------------------------


def notes(client, page):
    found = list(parse(client.get(page.get_absolute_url())).iter("details"))
    return [words(item) for element in found for item in element.iter("li")]


def test_residents_see_the_notes_that_were_ticked_and_published_the_newest_first(two, client):
    anna = two[0]
    page = full_page()
    assert notes(client, page) == []
    change(anna, page, "_publish", note="Ny tid", show_note="on", introduction="A.")
    change(anna, page, "_publish", note="Bara för oss", introduction="B.")
    change(anna, page, "_publish", note="<b>Ny</b> plats", show_note="on", introduction="C.")
    change(anna, page, note="Bara i utkast", show_note="on", introduction="D.")
    today = timezone.localdate()
    assert notes(client, page) == [f"{today} <b>Ny</b> plats", f"{today} Ny tid"]
    assert "Visa ändringar" in client.get(page.get_absolute_url()).content.decode()
    previewed = anna.get(url(page, "preview")).content.decode()
    assert "Bara i utkast" in previewed
    assert "Bara för oss" not in previewed


def test_a_tick_without_a_note_is_refused_when_publishing(two):
    page = full_page()
    fields = open_form(two[0], page) | {"show_note": "on"}
    response = post(two[0], page, fields, "_publish")
    assert "Skriv vad du har ändrat" in response.content.decode()
    assert post(two[0], page, fields, "_save").status_code == 302


def test_notes_cost_one_question(two, client, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    page = full_page()
    counts = []
    for number in range(3):
        client.get(page.get_absolute_url())
        with CaptureQueriesContext(connection) as asked:
            client.get(page.get_absolute_url())
        counts.append(len([q for q in asked.captured_queries if "publishing_revision" in q["sql"]]))
        change(two[0], page, "_publish", note=f"Nummer {number}", show_note="on")
    assert counts == [1, 1, 1]
