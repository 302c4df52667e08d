"""Redaktör and Granskare under the two settings, with the buttons and with forged posts."""

import pytest
from django.test import Client

from news.models import NewsItem
from pages.models import Page
from publishing.drafts import save_draft
from publishing.models import Revision
from publishing.snapshots import snapshot
from tests import factories
from tests.publishing.posting import (
    FULL,
    MARKER,
    buttons,
    change,
    errors,
    form_fields,
    full_page,
    full_platform,
    make_new,
    newest,
    open_form,
    post,
    url,
)

pytestmark = pytest.mark.django_db

PUBLISHING = {"_publish": {}, "_schedule": {"publish_at_0": "2031-01-01", "publish_at_1": "12:00"}}
TELL = "Din text publiceras av en granskare. Spara utkastet och säg till."
READ_ONLY = "Du kan läsa sidan men inte ändra den."


def browser(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editor(make_staff):
    return browser(make_staff("Redaktör", username="redaktör"))


@pytest.fixture
def reviewer(make_staff):
    return browser(make_staff("Granskare", username="granskare"))


@pytest.fixture
def me(editor, django_user_model):
    """The function that the editor holds."""
    return factories.make_person(user=django_user_model.objects.get(username="redaktör"))


@pytest.fixture
def four_eyes(settings):
    settings.EDITORS_PUBLISH = False


@pytest.fixture
def own_pages(settings):
    settings.OWN_PAGES_ONLY = True


# --- A reviewer -----------------------------------------------------------------------------------


@pytest.mark.parametrize("make", FULL)
@pytest.mark.parametrize("strict", [True, False])
def test_a_reviewer_changes_and_publishes_everything(make, strict, reviewer, settings):
    settings.EDITORS_PUBLISH, settings.OWN_PAGES_ONLY = not strict, strict
    page = make()
    assert {"_publish", "_schedule", "_save"} <= buttons(reviewer.get(url(page)))
    change(reviewer, page, introduction="Granskad.")
    change(reviewer, page, "_publish")
    page.refresh_from_db()
    assert page.introduction == "Granskad."
    assert newest(page).created_by.username == "granskare"
    assert reviewer.post(url(page, "unpublish")).status_code == 302
    assert reviewer.get(url(page, "delete")).status_code == 403
    assert reviewer.get(url(type(page), "add")).status_code == 403


# --- Editors publish, or do not -------------------------------------------------------------------


@pytest.mark.parametrize("make", FULL)
def test_an_editor_publishes_while_the_setting_is_on(make, editor):
    page = make()
    change(editor, page, "_publish", introduction="Ny ingress.")
    page.refresh_from_db()
    assert page.introduction == "Ny ingress."
    assert TELL not in editor.get(url(page)).content.decode()


@pytest.mark.parametrize("make", FULL)
def test_with_four_eyes_an_editor_writes_and_is_told_who_publishes(
    make, editor, reviewer, four_eyes
):
    page = make()
    response = editor.get(url(page))
    assert not {"_publish", "_schedule"} & buttons(response)
    assert TELL in response.content.decode()
    assert TELL in editor.get(url(type(page), "add")).content.decode()
    assert "Avpublicera" not in response.content.decode()
    change(editor, page, introduction=MARKER)
    before = type(page).objects.filter(pk=page.pk).values().get()
    for button, typed in PUBLISHING.items():
        assert post(editor, page, open_form(editor, page) | typed, button).status_code == 403
    assert editor.post(url(page, "unpublish")).status_code == 403
    assert newest(page).number == 1
    assert type(page).objects.filter(pk=page.pk).values().get() == before
    assert TELL not in reviewer.get(url(page)).content.decode()
    change(reviewer, page, "_publish")
    page.refresh_from_db()
    assert page.introduction == MARKER


@pytest.mark.parametrize("button", PUBLISHING)
def test_with_four_eyes_a_forged_publication_of_a_new_page_makes_no_row(button, editor, four_eyes):
    fields = open_form(editor, Page) | {"title": "Ny", "slug": "ny", "introduction": "Ingress."}
    fields |= {"responsible": str(factories.make_person().pk)} | PUBLISHING[button]
    assert post(editor, Page, fields, button).status_code == 403
    assert not Page.objects.exists()
    assert not Revision.objects.exists()


# --- Only one's own pages -------------------------------------------------------------------------


@pytest.mark.parametrize("make", FULL)
def test_another_ones_page_is_read_and_not_changed(make, editor, me, own_pages):
    page = make()
    fields = open_form(browser_of_superuser(), page)
    response = editor.get(url(page))
    assert response.status_code == 200
    assert READ_ONLY in response.content.decode()
    assert page.introduction in response.content.decode()
    assert not {"_save", "_publish", "_schedule"} & buttons(response)
    for button in ("_save", *PUBLISHING):
        assert post(editor, page, fields | PUBLISHING.get(button, {}), button).status_code == 403
    for name in ("restore", "unpublish", "delete", "share"):
        sent = {"version": "0", "days": "7", "post": "yes"}
        assert editor.post(url(page, name), sent).status_code == 403
    for name in ("preview", "frame", "versions"):
        assert editor.get(url(page, name)).status_code == 200
    assert not Revision.objects.exists()
    assert type(page).objects.filter(pk=page.pk, status="publicerad").exists()


def browser_of_superuser():
    from django.contrib.auth import get_user_model

    user, _made = get_user_model().objects.get_or_create(
        username="chef", defaults={"is_staff": True, "is_superuser": True}
    )
    return browser(user)


@pytest.mark.parametrize("role", ["responsible", "deputy"])
def test_ones_own_page_is_changed_published_and_deleted(role, editor, me, own_pages):
    item = factories.make_news(**{role: me})
    assert READ_ONLY not in editor.get(url(item)).content.decode()
    change(editor, item, introduction="Min ingress.")
    assert editor.post(url(item, "restore"), {"version": "0"}).status_code == 302
    change(editor, item, "_publish", introduction="Min ingress.")
    item.refresh_from_db()
    assert item.introduction == "Min ingress."
    assert editor.post(url(item, "unpublish")).status_code == 302
    change(editor, item, "_publish")
    assert editor.post(url(item, "delete"), {"post": "yes"}).status_code == 302
    assert not NewsItem.objects.exists()


def test_a_draft_that_names_me_does_not_make_a_published_page_mine(editor, me, own_pages):
    page = full_page()
    content = snapshot(page)
    content["fields"] |= {"responsible": me.pk, "deputy": None}
    save_draft(page, content, 1, None)
    assert READ_ONLY in editor.get(url(page)).content.decode()
    assert editor.post(url(page, "unpublish")).status_code == 403


def test_nor_does_a_draft_that_names_another_take_it_away(editor, me, own_pages):
    page = factories.make_page(responsible=me)
    change(editor, page, responsible=str(factories.make_person().pk))
    assert "_publish" in buttons(editor.get(url(page)))
    change(editor, page, "_publish")
    assert READ_ONLY in editor.get(url(page)).content.decode()


def test_without_a_function_no_published_page_is_ones_own(editor, own_pages):
    page = factories.make_page()
    assert READ_ONLY in editor.get(url(page)).content.decode()


def test_the_list_deletes_only_ones_own(editor, me, own_pages):
    mine, other = factories.make_news(responsible=me), factories.make_news()
    sent = {"action": "delete_selected", "post": "yes"}
    address = url(NewsItem, "changelist")
    both = {"_selected_action": [str(mine.pk), str(other.pk)]}
    assert editor.post(address, sent | both).status_code == 403
    assert NewsItem.objects.count() == 2
    assert editor.post(address, sent | {"_selected_action": [str(mine.pk)]}).status_code == 302
    assert list(NewsItem.objects.all()) == [other]


def test_a_new_page_may_be_added_and_kept_writing_on_by_its_maker(
    editor, me, own_pages, make_staff
):
    other = str(factories.make_person().pk)
    page = make_new(editor, NewsItem, title="Ny", slug="ny", introduction="I.", responsible=other)
    change(editor, page, introduction="Mer.")
    colleague = browser(make_staff("Redaktör", username="kollega"))
    assert READ_ONLY in colleague.get(url(page)).content.decode()
    page.refresh_from_db()
    fields = open_form(editor, page)
    assert post(editor, page, fields, "_publish").status_code in {200, 403}
    page.refresh_from_db()
    assert page.status == "utkast"


def test_a_new_page_for_me_made_by_another_is_mine(editor, me, own_pages):
    page = make_new(browser_of_superuser(), NewsItem, title="Till dig", responsible=str(me.pk))
    change(editor, page, "_publish", slug="till-dig", introduction="Ingress.")
    page.refresh_from_db()
    assert page.status == "publicerad"


def test_publishing_a_new_page_for_another_is_refused_in_words_and_keeps_the_text(
    editor, me, own_pages
):
    fields = open_form(editor, NewsItem) | {"title": "Ny", "slug": "ny", "introduction": MARKER}
    another = {"responsible": str(factories.make_person().pk)}
    response = post(editor, NewsItem, fields | another, "_publish")
    assert response.status_code == 200
    assert any(
        "Du kan bara publicera sidor där du själv är ansvarig" in e for e in errors(response)
    )
    assert form_fields(response)["introduction"] == MARKER
    assert not NewsItem.objects.exists()
    mine = {"responsible": str(me.pk), "deputy": another["responsible"]}
    assert post(editor, NewsItem, fields | mine, "_publish").status_code == 302
    assert NewsItem.objects.get().status == "publicerad"


def test_both_settings_together(editor, me, own_pages, four_eyes):
    mine = factories.make_page(responsible=me)
    assert TELL in editor.get(url(mine)).content.decode()
    change(editor, mine, introduction="Ny ingress.")
    assert post(editor, mine, open_form(editor, mine), "_publish").status_code == 403
    assert READ_ONLY in editor.get(url(full_platform())).content.decode()


def test_what_one_may_search_in_a_form_does_not_depend_on_whose_it_is(editor, own_pages):
    factories.make_page(title="Någon annans")
    query = {"app_label": "pages", "model_name": "page", "field_name": "parent", "term": "annans"}
    response = editor.get("/admin/autocomplete/", query)
    assert [row["text"] for row in response.json()["results"]] == ["Någon annans"]


def test_nobody_makes_themselves_responsible_by_taking_over_a_function(
    editor, own_pages, django_user_model
):
    page = factories.make_page()
    user, person = django_user_model.objects.get(username="redaktör"), page.responsible
    address = f"/admin/organisation/person/{person.pk}/change/"
    fields = form_fields(editor.get(address)) | {"user": str(user.pk)}
    assert editor.post(address, fields).status_code == 302
    person.refresh_from_db()
    assert person.user is None
    assert READ_ONLY in editor.get(url(page)).content.decode()
