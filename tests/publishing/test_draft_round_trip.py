"""What an editor saves as a draft comes back in the form, and becomes the page when it is published."""

import pytest

from activities.models import Activity
from news.models import NewsItem
from organisation.models import Organisation
from pages.models import Page, PageSection
from platforms.models import Platform
from publishing.models import content_models
from tests import factories
from tests.publishing.posting import (
    FULL,
    add_row,
    change,
    errors,
    form_fields,
    full_area,
    full_page,
    full_platform,
    make_new,
    marked_texts,
    messages,
    newest,
    open_form,
    post,
    rows_in,
    url,
    versions,
)

pytestmark = pytest.mark.django_db

HEADINGS = ("sections", "heading")
#: What the form sends that is about the saving, not about the page.
ABOUT_SAVING = {"base", "note", "csrfmiddlewaretoken"}


@pytest.fixture
def editor(client, make_staff):
    client.force_login(make_staff("Redaktör"))
    return client


def about_the_page(fields):
    return {name: value for name, value in fields.items() if name not in ABOUT_SAVING}


def publish(client, page):
    response = change(client, page, "_publish")
    page.refresh_from_db()
    assert newest(page).published_at is not None, messages(client.get(response["Location"]))
    return page


@pytest.mark.parametrize("make", FULL)
def test_the_form_shows_the_draft_as_it_was_posted(make, editor):
    page = make()
    sent = open_form(editor, page) | marked_texts(type(page)) | {"slug": "nytt-namn"}
    assert post(editor, page, sent).status_code == 302
    assert about_the_page(open_form(editor, page)) == about_the_page(sent)


@pytest.mark.parametrize("make", FULL)
def test_draft_publish_restore_and_publish_is_the_same_page(make, editor, client):
    page = make()
    change(editor, page, "_publish", minor_change="on")
    first = client.get(page.get_absolute_url()).content
    texts = marked_texts(type(page))
    change(editor, page, "_publish", minor_change="on", **texts)
    assert client.get(page.get_absolute_url()).content != first
    number = versions(page).get(number=1).number
    restored = editor.post(url(page, "restore"), {"version": number})
    assert restored.status_code == 302
    change(editor, page, "_publish", minor_change="on")
    assert client.get(page.get_absolute_url()).content == first


def test_inline_rows_are_added_changed_deleted_and_reordered_in_a_draft_and_then_published(editor):
    page = full_page()
    one, two, three = page.sections.all()
    fields = open_form(editor, page)
    fields |= {"sections-0-heading": "Första ändrad", "sections-1-DELETE": "on"}
    fields |= {"sections-0-order": "9", "sections-2-order": "1"}
    fields = add_row(fields, "sections", heading="Fjärde", text="<p>Fyra.</p>", order="5")
    assert post(editor, page, fields).status_code == 302
    drafted = open_form(editor, page)
    # Rows that are live come first in the form; on the page the order decides.
    assert rows_in(drafted, *HEADINGS) == ["Tredje", "Första ändrad", "Fjärde"]
    assert drafted["sections-INITIAL_FORMS"] == "2"
    assert list(page.sections.values_list("heading", flat=True)) == ["Första", "Andra", "Tredje"]

    publish(editor, page)
    live = list(page.sections.values_list("heading", flat=True))
    assert live == ["Tredje", "Fjärde", "Första ändrad"]
    kept = {section.heading: section.pk for section in page.sections.all()}
    assert (kept["Tredje"], kept["Första ändrad"]) == (three.pk, one.pk)
    assert kept["Fjärde"] not in {one.pk, two.pk, three.pk}
    assert not PageSection.objects.filter(pk=two.pk).exists()


def test_rows_that_change_places_keep_their_keys(editor):
    page = full_page()
    before = {section.heading: section.pk for section in page.sections.all()}
    change(editor, page, **{"sections-0-order": "2", "sections-1-order": "1"})
    assert rows_in(open_form(editor, page), *HEADINGS) == ["Andra", "Första", "Tredje"]
    publish(editor, page)
    assert [section.heading for section in page.sections.all()] == ["Andra", "Första", "Tredje"]
    assert {section.heading: section.pk for section in page.sections.all()} == before


def test_a_second_save_of_a_draft_keeps_its_new_rows_once_and_in_order(editor):
    page = full_page()
    fields = add_row(open_form(editor, page), "sections", heading="Ny ett", order="7")
    post(editor, page, add_row(fields, "sections", heading="Ny två", order="8"))
    for _again in range(3):
        change(editor, page)
    expected = ["Första", "Andra", "Tredje", "Ny ett", "Ny två"]
    assert rows_in(open_form(editor, page), *HEADINGS) == expected
    post(editor, page, add_row(open_form(editor, page), "sections", heading="Ny tre", order="9"))
    publish(editor, page)
    expected.append("Ny tre")
    assert list(page.sections.values_list("heading", flat=True)) == expected


def test_a_new_row_can_be_changed_and_removed_before_it_was_ever_published(editor):
    page = full_page()
    fields = add_row(open_form(editor, page), "sections", heading="Ny ett", order="7")
    post(editor, page, add_row(fields, "sections", heading="Ny två", order="8"))
    change(editor, page, **{"sections-3-heading": "Ny ett ändrad", "sections-4-DELETE": "on"})
    expected = ["Första", "Andra", "Tredje", "Ny ett ändrad"]
    assert rows_in(open_form(editor, page), *HEADINGS) == expected
    publish(editor, page)
    assert list(page.sections.values_list("heading", flat=True)) == expected


def test_a_new_page_keeps_its_rows_through_drafts_until_it_is_published(editor):
    fields = open_form(editor, Page) | {"title": "Ny sida"}
    response = post(editor, Page, add_row(fields, "sections", heading="Avsnitt", order="1"))
    page = Page.objects.get(pk=response["Location"].split("/")[-3])
    change(editor, page)
    change(editor, page)
    assert PageSection.objects.count() == 0
    values = {"slug": "ny-sida", "introduction": "Ingress.", "body": ""}
    change(editor, page, "_publish", **values, responsible=str(factories.make_person().pk))
    page.refresh_from_db()
    assert (page.status, page.path) == ("publicerad", "/ny-sida/")
    assert [section.heading for section in page.sections.all()] == ["Avsnitt"]


def test_rows_with_a_relation_are_drafted_and_published(editor):
    platform = full_platform()
    fields = open_form(editor, platform)
    names = [
        Organisation.objects.get(pk=k).name[:4]
        for k in rows_in(fields, "memberships", "organisation")
    ]
    new = factories.make_organisation()
    aros = str(names.index("Aros"))
    fields |= {
        f"memberships-{aros}-DELETE": "on",
        "memberships-0-role": fields["memberships-0-role"],
    }
    fields = add_row(fields, "memberships", organisation=str(new.pk), role="Leder")
    assert post(editor, platform, fields).status_code == 302
    assert platform.memberships.count() == 3
    change(editor, platform)
    publish(editor, platform)
    assert platform.memberships.get(organisation=new).role == "Leder"
    assert not platform.memberships.filter(organisation__name__startswith="Aros").exists()
    assert platform.memberships.count() == 3


def test_many_to_many_is_drafted_emptied_and_published(editor):
    area = full_area()
    lines = list(area.helplines.all())
    new = factories.make_helpline()
    change(editor, area, helplines=[str(lines[0].pk), str(new.pk)], contacts=[])
    assert set(area.helplines.all()) == set(lines)
    assert area.contacts.count() == 2
    fields = open_form(editor, area)
    assert (sorted(fields["helplines"]), fields["contacts"]) == (
        sorted([str(lines[0].pk), str(new.pk)]),
        [],
    )
    publish(editor, area)
    assert set(area.helplines.all()) == {lines[0], new}
    assert area.contacts.count() == 0


def test_a_foreign_key_is_drafted_emptied_and_published(editor):
    activity = factories.make_activity(platform=factories.make_platform())
    area = factories.make_area()
    live = (activity.area_id, activity.platform_id)
    change(editor, activity, area=str(area.pk), platform="")
    activity.refresh_from_db()
    assert (activity.area_id, activity.platform_id) == live
    fields = open_form(editor, activity)
    assert (fields["area"], fields["platform"]) == (str(area.pk), "")
    publish(editor, activity)
    assert (activity.area_id, activity.platform_id) == (area.pk, None)


def test_dates_with_a_time_and_ticks_survive_the_round_trip(editor):
    page = factories.make_page()
    typed = {"publish_until_0": "2031-03-30", "publish_until_1": "02:30:00", "is_sensitive": "on"}
    sent = open_form(editor, page) | typed | {"publish_until_1": "12:30"}
    assert post(editor, page, sent).status_code == 302
    assert about_the_page(open_form(editor, page)) == about_the_page(sent)
    publish(editor, page)
    assert page.is_sensitive
    assert page.publish_until.isoformat() == "2031-03-30T10:30:00+00:00"


# --- Incomplete drafts ----------------------------------------------------------------------------


def emptied(fields):
    """Every field of the page but the title emptied; what is about the rows stays."""
    kept = {
        name for name in fields if "-" in name and name.split("-")[0] in {"sections", "memberships"}
    }
    return {
        name: value
        if name in kept | ABOUT_SAVING | {"title"}
        else ([] if isinstance(value, list) else "")
        for name, value in fields.items()
    }


@pytest.mark.parametrize("make", FULL)
def test_a_draft_with_everything_but_the_title_emptied_can_be_saved_and_opened(
    make, editor, client
):
    page = make()
    before = client.get(page.get_absolute_url()).content
    sent = emptied(open_form(editor, page))
    response = post(editor, page, sent)
    assert response.status_code == 302, errors(response)
    assert about_the_page(open_form(editor, page)) == about_the_page(sent)
    for name in ("preview", "versions"):
        assert editor.get(url(page, name)).status_code == 200
    assert editor.get(url(page, "compare"), {"fran": "1"}).status_code == 200
    assert client.get(page.get_absolute_url()).content == before


@pytest.mark.parametrize("make", FULL)
def test_an_incomplete_page_is_not_published_and_the_form_names_every_field(make, editor, client):
    page = make()
    before = client.get(page.get_absolute_url()).content
    post(editor, page, emptied(open_form(editor, page)))
    fields = open_form(editor, page)
    response = post(editor, page, fields | {"note": "min anteckning"}, "_publish")
    assert response.status_code == 200
    assert form_fields(response)["note"] == "min anteckning"
    form = response.context["adminform"].form
    required = {
        field.name
        for field in type(page)._meta.concrete_fields
        if field.name in form.fields and not field.blank and field.name != "title"
    }
    # There is somebody to choose as a deputy.
    required = required - {"is_sensitive"} | {"deputy"}
    assert set(form.errors) == required
    assert {"introduction", "responsible"} <= required
    assert newest(page).published_at is None
    assert client.get(page.get_absolute_url()).content == before


@pytest.mark.parametrize("model", content_models())
def test_a_new_page_needs_only_a_title(model, editor):
    fields = emptied(open_form(editor, model) | {"title": "Bara rubrik"})
    response = post(editor, model, fields)
    assert response.status_code == 302, errors(response)
    response = post(editor, model, fields | {"title": ""})
    assert response.status_code == 200
    assert set(response.context["adminform"].form.errors) == {"title"}


def test_an_incomplete_row_is_saved_and_publishing_names_the_field(editor):
    platform = full_platform()
    fields = add_row(open_form(editor, platform), "memberships", role="Samordnar")
    response = post(editor, platform, fields)
    assert response.status_code == 302, errors(response)
    drafted = open_form(editor, platform)
    assert rows_in(drafted, "memberships", "role")[-1] == "Samordnar"
    assert rows_in(drafted, "memberships", "organisation")[-1] == ""
    for name in ("preview", "versions"):
        assert editor.get(url(platform, name)).status_code == 200
    assert editor.get(url(platform, "compare"), {"fran": "1"}).status_code == 200
    response = post(editor, platform, drafted, "_publish")
    assert response.status_code == 200
    (formset,) = (inline.formset for inline in response.context["inline_admin_formsets"])
    assert [set(row) for row in formset.errors if row] == [{"organisation"}]
    assert platform.memberships.count() == 3


def test_two_new_pages_without_an_address_can_both_be_saved(editor):
    pages = [make_new(editor, NewsItem, title=title, slug="") for title in ("Ett", "Två")]
    assert [page.slug for page in NewsItem.objects.filter(pk__in=[p.pk for p in pages])] == [
        None,
        None,
    ]
    # Nor does it matter that two drafts want the same address: the first to be published gets it.
    change(editor, pages[0], slug="samma")
    change(editor, pages[1], slug="samma")


@pytest.mark.parametrize(
    ("model", "field", "typed", "sentence"),
    [
        (NewsItem, "published_on", "igår", "Datumet går inte att läsa. Skriv år"),
        (Page, "publish_from_0", "fredag", "Datumet går inte att läsa. Skriv år"),
        (Page, "slug", "inte en adress!", "Fyll i en giltig"),
        (Platform, "order", "många", "Fyll i ett heltal"),
        (Activity, "stage", "nästan klar", "Välj ett giltigt alternativ"),
        (Activity, "area", "987654", "Välj ett giltigt alternativ"),
    ],
)
def test_a_malformed_value_is_refused_in_swedish_and_the_text_is_kept(
    model, field, typed, sentence, editor
):
    page = {type(made): made for made in (make() for make in FULL)}[model]
    fields = open_form(editor, page) | {"introduction": "Min långa text.", field: typed}
    response = post(editor, page, fields)
    assert response.status_code == 200
    assert any(sentence in text for text in errors(response)), errors(response)
    again = form_fields(response)
    assert again["introduction"] == "Min långa text."
    if field not in {"stage", "area"}:  # a browser cannot show a choice that is not there
        assert again[field] == typed
    assert not versions(page).exists()


def test_a_malformed_row_is_refused_and_nothing_is_saved(editor):
    page = full_page()
    fields = open_form(editor, page) | {"sections-0-order": "först", "sections-1-heading": "Ny"}
    response = post(editor, page, fields)
    assert response.status_code == 200
    assert form_fields(response)["sections-0-order"] == "först"
    assert form_fields(response)["sections-1-heading"] == "Ny"
    assert not versions(page).exists()


def test_a_forged_key_of_another_pages_row_changes_nothing_there(editor):
    page, other = full_page(), full_page()
    theirs = other.sections.first()
    before = list(other.sections.values())
    fields = open_form(editor, page)
    fields |= {"sections-0-id": str(theirs.pk), "sections-0-heading": "Stulen"}
    response = post(editor, page, fields)
    assert response.status_code in {200, 302}
    assert list(other.sections.values()) == before
    response = post(
        editor, page, fields | {"base": str(newest(page).number if newest(page) else 0)}, "_publish"
    )
    assert list(other.sections.values()) == before
    change(editor, page, "_publish")
    assert list(other.sections.values()) == before
    assert theirs.pk not in page.sections.values_list("pk", flat=True)
    # And in what is stored: a version that names it makes a new row on this page.
    revision = newest(page)
    revision.content["rows"]["sections"][0]["pk"] = theirs.pk
    revision.published_at = None
    revision.save()
    change(editor, page, "_publish")
    assert list(other.sections.values()) == before
