"""The preview is the page that publishing makes: to the byte, for every kind of page."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry

from pages.models import Page
from platforms.models import Platform
from publishing.models import content_models
from tests import factories
from tests.publishing.posting import (
    FULL,
    MARKER,
    add_row,
    change,
    full_area,
    full_page,
    full_platform,
    make_member,
    make_new,
    marked_texts,
    newest,
    open_form,
    post,
    url,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, make_staff):
    client.force_login(make_staff("Redaktör"))
    return client


def preview(client, page, **query):
    response = client.get(url(page, "preview"), query)
    assert response.status_code == 200
    return response.content.decode()


def public(client, page):
    page.refresh_from_db()
    response = client.get(page.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("make", FULL)
def test_without_a_draft_the_preview_is_the_live_page(make, editor):
    page = make()
    assert preview(editor, page) == public(editor, page)


@pytest.mark.parametrize("make", FULL)
def test_the_preview_is_the_page_after_publishing(make, editor):
    page = make()
    change(editor, page, **marked_texts(type(page)))
    previewed = preview(editor, page)
    assert MARKER in previewed
    assert MARKER not in public(editor, page)
    change(editor, page, "_publish")
    assert public(editor, page) == previewed


@pytest.mark.parametrize("make", FULL)
def test_the_preview_has_the_address_that_the_draft_asks_for(make, editor):
    page = make()
    change(editor, page, slug="en-ny-adress")
    previewed = preview(editor, page)
    change(editor, page, "_publish")
    assert "en-ny-adress" in page.__class__.objects.get(pk=page.pk).get_absolute_url()
    assert public(editor, page) == previewed


@pytest.mark.parametrize("model", content_models())
def test_a_page_never_published_is_previewed_as_it_will_be(model, editor):
    area, platform = factories.make_area(), factories.make_platform()
    person, deputy = factories.make_person(), factories.make_person()
    choices = {"kind_of_activity": "program", "icon": "andt"}
    relations = {
        "responsible": person.pk,
        "deputy": deputy.pk,
        "area": area.pk,
        "platform": platform.pk,
    }
    offered = open_form(editor, model)
    typed = {name: str(value) for name, value in (choices | relations).items() if name in offered}
    page = make_new(editor, model, slug="ny", **marked_texts(model), **typed)
    previewed = preview(editor, page)
    assert MARKER in previewed
    change(editor, page, "_publish")
    assert public(editor, page) == previewed


def test_added_deleted_and_reordered_rows_stand_in_the_order_they_will_have(editor):
    page = full_page()
    fields = open_form(editor, page) | {"sections-1-DELETE": "on", "sections-0-order": "8"}
    fields = add_row(fields, "sections", heading="Ny sist", order="9")
    fields = add_row(fields, "sections", heading="Ny först", order="0")
    post(editor, page, fields)
    previewed = preview(editor, page)
    places = [previewed.index(f">{name}<") for name in ("Ny först", "Tredje", "Första", "Ny sist")]
    assert places == sorted(places)
    change(editor, page, "_publish")
    assert public(editor, page) == previewed


def test_rows_of_the_same_order_stand_as_the_database_will_sort_them(editor):
    page = full_page()
    fields = open_form(editor, page)
    post(editor, page, fields | {"sections-0-order": "5", "sections-1-order": "4"})
    fields = open_form(editor, page)
    same = {f"sections-{n}-order": "1" for n in range(3)}
    post(editor, page, fields | same)
    previewed = preview(editor, page)
    change(editor, page, "_publish")
    assert public(editor, page) == previewed


def test_members_stand_in_swedish_order_also_when_they_are_new(editor):
    platform = full_platform()
    fields = open_form(editor, platform)
    for name in ("Öresund", "Björk", "Åker"):
        fields = add_row(
            fields, "memberships", organisation=str(factories.make_organisation(name=name).pk)
        )
    post(editor, platform, fields)
    previewed = preview(editor, platform)
    places = [
        previewed.index(f"<dt>{name}") for name in ("Aros", "Björk", "Åker", "Ängen", "Öresund")
    ]
    assert places == sorted(places)
    change(editor, platform, "_publish")
    assert public(editor, platform) == previewed


def test_many_to_many_stands_in_its_own_order(editor):
    area = full_area()
    lines = [factories.make_helpline(order=order) for order in (3, 1, 2)]
    change(editor, area, helplines=[str(line.pk) for line in lines])
    previewed = preview(editor, area)
    places = [previewed.index(lines[number].name) for number in (1, 2, 0)]
    assert places == sorted(places)
    change(editor, area, "_publish")
    assert public(editor, area) == previewed


def test_the_preview_shows_no_draft_but_its_own(editor):
    """What other pages have in draft is not in it: it would not be on the page either."""
    area = full_area()
    hidden = area.activities.get(status="utkast")
    change(editor, area.activities.get(title="Ansvar"), title=f"{MARKER} insats")
    change(editor, area, introduction="Ny ingress.")
    previewed = preview(editor, area)
    assert hidden.title not in previewed
    assert MARKER not in previewed
    platform = full_platform()
    assert "Gömd" not in preview(editor, platform)


OLD = {"content_changed_on": date(2022, 1, 17)}


@pytest.mark.parametrize(
    "typed",
    [
        {"introduction": "Ny ingress."},
        {"sections-0-text": "<p>Nytt.</p>"},
        {"introduction": "Ny ingress.", "minor_change": "on"},
        {"review_on": "2031-01-01"},
    ],
)
def test_the_preview_has_the_date_that_publishing_gives_the_page(typed, editor):
    page = full_page()
    Page.objects.filter(pk=page.pk).update(**OLD)
    change(editor, page, **typed)
    previewed = preview(editor, page)
    again = {name: value for name, value in typed.items() if name == "minor_change"}
    change(editor, page, "_publish", **again)
    assert public(editor, page) == previewed
    moved = "review_on" not in typed and "minor_change" not in typed
    assert ("2022-01-17" not in previewed) is moved


def test_an_older_version_is_previewed_by_its_number(editor):
    page = full_page()
    change(editor, page, introduction="Första ingressen.")
    change(editor, page, introduction="Andra ingressen.")
    assert "Första ingressen." in preview(editor, page, version="1")
    assert "Andra ingressen." in preview(editor, page)
    for number in ("99", "-1", "ett", "1" * 30, "²"):
        assert editor.get(url(page, "preview"), {"version": number}).status_code == 404


def test_the_preview_is_neither_stored_nor_indexed(editor):
    page = full_page()
    change(editor, page, introduction="Ny ingress.")
    response = editor.get(url(page, "preview"))
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]


def test_the_preview_takes_no_version_of_another_page(editor):
    page, other = full_page(), full_page()
    change(editor, other, introduction=MARKER)
    assert editor.get(url(page, "preview"), {"version": "1"}).status_code == 404


def test_whoever_may_see_the_page_may_preview_it_and_nobody_else(editor, client):
    page = full_page()
    change(editor, page, introduction=MARKER)
    client.force_login(make_member("ser", "pages.view_page"))
    assert MARKER in preview(client, page)
    client.force_login(make_member("annan", "news.view_newsitem", "news.change_newsitem"))
    assert client.get(url(page, "preview")).status_code == 403
    client.logout()
    response = client.get(url(page, "preview"))
    assert response.status_code == 302
    assert "login" in response["Location"]


def test_nothing_dangerous_gets_into_the_preview(editor):
    page = full_page()
    evil = "<p>Hej<script>alert(1)</script><img src=x onerror=alert(2)></p>"
    change(
        editor,
        page,
        title="<script>alert(3)</script>",
        body=evil,
        **{"sections-0-text": evil, "sections-0-heading": "<b onclick=x>Rubrik</b>"},
    )
    previewed = preview(editor, page)
    for bad in ("<script>alert", "onerror", "<b onclick"):
        assert bad not in previewed
    assert "&lt;script&gt;alert(3)" in previewed
    assert "onerror" not in str(newest(page).content["fields"]["body"])


@pytest.mark.parametrize("model", [Page, Platform])
def test_a_page_that_does_not_exist_has_no_preview(model, editor):
    response = editor.get(url(model(pk=987654), "preview"))
    assert response.status_code == 302
    assert editor.get(f"/admin/{model._meta.app_label}/x'/forhandsgranska/").status_code in {
        302,
        404,
    }


def test_the_button_preview_saves_what_is_typed_before_it_is_shown(editor):
    page = full_page()
    response = post(editor, page, open_form(editor, page) | {"introduction": MARKER}, "_preview")
    assert response["Location"] == url(page, "frame")
    assert newest(page).content["fields"]["introduction"] == MARKER
    assert MARKER in editor.get(url(page, "preview")).content.decode()


def test_but_it_makes_no_version_of_what_nobody_has_changed(editor):
    page = full_page()
    before = LogEntry.objects.count()
    response = post(editor, page, open_form(editor, page), "_preview")
    assert response["Location"] == url(page, "frame")
    assert newest(page) is None
    assert LogEntry.objects.count() == before
