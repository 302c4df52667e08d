"""Editing in the admin: the date that residents see, the way to the page, and mistakes that lose nothing."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from pages.models import Page
from platforms.models import Platform
from tests.crawl import Fetched, words
from tests.factories import make_organisation, make_page, make_person, make_platform

pytestmark = pytest.mark.django_db

THEN, TODAY = date(2022, 1, 17), date(2026, 3, 10)


@pytest.fixture
def editor(client, make_staff):
    client.force_login(make_staff("Redaktör"))
    return client


@pytest.fixture
def today():
    """It is TODAY, also when the editor logs in."""
    with time_machine.travel("2026-03-10T12:00:00+01:00", tick=False):
        yield TODAY


@pytest.fixture
def page(today, editor):
    page = make_page(body="<p>En text.</p>\n<ul>\n<li>Punkt</li>\n</ul>", content_changed_on=THEN)
    page.sections.create(heading="Avsnitt", text="<p>Rad ett</p>\n<p>Rad två</p>", order=1)
    return page


def form_of(client, row):
    """{name: value} of everything that the row's form would send unchanged, as a browser sends it."""
    shown = Fetched("", client.get(change_address(row)))
    (form,) = [
        form for form in shown.all("form") if form.get("id") == f"{row._meta.model_name}_form"
    ]
    sent = {}
    for field in form.iter("input"):
        kind = field.get("type")
        if kind in {"submit", "file"}:
            continue
        if kind not in {"checkbox", "radio"} or "checked" in field.attrib:
            sent[field.get("name")] = field.get("value", "" if kind != "checkbox" else "on")
    for field in form.iter("textarea"):
        # The first line break belongs to the markup; a browser sends every other as two signs.
        text = "".join(field.itertext()).removeprefix("\n")
        sent[field.get("name")] = text.replace("\r\n", "\n").replace("\n", "\r\n")
    for field in form.iter("select"):
        chosen = [o.get("value", "") for o in field.iter("option") if "selected" in o.attrib]
        sent[field.get("name")] = chosen if "multiple" in field.attrib else (chosen or [""])[0]
    return {name: value for name, value in sent.items() if name and "__prefix__" not in name}


def change_address(row):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def save(client, row, **typed):
    """Publish what is typed; the date that residents then see."""
    response = client.post(change_address(row), form_of(client, row) | typed | {"_publish": "1"})
    assert response.status_code == 302, Fetched("", response).words("ul")
    row.refresh_from_db()
    return row.content_changed_on


# --- "Senast ändrad" is a promise to residents --------------------------------------------------------


def test_saving_without_a_change_moves_nothing(editor, page):
    assert save(editor, page) == THEN


@pytest.mark.parametrize(
    "typed",
    [
        {"title": "Ny rubrik"},
        {"introduction": "Ny ingress."},
        {"body": "<p>En ny text.</p>"},
        {"sections-0-heading": "Nytt namn"},
        {"sections-0-text": "<p>Ny rad</p>"},
        {"sections-0-DELETE": "on"},
    ],
)
def test_a_change_of_the_content_moves_it(editor, page, typed):
    assert save(editor, page, **typed) == TODAY


def test_the_editors_own_way_of_writing_a_list_does_not_move_it(editor, page):
    """Touched and left as it was: the editor writes <p> in every point and drops the line breaks."""
    assert save(editor, page, body="<p>En text.</p><ul><li><p>Punkt</p></li></ul>") == THEN
    assert save(editor, page, body="<p>En text.</p><ul><li><p>Punkter</p></li></ul>") == TODAY


def test_a_new_section_moves_it(editor, page):
    new = {
        "sections-TOTAL_FORMS": "2",
        "sections-1-heading": "Nytt avsnitt",
        "sections-1-order": "2",
    }
    assert save(editor, page, **new) == TODAY
    assert page.sections.count() == 2


@pytest.mark.parametrize(
    "typed",
    [
        {"is_sensitive": "on"},
        {"publish_until_0": "2027-01-01", "publish_until_1": "12:00"},
        {"slug": "ny-adress"},
    ],
)
def test_what_is_not_content_does_not_move_it(editor, page, typed):
    assert save(editor, page, **typed) == THEN


def test_nor_does_another_responsible(editor, page):
    assert save(editor, page, responsible=make_person().pk) == THEN


@pytest.mark.parametrize("typed", [{"title": "Ny rubrik"}, {"sections-0-heading": "Nytt namn"}])
def test_a_small_change_does_not_move_it(editor, page, typed):
    assert save(editor, page, minor_change="on", **typed) == THEN


def test_the_fields_of_a_kind_of_its_own_count(today, editor):
    platform = make_platform(content_changed_on=THEN, purpose="<p>Uppdrag</p>")
    assert save(editor, platform) == THEN
    assert save(editor, platform, order="7") == THEN
    assert save(editor, platform, meeting_rhythm="Varje månad") == TODAY


def test_a_new_participant_moves_it(today, editor):
    platform = make_platform(content_changed_on=THEN)
    new = {"memberships-TOTAL_FORMS": "1", "memberships-0-organisation": make_organisation().pk}
    assert save(editor, platform, **new) == TODAY


def test_who_saved_is_kept(editor, page):
    save(editor, page)
    assert page.changed_by.username == "nn"


# --- The way to the page -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ({}, True),
        ({"status": "utkast"}, False),
        ({"status": "arkiverad"}, False),
        ({"publish_until": "2020-01-01T00:00:00Z"}, False),
    ],
)
def test_visa_pa_webbplatsen_only_when_there_is_something_to_see(editor, values, shown):
    platform = make_platform(**values)
    form = Fetched("", editor.get(change_address(platform)))
    links = [e for e in form.all("a") if words(e) == "Visa på webbplatsen"]
    assert bool(links) is shown
    listed = Fetched("", editor.get(reverse("admin:platforms_platform_changelist")))
    assert (platform.get_absolute_url() in listed.links) is shown
    if shown:
        assert links[0].get("href") == platform.get_absolute_url()


# --- Mistakes: Swedish words, and everything typed is still there ------------------------------------------


def refused(client, row, **typed):
    response = client.post(change_address(row), form_of(client, row) | typed | {"_publish": "1"})
    assert response.status_code == 200
    shown = Fetched("", response)
    errors = [words(e) for e in shown.all("ul") if "errorlist" in (e.get("class") or "")]
    return shown, " ".join(errors)


def value_of(shown, name):
    fields = [e for tag in ("input", "textarea") for e in shown.all(tag) if e.get("name") == name]
    (field,) = fields
    return field.get("value") if field.tag == "input" else "".join(field.itertext()).strip()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            {"publish_from_0": "03/04/2026"},
            "Datumet går inte att läsa. Skriv år, månad och dag så här: 2026-03-05",
        ),
        (
            {"publish_until_0": "2026-02-30"},
            "Datumet går inte att läsa. Skriv år, månad och dag så här: 2026-03-05",
        ),
        ({"slug": "Å Ä Ö"}, "Fyll i en giltig 'slug'"),
        ({"introduction": "x" * 601}, "som mest 600 tecken"),
        (
            {
                "publish_from_0": "2026-05-01",
                "publish_from_1": "12:00",
                "publish_until_0": "2026-04-01",
                "publish_until_1": "12:00",
            },
            "”Visas till” måste vara efter ”visas från”.",
        ),
    ],
)
def test_a_mistake_is_told_in_swedish_and_loses_nothing(editor, page, typed, sentence):
    shown, errors = refused(editor, page, title="Ett nytt namn som jag skrev", **typed)
    assert sentence in errors
    assert value_of(shown, "title") == "Ett nytt namn som jag skrev"
    for name, value in typed.items():
        assert value_of(shown, name) == value
    page.refresh_from_db()
    assert page.content_changed_on == THEN


@pytest.mark.parametrize("name", ["title", "slug", "introduction", "responsible"])
def test_what_a_published_page_needs_is_asked_for(editor, page, name):
    _shown, errors = refused(editor, page, **{name: ""})
    assert errors
    assert "This field" not in errors
    page.refresh_from_db()
    assert page.title


def test_a_taken_address_is_refused_with_a_sentence(editor, page):
    make_page(slug="upptagen")
    save(editor, page, slug="upptagen")
    shown = Fetched("", editor.get(change_address(page)))
    assert "Adressen används redan av en annan publicerad sida." in words(shown.all("body")[0])
    assert value_of(shown, "slug") == "upptagen"  # kept in the draft
    assert page.slug != "upptagen"


def test_nothing_in_the_form_is_in_english(editor, page):
    text = words(Fetched("", editor.get(change_address(page))).all("main")[0])
    for english in (
        "Save",
        "Delete",
        "Add another",
        "Change",
        "Today",
        "Now",
        "Please",
        "required",
    ):
        assert f" {english} " not in f" {text} ", english
    assert "Liten ändring" in text


def test_every_kind_of_page_can_be_made_by_an_editor(editor):
    sent = {
        "title": "Ny plattform",
        "slug": "ny-plattform",
        "introduction": "En ingress.",
        "responsible": make_person().pk,
        "order": "1",
        "_publish": "1",
        "base": "0",
        "memberships-TOTAL_FORMS": "0",
        "memberships-INITIAL_FORMS": "0",
    }
    assert editor.post(reverse("admin:platforms_platform_add"), sent).status_code == 302
    platform = Platform.objects.get()
    assert editor.get(platform.get_absolute_url()).status_code == 200
    assert Page.objects.count() == 0
