"""Who may see, write, restore, publish and unpublish; a forged post gets no further than the buttons."""

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from pages.models import Page, PageSection
from publishing.models import Revision, content_models
from tests import factories
from tests.publishing.posting import (
    FULL,
    MARKER,
    add_row,
    buttons,
    change,
    full_page,
    full_platform,
    make_member,
    make_new,
    newest,
    open_form,
    post,
    rows_in,
    url,
    versions,
)

pytestmark = pytest.mark.django_db

SIDE_VIEWS = {
    "versions": ("get", {}),
    "compare": ("get", {"fran": "1"}),
    "preview": ("get", {}),
    "restore": ("post", {"version": "1"}),
    "unpublish": ("post", {}),
}
PUBLISHING = {"_publish": {}, "_schedule": {"publish_at_0": "2031-01-01", "publish_at_1": "12:00"}}


def rights(model, *actions):
    return [f"{model._meta.app_label}.{action}_{model._meta.model_name}" for action in actions]


def member(username, *codenames):
    client = Client()
    client.force_login(make_member(username, *codenames))
    return client


@pytest.fixture
def editor(client, make_staff):
    client.force_login(make_staff("Redaktör"))
    return client


@pytest.fixture
def writer(db):
    """Writes pages of every kind and their rows, and publishes nothing."""
    codenames = [
        codename
        for model in content_models()
        for codename in [
            *rights(model, "view", "add", "change", "delete"),
            *(
                codename
                for name in model.owned
                for codename in rights(
                    model._meta.get_field(name).related_model, "view", "add", "change", "delete"
                )
            ),
        ]
    ]
    return member("skribent", *codenames)


@pytest.fixture
def reader(db):
    return member("läsare", *rights(Page, "view"), *rights(PageSection, "view"))


# --- Without the right to publish -----------------------------------------------------------------


@pytest.mark.parametrize("make", FULL)
def test_who_may_not_publish_has_no_button_for_it_but_can_write(make, writer, editor):
    page = make()
    shown = buttons(writer.get(url(page)))
    assert "_save" in shown
    assert not shown & {"_publish", "_schedule"}
    assert {"_publish", "_schedule"} <= buttons(editor.get(url(page)))
    assert "Avpublicera" not in writer.get(url(page)).content.decode()
    assert "Avpublicera" in editor.get(url(page)).content.decode()
    change(writer, page, title=f"{MARKER} rubrik")
    assert newest(page).created_by.username == "skribent"
    assert newest(page).published_at is None


@pytest.mark.parametrize("button", PUBLISHING)
@pytest.mark.parametrize("make", FULL)
def test_a_forged_publication_is_refused_and_writes_nothing(make, button, writer):
    page = make()
    before = type(page).objects.filter(pk=page.pk).values().get()
    fields = open_form(writer, page) | {"introduction": MARKER} | PUBLISHING[button]
    assert post(writer, page, fields, button).status_code == 403
    assert post(writer, page, fields | {"_save": "1"}, button).status_code == 403
    assert not versions(page).exists()
    assert not LogEntry.objects.exists()
    assert type(page).objects.filter(pk=page.pk).values().get() == before


@pytest.mark.parametrize("button", PUBLISHING)
def test_a_forged_publication_of_a_new_page_is_refused_and_makes_no_row(button, writer):
    fields = open_form(writer, Page) | {"title": "Ny", "slug": "ny", "introduction": "Ingress."}
    fields |= {"responsible": str(factories.make_person().pk)} | PUBLISHING[button]
    assert post(writer, Page, fields, button).status_code == 403
    assert not Page.objects.exists()
    assert not Revision.objects.exists()


@pytest.mark.parametrize("forged", [{"status": "publicerad"}, {"status": "arkiverad"}])
def test_a_forged_status_is_ignored(forged, writer, editor, client):
    new = make_new(writer, Page, title="Ny", slug="ny", introduction="Ingress.", **forged)
    assert new.status == "utkast"
    live = factories.make_page()
    for browser in (writer, editor):
        change(browser, live, **forged, content_changed_on="1999-01-01", changed_by="1")
        live.refresh_from_db()
        assert live.status == "publicerad"
    assert "status" not in newest(live).content["fields"]
    change(editor, live, "_publish", content_changed_on="1999-01-01", path="/forfalskad/")
    live.refresh_from_db()
    assert live.content_changed_on.year != 1999
    assert live.path != "/forfalskad/"


def test_a_fixed_address_cannot_be_forged(editor):
    page = factories.make_page(slug="kontakt", address_is_fixed=True)
    other = factories.make_page()
    assert not {"slug", "parent"} & open_form(editor, page).keys()
    change(editor, page, "_publish", slug="annan", parent=str(other.pk), address_is_fixed="")
    page.refresh_from_db()
    assert (page.slug, page.parent_id, page.address_is_fixed) == ("kontakt", None, True)


def test_who_may_not_publish_may_restore_and_preview_but_not_unpublish(writer, client):
    page = full_page()
    change(writer, page, introduction=MARKER)
    live = client.get(page.get_absolute_url()).content
    assert MARKER in writer.get(url(page, "preview")).content.decode()
    assert writer.post(url(page, "restore"), {"version": "0"}).status_code == 302
    assert writer.post(url(page, "unpublish")).status_code == 403
    assert client.get(page.get_absolute_url()).content == live


# --- The side views -------------------------------------------------------------------------------


@pytest.mark.parametrize("make", FULL)
@pytest.mark.parametrize("name", SIDE_VIEWS)
def test_side_views_refuse_who_may_not_see_the_page_and_strangers(name, make, editor):
    page = make()
    change(editor, page, title=f"{MARKER} rubrik")
    method, sent = SIDE_VIEWS[name]
    before = versions(page).count(), type(page).objects.filter(pk=page.pk).values().get()
    others = [model for model in content_models() if model is not type(page)]
    elsewhere = [c for model in others for c in rights(model, "view", "add", "change", "publish")]
    for number, codenames in enumerate([[], elsewhere]):
        refused = getattr(member(f"utan{number}", *codenames), method)(url(page, name), sent)
        assert refused.status_code == 403
        assert MARKER not in refused.content.decode()
    stranger = getattr(Client(), method)(url(page, name), sent)
    assert stranger.status_code == 302
    assert stranger["Location"].startswith("/admin/login/")
    assert (versions(page).count(), type(page).objects.filter(pk=page.pk).values().get()) == before


@pytest.mark.parametrize("name", SIDE_VIEWS)
def test_whether_a_page_exists_is_not_told_to_who_may_not_see_it(name):
    method, sent = SIDE_VIEWS[name]
    without = member("utan")
    for page in (full_page(), Page(pk=987654)):
        assert getattr(without, method)(url(page, name), sent).status_code == 403


@pytest.mark.parametrize(("name", "status"), [("restore", 403), ("unpublish", 200)])
def test_nothing_is_done_by_following_a_link(name, status, editor):
    page = full_page()
    change(editor, page, introduction="Ny ingress.")
    for method in (editor.get, editor.head, editor.options):
        assert method(url(page, name), {"version": "0"}).status_code == status
    page.refresh_from_db()
    assert page.status == "publicerad"
    assert newest(page).number == 1


@pytest.mark.parametrize("name", ["restore", "unpublish"])
def test_a_post_from_another_site_is_refused(name, make_staff):
    page = full_page()
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(make_staff("Redaktör"))
    assert careful.post(url(page, name), {"version": "0"}).status_code == 403
    page.refresh_from_db()
    assert page.status == "publicerad"


# --- Who may only look ----------------------------------------------------------------------------


def test_who_may_only_look_sees_the_draft_and_cannot_write(reader, editor):
    page = full_page()
    change(
        editor, page, introduction=f"{MARKER} ingress", **{"sections-0-heading": f"{MARKER} rad"}
    )
    response = reader.get(url(page))
    shown = response.content.decode()
    assert response.status_code == 200
    assert f"{MARKER} ingress" in shown
    assert f"{MARKER} rad" in shown
    assert not {"_save", "_publish", "_schedule"} & buttons(response)
    assert not {"title", "introduction", "sections-0-heading"} & open_form(reader, page).keys()
    assert "Gör version 0" in editor.get(url(page, "versions")).content.decode()
    for name in ("versions", "preview"):
        assert reader.get(url(page, name)).status_code == 200
    assert "Gör version 0" not in reader.get(url(page, "versions")).content.decode()
    for button in ("_save", "_publish", "_schedule"):
        forged = open_form(editor, page) | {"title": "Kapad"}
        assert post(reader, page, forged, button).status_code == 403
    for name in ("restore", "unpublish"):
        assert reader.post(url(page, name), {"version": "0"}).status_code == 403
    assert newest(page).number == 1


def test_who_may_only_look_sees_the_rows_that_only_the_draft_has(reader, editor):
    page = full_page()
    fields = add_row(open_form(editor, page), "sections", heading=f"{MARKER} ny", order="9")
    post(editor, page, fields)
    response = reader.get(url(page))
    assert f"{MARKER} ny" in response.content.decode()
    assert not [name for name in open_form(reader, page) if name.endswith("-heading")]


def test_who_may_only_look_at_the_rows_keeps_them_all(editor):
    """Also those that only the draft has, which the form does not show to somebody who may not add."""
    platform = full_platform()
    organisation = factories.make_organisation()
    fields = open_form(editor, platform) | {"memberships-0-role": "Ordförande"}
    post(editor, platform, add_row(fields, "memberships", organisation=str(organisation.pk)))
    model = type(platform)
    half = member("halv", *rights(model, "view", "change"), "platforms.view_membership")
    change(half, platform, introduction="Ny ingress.")
    rows = newest(platform).content["rows"]["memberships"]
    assert len(rows) == 4
    assert organisation.pk in [row["fields"]["organisation"] for row in rows]
    assert "Ordförande" in [row["fields"]["role"] for row in rows]
    change(editor, platform, "_publish")
    assert platform.memberships.filter(organisation=organisation).exists()
    assert platform.memberships.count() == 4


def test_who_may_change_but_not_add_or_delete_rows_keeps_them(editor):
    page = full_page()
    fields = add_row(open_form(editor, page), "sections", heading="Fjärde", order="4")
    post(editor, page, fields)
    codenames = [*rights(Page, "view", "change"), *rights(PageSection, "view", "change")]
    half = member("halv", *codenames)
    shown = open_form(half, page)
    sent = shown | {"sections-0-heading": "Första ändrad", "sections-1-DELETE": "on"}
    assert post(half, page, sent).status_code == 302
    drafted = rows_in(open_form(editor, page), "sections", "heading")
    assert drafted == ["Första ändrad", "Andra", "Tredje", "Fjärde"]
