"""Publishing: what is refused and why, and what becomes of a version that no longer fits."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from activities.models import Activity
from pages.models import Page
from publishing.drafts import draft_of, publish, publish_due, save_draft
from publishing.models import Revision
from publishing.snapshots import overlay, snapshot
from tests import factories
from tests.publishing.posting import (
    FULL,
    add_row,
    buttons,
    change,
    errors,
    full_area,
    full_page,
    full_platform,
    make_new,
    messages,
    newest,
    open_form,
    post,
    url,
)

pytestmark = pytest.mark.django_db

THEN = date(2022, 1, 17)


@pytest.fixture
def editor(client, make_staff):
    client.force_login(make_staff("Redaktör"))
    return client


def try_to_publish(client, page, **typed):
    """Press Publicera in a form that is complete: what the screen says after."""
    response = post(client, page, open_form(client, page) | typed, "_publish")
    return messages(client.get(response["Location"])) if response.status_code == 302 else None


def public(client, page):
    return client.get(page.get_absolute_url()).content


# --- Refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "sentence"), [(factories.make_page, "Adressen"), (factories.make_news, "Adressnamnet")]
)
def test_an_address_taken_meanwhile_refuses_publishing_and_keeps_the_draft(make, sentence, editor):
    page = make(slug="min")
    change(editor, page, slug="var", introduction="Min nya ingress.")
    make(slug="var")
    before = public(editor, page)
    said = try_to_publish(editor, page)
    assert "Sidan är sparad som utkast men inte publicerad." in said
    assert any(f"{sentence} används redan av en annan publicerad sida." in text for text in said)
    assert public(editor, page) == before
    assert open_form(editor, page)["introduction"] == "Min nya ingress."
    assert newest(page).published_at is None
    # With another address it goes through.
    assert try_to_publish(editor, page, slug="var-2") == ["Sidan är publicerad."]


def test_a_page_below_one_without_an_address_is_refused(editor):
    above = make_new(editor, Page, title="Inte klar", slug="")
    page = make_new(
        editor,
        Page,
        title="Klar",
        slug="klar",
        introduction="Ingress.",
        parent=str(above.pk),
        responsible=str(factories.make_person().pk),
    )
    said = try_to_publish(editor, page)
    assert any("Sidan har ingen adress." in text for text in said)
    page.refresh_from_db()
    assert page.status == "utkast"
    assert editor.get(url(Page, "changelist")).status_code == 200
    assert editor.get(url(page, "preview")).status_code == 200


@pytest.mark.parametrize("name", ["slug", "introduction", "responsible"])
def test_an_incomplete_version_is_refused_with_the_name_of_the_field(name):
    page = full_page()
    before = list(Page.objects.order_by("pk").values()), list(page.sections.values())
    content = snapshot(page)
    content["fields"] |= {name: None, "title": "Ny"}
    revision = save_draft(page, content, 1, None)
    with pytest.raises(ValidationError) as refused:
        publish(page, revision, None)
    label = str(Page._meta.get_field(name).verbose_name).capitalize()
    assert any(sentence.startswith(f"{label}: ") for sentence in refused.value.messages)
    assert (list(Page.objects.order_by("pk").values()), list(page.sections.values())) == before
    assert newest(page).published_at is None


def test_an_incomplete_row_is_refused_with_the_name_of_the_field_and_nothing_is_written():
    platform = full_platform()
    content = snapshot(platform)
    content["rows"]["memberships"][0]["fields"]["role"] = "Ny roll"
    content["rows"]["memberships"][2]["fields"]["organisation"] = None
    revision = save_draft(platform, content, 1, None)
    with pytest.raises(ValidationError) as refused:
        publish(platform, revision, None)
    assert any(sentence.startswith("Organisation: ") for sentence in refused.value.messages)
    assert not platform.memberships.filter(role="Ny roll").exists()


def test_a_refusal_writes_neither_rows_nor_relations(editor):
    area = full_area()
    line = factories.make_helpline()
    content = snapshot(area)
    content["m2m"]["helplines"] = [line.pk]
    content["fields"]["summary"] = ""
    revision = save_draft(area, content, 1, None)
    with pytest.raises(ValidationError):
        publish(area, revision, None)
    assert line not in area.helplines.all()


# --- Rows that change places ---------------------------------------------------------------------


def test_two_members_may_change_places_and_keep_their_keys(editor):
    platform = full_platform()
    one, two, three = platform.memberships.order_by("pk")
    fields = open_form(editor, platform)
    prefixes = {fields[f"memberships-{n}-id"]: f"memberships-{n}" for n in range(3)}
    taken = {
        f"{prefixes[str(row.pk)]}-organisation": str(other.organisation_id)
        for row, other in ((one, two), (two, three), (three, one))
    }
    assert try_to_publish(editor, platform, **taken) == ["Sidan är publicerad."]
    after = dict(platform.memberships.values_list("pk", "organisation_id"))
    assert after == {
        one.pk: two.organisation_id,
        two.pk: three.organisation_id,
        three.pk: one.organisation_id,
    }


def test_a_new_row_may_take_what_another_row_leaves(editor):
    platform = full_platform()
    one = platform.memberships.order_by("pk").first()
    content = snapshot(platform)
    (row,) = (row for row in content["rows"]["memberships"] if row["pk"] == one.pk)
    row["fields"]["organisation"] = factories.make_organisation().pk
    content["rows"]["memberships"].insert(
        0, {"pk": None, "fields": {"organisation": one.organisation_id, "role": "Ny"}}
    )
    publish(platform, save_draft(platform, content, 1, None), None)
    assert platform.memberships.count() == 4
    assert platform.memberships.get(role="Ny").organisation_id == one.organisation_id
    assert platform.memberships.filter(pk=one.pk).exists()


def test_the_same_member_twice_is_refused_in_the_form_and_at_publishing(editor):
    platform = full_platform()
    before = list(platform.memberships.order_by("pk").values())
    fields = open_form(editor, platform)
    twice = {"memberships-1-organisation": fields["memberships-0-organisation"]}
    response = post(editor, platform, fields | twice, "_publish")
    assert "Fel: Organisationen deltar redan i plattformen." in errors(response)
    content = snapshot(platform)
    rows = content["rows"]["memberships"]
    rows[1]["fields"]["organisation"] = rows[0]["fields"]["organisation"]
    rows[0]["fields"]["organisation"], rows[2]["fields"]["organisation"] = (
        rows[2]["fields"]["organisation"],
        rows[0]["fields"]["organisation"],
    )
    with pytest.raises(ValidationError, match="Organisationen deltar redan i plattformen"):
        publish(platform, save_draft(platform, content, 1, None), None)
    assert list(platform.memberships.order_by("pk").values()) == before


# --- Addresses that cannot be kept ----------------------------------------------------------------

LONG = "a" * 80


def test_an_address_too_long_to_lead_on_is_refused_before_anything_is_written(editor):
    above = factories.make_page(slug=LONG)
    middle = factories.make_page(slug=LONG, parent=above)
    page = factories.make_page(slug="kort")
    fields = open_form(editor, page) | {"slug": LONG, "parent": str(middle.pk)}
    response = post(editor, page, fields, "_publish")
    assert any("längre än 200 tecken" in text for text in errors(response))
    page.refresh_from_db()
    assert page.path == "/kort/"


def test_nor_may_a_page_push_those_below_it_too_far(editor):
    top = factories.make_page(slug="kort")
    middle = factories.make_page(slug=LONG, parent=top)
    factories.make_page(slug=LONG, parent=middle)
    response = post(editor, top, open_form(editor, top) | {"slug": LONG}, "_publish")
    assert any("längre än 200 tecken" in text for text in errors(response))
    assert try_to_publish(editor, top, slug="kort-2") == ["Sidan är publicerad."]


# --- Targets that are gone ------------------------------------------------------------------------


def test_a_drafted_target_deleted_meanwhile_is_named_and_stops_publishing(editor):
    page = full_page()
    person = factories.make_person()
    change(editor, page, deputy=str(person.pk), introduction="Ny ingress.")
    opened = open_form(editor, page)
    person.delete()
    response = editor.get(url(page))
    assert messages(response) == ["Ersättare pekar på något som inte finns längre."]
    assert open_form(editor, page)["introduction"] == "Ny ingress."
    assert open_form(editor, page)["deputy"] == ""
    for name in ("preview", "versions"):
        assert editor.get(url(page, name)).status_code == 200
    shown = editor.get(url(page, "compare"), {"fran": "1"}).content.decode()
    assert "(borttagen)" in shown

    with pytest.raises(ValidationError) as refused:
        publish(page, newest(page), None)
    assert refused.value.messages == ["Ersättare pekar på något som inte finns längre."]
    response = post(editor, page, opened, "_publish")
    assert response.status_code == 200
    assert errors(response)
    page.refresh_from_db()
    assert page.introduction != "Ny ingress."
    # Once the editor has seen it and chooses another, it can be published.
    deputy = str(factories.make_person().pk)
    assert try_to_publish(editor, page, deputy=deputy) == ["Sidan är publicerad."]


def test_drafted_targets_of_many_to_many_deleted_meanwhile_are_named_and_stop_publishing(editor):
    area = full_area()
    stays, goes = factories.make_helpline(), factories.make_helpline()
    change(editor, area, helplines=[str(stays.pk), str(goes.pk)])
    goes.delete()
    before = set(area.helplines.all())
    response = editor.get(url(area))
    assert messages(response)[1:] == ["Hjälpnummer pekar på något som inte finns längre."]
    assert open_form(editor, area)["helplines"] == [str(stays.pk)]
    with pytest.raises(ValidationError, match="Hjälpnummer"):
        publish(area, newest(area), None)
    assert set(area.helplines.all()) == before


def test_a_target_of_a_row_deleted_meanwhile_is_named_and_stops_publishing(editor):
    platform = full_platform()
    organisation = factories.make_organisation()
    fields = open_form(editor, platform)
    post(editor, platform, add_row(fields, "memberships", organisation=str(organisation.pk)))
    organisation.delete()
    response = editor.get(url(platform))
    assert messages(response)[1:] == ["Organisation pekar på något som inte finns längre."]
    assert editor.get(url(platform, "preview")).status_code == 200
    with pytest.raises(ValidationError, match="Organisation"):
        publish(platform, newest(platform), None)
    assert platform.memberships.count() == 3


# --- Versions that no longer fit ------------------------------------------------------------------


def test_names_that_no_longer_exist_are_ignored():
    page = full_page()
    content = snapshot(page)
    content["fields"] |= {"subtitle": "Borta", "title": "Ny rubrik"}
    content["m2m"] |= {"keywords": [1, 2]}
    content["rows"] |= {"links": [{"pk": 1, "fields": {"url": "x"}}]}
    content["rows"]["sections"][0]["fields"]["colour"] = "röd"
    revision = save_draft(page, content, 1, None)
    assert overlay(Page.objects.get(pk=page.pk), revision) == []
    publish(page, revision, None)
    page.refresh_from_db()
    assert page.title == "Ny rubrik"
    assert page.sections.count() == 3


@pytest.mark.parametrize("make", FULL)
def test_names_that_are_new_keep_the_live_value(make, editor):
    """As after a migration that added columns: the version knows only the title."""
    page = make()
    before = snapshot(page)
    content = {"fields": {"title": "Ny rubrik"}, "m2m": {}, "rows": {}}
    save_draft(page, content, 1, None)
    assert editor.get(url(page)).status_code == 200
    assert editor.get(url(page, "compare"), {"fran": "1"}).status_code == 200
    publish(page, newest(page), None)
    after = snapshot(type(page).objects.get(pk=page.pk))
    before["fields"]["title"] = "Ny rubrik"
    assert after == before


def test_a_row_whose_columns_are_new_keeps_its_live_values():
    page = full_page()
    content = snapshot(page)
    for row in content["rows"]["sections"]:
        del row["fields"]["text"]
    publish(page, save_draft(page, content, 1, None), None)
    texts = [section.text for section in page.sections.all()]
    assert texts == ["<p>Ett.</p>", "<p>Två.</p>", "<p>Tre.</p>"]


@pytest.mark.parametrize(
    ("make", "field", "label"),
    [
        (factories.make_news, "published_on", "Nyhetens datum"),
        (factories.make_page, "publish_from", "Visas från"),
        (factories.make_page, "lead_picture", "Bild"),
        (factories.make_page, "is_sensitive", "Känslig sida"),
        (factories.make_platform, "order", "Ordning"),
    ],
)
@pytest.mark.parametrize("value", ["gammal text", {"ett": "objekt"}, [1, 2]])
def test_a_value_of_another_kind_is_named_and_stops_publishing_but_not_showing(
    make, field, label, value, editor
):
    page = make()
    content = snapshot(page)
    content["fields"] |= {field: value, "title": "Ny rubrik"}
    revision = save_draft(page, content, 1, None)
    response = editor.get(url(page))
    assert response.status_code == 200
    assert messages(response) == [f"{label} kan inte läsas i den här versionen."]
    assert open_form(editor, page)["title"] == "Ny rubrik"
    for name in ("preview", "versions"):
        assert editor.get(url(page, name)).status_code == 200
    assert editor.get(url(page, "compare"), {"fran": "1"}).status_code == 200
    with pytest.raises(ValidationError, match=label):
        publish(page, revision, None)
    assert type(page).objects.get(pk=page.pk).title != "Ny rubrik"


@pytest.mark.parametrize("stored", [["åtta", 1], "åtta", None, {"ett": 1}, [[1]], [{}]])
def test_keys_of_another_kind_are_named_and_stop_publishing_but_not_showing(stored, editor):
    area = full_area()
    content = snapshot(area)
    content["m2m"]["helplines"] = stored
    revision = save_draft(area, content, 1, None)
    response = editor.get(url(area))
    assert response.status_code == 200
    assert "Hjälpnummer kan inte läsas i den här versionen." in messages(response)
    assert editor.get(url(area, "preview")).status_code == 200
    assert editor.get(url(area, "compare"), {"fran": "1"}).status_code == 200
    with pytest.raises(ValidationError, match="Hjälpnummer"):
        publish(area, revision, None)


# --- The life of a page ---------------------------------------------------------------------------


def test_publishing_ends_the_draft_and_the_form_shows_the_live_page(editor):
    page = full_page()
    response = change(editor, page, introduction="Ny ingress.")
    said = messages(editor.get(response["Location"]))
    assert said == ["Utkastet är sparat. Det syns inte på webbplatsen än."]
    assert draft_of(page)
    assert try_to_publish(editor, page) == ["Sidan är publicerad."]
    assert draft_of(page) is None
    assert "tk-draft" not in editor.get(url(page)).content.decode()
    page.refresh_from_db()
    assert (page.status, page.changed_by.username) == ("publicerad", "nn")


def test_unpublishing_takes_the_page_away_and_keeps_what_it_said(editor, client):
    page = full_page()
    address = page.get_absolute_url()
    change(editor, page, "_publish", introduction="Sista ingressen.")
    assert "Avpublicera sidan" in editor.get(url(page, "unpublish")).content.decode()
    assert client.get(address).status_code == 200
    assert "Avpublicera" in editor.get(url(page)).content.decode()
    response = editor.post(url(page, "unpublish"))
    assert messages(editor.get(response["Location"])) == ["Sidan syns inte längre på webbplatsen."]
    assert client.get(address).status_code == 404
    assert "Avpublicera" not in editor.get(url(page)).content.decode()
    assert open_form(editor, page)["introduction"] == "Sista ingressen."
    assert try_to_publish(editor, page) == ["Sidan är publicerad."]
    assert b"Sista ingressen." in client.get(address).content


def test_unpublishing_keeps_the_draft_beside_it(editor):
    page = full_page()
    change(editor, page, introduction="Utkastets ingress.")
    live = Page.objects.get(pk=page.pk).introduction
    assert editor.post(url(page, "unpublish")).status_code == 302
    assert open_form(editor, page)["introduction"] == "Utkastets ingress."
    assert Page.objects.get(pk=page.pk).introduction == live


def test_unpublishing_ends_the_schedules_so_that_nothing_puts_the_page_back(editor, client):
    page = full_page()
    when = {"publish_at_0": "2031-01-01", "publish_at_1": "12:00"}
    change(editor, page, "_schedule", introduction="Ny ingress.", **when)
    assert newest(page).publish_at
    assert editor.post(url(page, "unpublish")).status_code == 302
    assert newest(page).publish_at is None
    assert publish_due(timezone.now() + timedelta(days=9999)) == ([], [])
    assert client.get(page.get_absolute_url()).status_code == 404
    assert open_form(editor, page)["introduction"] == "Ny ingress."


def test_buttons_and_links_point_at_the_live_address_not_the_drafted_one(editor):
    page = factories.make_news(slug="gammal")
    change(editor, page, slug="ny")
    shown = editor.get(url(page)).content.decode()
    assert f'href="{page.get_absolute_url()}" class="viewsitelink"' in shown
    assert "/ny/" not in shown
    assert {"_publish", "_save", "_schedule"} <= buttons(editor.get(url(page)))


def test_publishing_runs_the_models_own_save_and_checks(editor):
    """Not raw: rich text is cleaned, the path is made, and what an activity must have is asked for."""
    page = factories.make_page()
    content = snapshot(page)
    content["fields"]["body"] = "<p>Hej<script>alert(1)</script></p>"
    publish(page, save_draft(page, content, 1, None), None)
    page.refresh_from_db()
    assert page.body == "<p>Hej</p>"
    activity = factories.make_activity()
    content = snapshot(activity)
    content["fields"]["kind_of_activity"] = "fest"
    with pytest.raises(ValidationError, match="Slag"):
        publish(activity, save_draft(activity, content, 1, None), None)
    assert Activity.objects.get(pk=activity.pk).kind_of_activity == "program"


def test_publishing_takes_a_lock_on_the_page_where_the_database_has_one():
    page = factories.make_page()
    revision = save_draft(page, snapshot(page), 1, None)
    with CaptureQueriesContext(connection) as queries:
        publish(page, revision, None)
    locks = [query for query in queries.captured_queries if "FOR UPDATE" in query["sql"]]
    assert bool(locks) is connection.features.has_select_for_update
    assert Revision.objects.get(pk=revision.pk).published_at is not None
