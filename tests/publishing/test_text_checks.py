"""Textkontroll in the form: errors stop publishing, warnings need a reason, a draft is always saved."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pages.models import Page, PageSection
from platforms.models import Platform
from proofreading.texts import Kind
from publishing.drafts import draft_of, publish, save_draft, snapshot
from publishing.richtext import sanitise
from publishing.text_checks import FormChecks, kind_of, remarks_on_content
from tests import factories
from tests.crawl import words
from tests.publishing.posting import (
    add_row,
    change,
    errors,
    make_new,
    newest,
    open_form,
    parse,
    post,
    url,
    versions,
)

pytestmark = pytest.mark.django_db

ERROR = "<p>Text.</p><h3>Öppettider</h3><p>Text.</p>"
WARNING = '<p><a href="/kontakt/" rel="noopener">Läs mer</a></p>'
#: An error that a text has by itself, whatever stands above it.
TABLE = "<table><tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></tbody></table>"
OTHER_WARNING = WARNING + "<p>Du erhåller svar.</p>"
ASKS = "Fel: Skriv varför texten ska publiceras ändå"
REASON = "Citatet ska stå ordagrant."


@pytest.fixture
def editor(client, make_staff):
    client.force_login(make_staff("Redaktör"))
    return client


def region(response):
    """The section Textkontroll; None when the form has none."""
    found = [e for e in parse(response).iter("section") if "tk-checks" in e.get("class", "")]
    return found[0] if found else None


def listed(response):
    """(where the link leads, the words of the line) for each remark in the section."""
    box = region(response)
    lines = (
        [] if box is None else [e for e in box.iter("li") if e.get("class", "").startswith("tk-")]
    )
    return [(next(line.iter("a")).get("href"), words(line)) for line in lines]


def beneath(response, name):
    """The remarks that stand beneath the field ``name``."""
    (box,) = (e for e in parse(response).iter() if e.get("id") == f"id_{name}_helptext")
    return [words(line) for line in box.iter("li")]


# --- A draft --------------------------------------------------------------------------------------


def test_a_draft_with_errors_is_saved_and_says_what_remains(editor):
    page = factories.make_page()
    response = change(editor, page, body=ERROR + WARNING)
    assert draft_of(page).content["fields"]["body"] == ERROR + WARNING
    shown = editor.get(response["Location"])
    assert "1 fel och 1 varning." in words(region(shown))
    assert [(href, text.partition(" ")[0]) for href, text in listed(shown)] == [
        ("#id_body", "Text"),
        ("#id_body", "Text"),
    ]
    assert "”Öppettider”" in listed(shown)[0][1]
    first, second = beneath(shown, "body")
    assert first.startswith("Fel: Underrubriken ”Öppettider”")
    assert second.startswith("Varning: Länktexten ”Läs mer”")


def test_the_section_comes_first_in_the_form_and_has_a_name(editor):
    page = factories.make_page(body=WARNING)
    document = parse(editor.get(url(page)))
    (form,) = (e for e in document.iter("form") if e.get("id") == "page_form")
    boxes = [e for e in form.iter() if e.tag in {"section", "fieldset"}]
    assert boxes[0].get("role") == "region"
    heading = boxes[0].get("aria-labelledby")
    assert [words(e) for e in form.iter("h2") if e.get("id") == heading] == ["Textkontroll"]


def test_every_link_of_the_section_leads_to_a_field_of_the_form(editor):
    page = factories.make_page(title="Samtliga kurser.", introduction="Du erhåller svar.")
    page.sections.create(order=1, heading="Samtliga", text=WARNING, text_after=TABLE)
    shown = editor.get(url(page))
    ids = {e.get("id") for e in parse(shown).iter() if e.tag in {"input", "textarea", "select"}}
    leads = {href.removeprefix("#") for href, _text in listed(shown)}
    assert leads <= ids
    assert leads == {
        *("id_title", "id_introduction", "id_sections-0-heading"),
        *("id_sections-0-text", "id_sections-0-text_after"),
    }


def test_without_remarks_the_section_says_so_and_asks_for_no_reason(editor):
    page = factories.make_page(body="<p>Text.</p>")
    shown = editor.get(url(page))
    assert words(region(shown)) == "Textkontroll Inga anmärkningar på texten."
    assert "check_reason" not in open_form(editor, page)


def test_an_empty_form_has_no_section(editor):
    assert region(editor.get(url(Page, "add"))) is None


# --- Errors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("button", ["_publish", "_schedule"])
def test_an_error_stops_publishing_at_its_field_and_loses_nothing(button, editor):
    page = factories.make_page()
    sent = open_form(editor, page) | {"body": ERROR, "check_reason": REASON}
    sent |= {"publish_at_0": "2099-01-01", "publish_at_1": "09:00"}
    response = post(editor, page, sent, button)
    assert response.status_code == 200
    assert errors(response) == [
        "Fel: Underrubriken ”Öppettider” (rubrik 3) har ingen rubrik 2 över sig. "
        "Gör den till rubrik 2."
    ]
    assert not versions(page).exists()
    assert ERROR in "".join(
        "".join(e.itertext()) for e in parse(response).iter("textarea") if e.get("name") == "body"
    )
    # What already is an error of the field is not said once more beneath it.
    assert not [e for e in parse(response).iter("ul") if e.get("class") == "tk-remarks"]
    assert [href for href, _text in listed(response)] == ["#id_body"]


def test_an_error_in_a_row_stops_at_that_row(editor):
    page = factories.make_page()
    page.sections.create(order=1, heading="Ett", text="<p>Ett.</p>")
    page.sections.create(order=2, text="<p>Två.</p>")
    fields = add_row(open_form(editor, page), "sections", order="3", text=TABLE)
    response = post(editor, page, fields, "_publish")
    assert [href for href, _text in listed(response)] == ["#id_sections-2-text"]
    assert listed(response)[0][1].startswith("Avsnitt 3: Text ")
    assert len(errors(response)) == 1
    assert page.sections.count() == 2


def test_a_row_that_is_taken_away_stops_nothing(editor):
    page = factories.make_page()
    page.sections.create(order=1, text=TABLE + WARNING)
    change(editor, page, "_publish", **{"sections-0-DELETE": "on"})
    assert page.sections.count() == 0


def test_a_section_below_a_section_with_a_heading_may_begin_with_a_smaller_one(editor):
    page = factories.make_page()
    page.sections.create(order=1, heading="Öppettider", text="<h3>Sommar</h3><p>Text.</p>")
    change(editor, page, "_publish")
    response = post(editor, page, open_form(editor, page) | {"sections-0-heading": ""}, "_publish")
    assert len(errors(response)) == 1


def test_text_that_the_template_prints_below_a_heading_may_begin_with_a_smaller_one(editor):
    area = factories.make_area(for_whom="<h3>Unga</h3><p>Text.</p>")
    platform = factories.make_platform(purpose="<h3>Mål</h3><p>Text.</p>")
    for page in (area, platform):
        change(editor, page, "_publish")


def test_a_new_page_with_an_error_is_refused_and_not_made(editor):
    sent = open_form(editor, Page) | {"title": "Ny", "slug": "ny", "introduction": "Ny."}
    sent |= {"body": ERROR, "responsible": str(factories.make_person().pk)}
    assert len(errors(post(editor, Page, sent, "_publish"))) == 1
    assert not Page.objects.filter(slug="ny").exists()
    assert make_new(editor, Page, **sent).title == "Ny"


# --- Warnings -------------------------------------------------------------------------------------


def test_a_warning_is_published_with_a_reason_only(editor):
    page = factories.make_page()
    sent = open_form(editor, page) | {"body": WARNING}
    response = post(editor, page, sent, "_publish")
    assert errors(response) == [ASKS]
    assert not versions(page).exists()
    response = post(editor, page, sent | {"check_reason": "  "}, "_publish")
    assert errors(response) == [ASKS]
    assert post(editor, page, sent | {"check_reason": REASON}, "_publish").status_code == 302
    page.refresh_from_db()
    assert page.body == WARNING
    assert newest(page).check_reason == REASON
    assert REASON in editor.get(url(page, "versions")).content.decode()


def test_the_reason_is_kept_as_long_as_the_warnings_are_the_same(editor):
    page = factories.make_page()
    change(editor, page, "_publish", body=WARNING, check_reason=REASON)
    # The form brings it along, by itself.
    change(editor, page, "_publish", title="Ny rubrik")
    assert newest(page).check_reason == REASON
    # Fewer warnings need no new reason, none at all keep none.
    change(editor, page, "_publish", body=OTHER_WARNING, check_reason="Båda ska stå kvar.")
    change(editor, page, "_publish", body=WARNING)
    assert newest(page).check_reason == "Båda ska stå kvar."
    change(editor, page, "_publish", body="<p>Text.</p>")
    assert newest(page).check_reason == ""


def test_another_warning_needs_another_reason(editor):
    page = factories.make_page()
    change(editor, page, "_publish", body=WARNING, check_reason=REASON)
    response = post(editor, page, open_form(editor, page) | {"body": OTHER_WARNING}, "_publish")
    assert errors(response) == [
        "Fel: Det finns fler varningar nu än när du skrev det här. "
        "Skriv varför texten ska publiceras ändå"
    ]
    # Nor does the way over a draft make the old reason fit.
    change(editor, page, body=OTHER_WARNING)
    assert newest(page).check_reason == ""
    assert errors(post(editor, page, open_form(editor, page), "_publish")) == [ASKS]
    change(editor, page, "_publish", check_reason="Det är namnet på en blankett.")


def test_a_restored_version_brings_its_reason(editor):
    page = factories.make_page()
    change(editor, page, "_publish", body=WARNING, check_reason=REASON)
    change(editor, page, "_publish", body="<p>Text.</p>")
    editor.post(url(page, "restore"), {"version": "1"})
    assert newest(page).check_reason == REASON
    change(editor, page, "_publish")
    page.refresh_from_db()
    assert page.body == WARNING


def test_one_link_text_with_two_targets_is_found_across_the_rows(editor):
    page = factories.make_page(body='<p><a href="/a/">Stöd</a></p>')
    page.sections.create(order=1, heading="Ett", text='<p><a href="/b/">Stöd</a></p>')
    assert [href for href, _text in listed(editor.get(url(page)))] == ["#id_sections-0-text"]


# --- Whoever publishes ----------------------------------------------------------------------------


def test_no_other_way_publishes_what_the_form_refuses():
    page = factories.make_page()
    content = snapshot(page)
    content["fields"]["body"] = ERROR
    with pytest.raises(ValidationError, match="Text: Underrubriken ”Öppettider”"):
        publish(page, save_draft(page, content, 1, None), None)
    content["fields"]["body"] = WARNING
    with pytest.raises(ValidationError, match="Skriv under Textkontroll varför"):
        publish(page, save_draft(page, content, 2, None), None)
    assert publish(page, save_draft(page, content, 3, None, check_reason=REASON), None).body


# --- Which fields, and at what price --------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "name", "kind"),
    [
        (Page, "title", Kind.TITLE),
        (Page, "introduction", Kind.LEAD),
        (Page, "body", Kind.HTML),
        (Page, "slug", None),
        (Page, "path", None),
        (Page, "status", None),
        (Page, "responsible", None),
        (Page, "publish_from", None),
        (Page, "note", None),
        (PageSection, "heading", Kind.HEADING),
        (PageSection, "live_list", None),
        (Platform, "meeting_rhythm", Kind.LINE),
    ],
)
def test_what_is_text(model, name, kind):
    assert kind_of(model, name) is kind


def test_form_and_version_are_remarked_upon_alike(editor):
    area = factories.make_area(body=ERROR + WARNING, summary="Feedback", for_whom=TABLE)
    form = editor.get(url(area)).context["adminform"].form
    in_form = {(remark.identity, str(remark.place.label)) for remark in form.checks.remarks}
    in_content = {
        (remark.identity, remark.place) for remark in remarks_on_content(type(area), snapshot(area))
    }
    assert in_form == in_content
    assert len(in_form) == 4


def test_remarks_ask_the_database_nothing(editor):
    page = factories.make_page(body=WARNING)
    for order in range(5):
        page.sections.create(order=order, heading="Ett", text=ERROR + WARNING)
    form = editor.get(url(page)).context["adminform"].form
    with CaptureQueriesContext(connection) as captured:
        assert len(FormChecks(form).remarks) >= 6
    assert captured.captured_queries == []


def test_what_is_read_is_what_will_be_stored(editor):
    page = factories.make_page()
    dirty = '<p>Text.</p><img src="x.png"><h1>Rubrik</h1><h4></h4>'
    change(editor, page, "_publish", body=dirty)
    page.refresh_from_db()
    assert page.body == sanitise(dirty)
