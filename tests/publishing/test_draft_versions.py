"""Every version is kept: it can be read, compared word by word and made a draft again."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils.html import strip_tags

from pages.models import Page
from publishing.compare import compare, mark_words
from publishing.drafts import SavedMeanwhile, draft_of, save_draft
from publishing.models import Revision, content_models
from publishing.snapshots import snapshot
from tests import factories
from tests.crawl import words
from tests.publishing.posting import (
    FULL,
    add_row,
    change,
    full_area,
    full_page,
    full_platform,
    make_new,
    marked_texts,
    messages,
    newest,
    open_form,
    parse,
    post,
    rows_in,
    url,
    versions,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, make_staff):
    client.force_login(make_staff("Redaktör"))
    return client


def compared(client, page, **query):
    """{label: (left cell, right cell)} of the comparison, the marks kept as HTML."""
    response = client.get(url(page, "compare"), query)
    assert response.status_code == 200
    rows = re.findall(
        r'<tr><th scope="row">(.*?)</th><td>(.*?)</td><td>(.*?)</td></tr>',
        response.content.decode(),
        flags=re.DOTALL,
    )
    return {label: (left, right) for label, left, right in rows}


# --- Who, when and what ---------------------------------------------------------------------------


def test_versions_are_listed_with_who_note_and_whether_they_were_published(editor):
    page = full_page()
    change(editor, page, "_publish", note="Ny tid för <b>föreläsningen</b>")
    change(editor, page, introduction="Ny ingress.")
    response = editor.get(url(page, "versions"))
    rows = [[words(cell) for cell in row] for row in parse(response).iter("tr")][1:]
    assert [row[0] for row in rows] == ["2", "1", "0"]
    assert [row[3] for row in rows] == ["nn", "nn", "–"]
    assert rows[1][4] == "Ny tid för <b>föreläsningen</b>"
    assert [row[5] == "Nej" for row in rows] == [True, False, False]


def test_the_numbers_of_versions_have_no_gap_and_no_twin(editor):
    page = full_page()
    for button in ("_save", "_publish", "_save", "_save", "_publish"):
        change(editor, page, button, introduction=f"Ingress {button}.")
    editor.post(url(page, "restore"), {"version": "2"})
    assert list(versions(page).values_list("number", flat=True)) == [6, 5, 4, 3, 2, 1, 0]


def test_what_was_published_before_the_first_draft_is_version_0(editor):
    page = full_page()
    before = snapshot(page)
    change(editor, page, introduction="Ny ingress.")
    change(editor, page, introduction="Ännu en.")
    original = versions(page).get(number=0)
    assert original.content["rows"] == before["rows"]
    assert original.content["fields"]["introduction"] == before["fields"]["introduction"]
    assert original.published_at is not None
    new = make_new(editor, Page, title="Ny")
    assert list(versions(new).values_list("number", flat=True)) == [1]


def test_the_log_says_what_was_changed_against_the_draft(editor):
    page = full_page()
    change(editor, page, introduction="Ny ingress.")
    change(editor, page, introduction="Ny ingress.", **{"sections-0-heading": "Ny rubrik"})
    latest = LogEntry.objects.order_by("pk").last()
    assert "Ingress" not in latest.get_change_message()
    assert "Rubrik" in latest.get_change_message()
    assert latest.object_id == str(page.pk)


# --- Comparing ------------------------------------------------------------------------------------


def test_the_words_that_differ_are_marked():
    assert mark_words("Vi ses på torsdag klockan tre", "Vi ses på fredag klockan tre") == (
        "Vi ses på <del>torsdag</del> klockan tre",
        "Vi ses på <ins>fredag</ins> klockan tre",
    )
    assert mark_words("", "Ny text") == ("", "<ins>Ny text</ins>")
    assert mark_words("Bort", "") == ("<del>Bort</del>", "")
    assert mark_words("<b>& x", "<b>& y") == (
        "&lt;b&gt;&amp; <del>x</del>",
        "&lt;b&gt;&amp; <ins>y</ins>",
    )


def test_a_comparison_has_swedish_labels_marked_words_and_names_of_targets(editor):
    area, other = full_area(), factories.make_area(title="Annat")
    area.title = "Något"
    area.save()
    activity = factories.make_activity(area=area, introduction="Vi ses på torsdag.", stage="pagar")
    line = factories.make_helpline(name="Jourlinjen", number="020-99")
    change(
        editor,
        activity,
        introduction="Vi ses på fredag.",
        area=str(other.pk),
        stage="klar",
        is_sensitive="on",
        body="<p>Stycke ett.</p>",
    )
    assert compared(editor, activity, fran="0", till="1") == {
        "Ingress": ("Vi ses på <del>torsdag.</del>", "Vi ses på <ins>fredag.</ins>"),
        "Text": ("", "<ins>Stycke ett.</ins>"),
        "Verksamhetsområde": (
            "<del>Något</del>",
            "<ins>Annat</ins>",
        ),
        "Läge": ("<del>Pågår</del>", "<ins>Klar</ins>"),
        "Känslig sida": ("<del>Nej</del>", "<ins>Ja</ins>"),
    }
    change(editor, area, helplines=[str(line.pk)])
    left, right = compared(editor, area, fran="0", till="1")["Hjälpnummer"]
    assert right == "<ins>Jourlinjen</ins> <ins>020-99</ins>"
    assert all(old.name in strip_tags(left) for old in area.helplines.all())


def test_rows_are_compared_one_by_one(editor):
    page = full_page()
    fields = open_form(editor, page) | {
        "sections-0-text": "<p>Ett och mer.</p>",
        "sections-1-DELETE": "on",
    }
    post(editor, page, add_row(fields, "sections", heading="Fjärde", order="4"))
    found = compared(editor, page, fran="0", till="1")
    assert found["Avsnitt 1: Text"] == ("<del>Ett.</del>", "<ins>Ett och mer.</ins>")
    assert found["Avsnitt 2: Rubrik"] == ("<del>Andra</del>", "")
    assert found["Avsnitt 4: Rubrik"] == ("", "<ins>Fjärde</ins>")


def test_members_are_compared_by_name(editor):
    platform = full_platform()
    organisation = factories.make_organisation(name="Tekniska museet")
    fields = open_form(editor, platform)
    post(editor, platform, add_row(fields, "memberships", organisation=str(organisation.pk)))
    found = compared(editor, platform, fran="1")
    assert found == {"Deltagare 4: Organisation": ("<del>Tekniska museet</del>", "")}


@pytest.mark.parametrize("make", FULL)
def test_a_version_compared_with_itself_or_its_published_page_shows_nothing(make, editor):
    page = make()
    typed = {
        "publish_from_0": "2020-01-01",
        "publish_from_1": "12:00:00",
        "is_sensitive": True,
    }
    change(editor, page, "_publish", **marked_texts(type(page)), **typed)
    assert compared(editor, page, fran="1", till="1") == {}
    assert compared(editor, page, fran="1") == {}
    shown = editor.get(url(page, "compare"), {"fran": "1"}).content.decode()
    assert "Inget skiljer." in shown


def test_times_are_compared_as_an_editor_reads_them(editor):
    page = factories.make_page()
    change(editor, page, publish_from_0="2031-07-01", publish_from_1="12:00:00")
    left, right = compared(editor, page, fran="0", till="1")["Visas från"]
    assert left == ""
    assert right == "<ins>1 juli 2031, kl. 12.00</ins>"


def test_a_comparison_is_text_and_never_markup(editor):
    page = full_page()
    evil = "<script>alert(1)</script>"
    change(
        editor,
        page,
        title=evil,
        introduction=f'"><img src=x onerror=alert(2)> {evil}',
        body="<p>&lt;script&gt;alert(3)&lt;/script&gt;</p>",
        note=evil,
        **{"sections-0-heading": evil},
    )
    for address in ("?fran=0&till=1", "?fran=1", "?fran=1&till=0"):
        shown = editor.get(url(page, "compare") + address).content.decode()
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
        assert "&lt;script&gt;alert(1)" in shown
        assert "&lt;script&gt;alert(3)" in shown
    assert "<script>alert" not in editor.get(url(page, "versions")).content.decode()
    assert "<script>alert" not in editor.get(url(page)).content.decode()


@pytest.mark.parametrize(
    "query", ["", "?fran=99", "?fran=x", "?fran=1&till=99", "?till=1", "?fran=-1"]
)
def test_a_comparison_of_what_is_not_there_is_not_found(query, editor):
    page = full_page()
    change(editor, page)
    assert editor.get(url(page, "compare") + query).status_code == 404


def test_versions_of_one_page_are_not_those_of_another_with_the_same_key(editor):
    page = factories.make_page()
    item = factories.make_news(pk=page.pk)
    change(editor, page, introduction="Sidans ingress.")
    assert versions(item).count() == 0
    assert editor.get(url(item, "compare"), {"fran": "1"}).status_code == 404
    assert draft_of(item) is None


def test_compare_reads_versions_of_every_kind_with_names_missing():
    empty = {"fields": {}, "m2m": {}, "rows": {}}
    for make in FULL:
        page = make()
        full = snapshot(page)
        assert compare(type(page), empty, full)
        assert compare(type(page), full, empty)
        assert compare(type(page), full, full) == []


# --- Restoring ------------------------------------------------------------------------------------


def test_restoring_makes_a_new_draft_and_leaves_the_live_page(editor, client):
    page = full_page()
    fields = open_form(editor, page) | {"introduction": "Ny ingress.", "sections-1-DELETE": "on"}
    post(editor, page, fields, "_publish")
    live = client.get(page.get_absolute_url()).content
    for method in (editor.get, editor.head):
        assert method(url(page, "restore"), {"version": "0"}).status_code == 403
    assert newest(page).number == 1
    response = editor.post(url(page, "restore"), {"version": "0"})
    assert response["Location"] == url(page)
    assert client.get(page.get_absolute_url()).content == live
    assert newest(page).note == "Återställd från version 0"
    assert newest(page).created_by.username == "nn"
    shown = open_form(editor, page)
    # "Andra" is no live row any more: it stands last in the form, and in its place on the page.
    assert rows_in(shown, "sections", "heading") == ["Första", "Tredje", "Andra"]
    assert rows_in(shown, "sections", "order") == ["1", "3", "2"]
    assert shown["introduction"] == versions(page).get(number=0).content["fields"]["introduction"]
    change(editor, page, "_publish")
    assert [section.heading for section in page.sections.all()] == ["Första", "Andra", "Tredje"]


def test_a_restored_version_has_its_old_title_in_the_list_of_versions(editor):
    page = full_page()
    old = page.title
    change(editor, page, "_publish", title="Ny rubrik")
    editor.post(url(page, "restore"), {"version": "0"})
    rows = [
        [words(cell) for cell in row] for row in parse(editor.get(url(page, "versions"))).iter("tr")
    ]
    assert [row[1] for row in rows[1:]] == [old, "Ny rubrik", old]


def test_of_two_who_restore_at_once_one_is_told_and_nothing_is_lost(editor, monkeypatch):
    page = full_page()
    change(editor, page, introduction="Ny ingress.")

    def saved_meanwhile(*args, **details):
        raise SavedMeanwhile

    monkeypatch.setattr("publishing.draft_views.save_draft", saved_meanwhile)
    response = editor.post(url(page, "restore"), {"version": "0"})
    assert response["Location"] == url(page, "versions")
    said = messages(editor.get(response["Location"]))[-1]
    assert said == (
        "Någon annan sparade sidan just nu. Ingenting är återställt. Se efter och försök igen."
    )
    assert newest(page).number == 1


@pytest.mark.parametrize("version", ["", "99", "-1", "x", None])
def test_restoring_what_is_not_there_is_not_found(version, editor):
    page = full_page()
    change(editor, page)
    sent = {} if version is None else {"version": version}
    assert editor.post(url(page, "restore"), sent).status_code == 404
    assert newest(page).number == 1


# --- Deleting -------------------------------------------------------------------------------------


def delete(client, page):
    assert client.get(url(page, "delete")).status_code == 200
    return client.post(url(page, "delete"), {"post": "yes"})


def last_version(page):
    kind = Revision.objects.filter(
        content_type__app_label=page._meta.app_label, content_type__model=page._meta.model_name
    )
    return kind.filter(object_id=page.pk).first()


def test_deleting_keeps_a_last_version_with_the_rows(editor):
    platform = factories.make_platform(title="Försvinner")
    member = platform.memberships.create(organisation=factories.make_organisation(), role="Leder")
    key = platform.pk
    assert delete(editor, platform).status_code == 302
    platform.pk = key
    kept = last_version(platform)
    assert kept.title == "Försvinner"
    assert kept.content["fields"]["title"] == "Försvinner"
    assert kept.content["rows"]["memberships"][0]["fields"] == {
        "organisation": member.organisation_id,
        "role": "Leder",
    }
    assert kept.created_by.username == "nn"


def test_deleting_several_in_the_list_keeps_a_last_version_of_each(editor):
    items = [factories.make_news(title=f"Nyhet {n}") for n in range(3)]
    sent = {"action": "delete_selected", "post": "yes"}
    sent["_selected_action"] = [str(item.pk) for item in items]
    assert editor.post(url(type(items[0]), "changelist"), sent).status_code == 302
    assert [last_version(item).title for item in items] == [f"Nyhet {n}" for n in range(3)]


@pytest.mark.parametrize("make", [full_page, full_platform, full_area])
def test_a_page_with_a_draft_can_be_deleted(make, editor):
    page = make()
    for below in [*getattr(page, "children", Page.objects.none()).all()]:
        below.delete()
    for name in ("activities", "local_groups"):
        if hasattr(page, name):
            getattr(page, name).all().delete()
    change(editor, page, **marked_texts(type(page)))
    key = page.pk
    assert delete(editor, page).status_code == 302
    page.pk = key
    assert not type(page).objects.filter(pk=key).exists()
    assert last_version(page) is not None


@pytest.mark.parametrize("model", content_models())
def test_what_was_written_in_a_page_never_published_survives_its_deletion(model, editor):
    page = make_new(editor, model, **marked_texts(model))
    key = page.pk
    assert delete(editor, page).status_code == 302
    page.pk = key
    kept = last_version(page).content["fields"]
    texts = marked_texts(model)
    assert {name: kept[name] for name in texts} == texts


def test_the_versions_of_a_deleted_page_are_not_shown_on_another(editor):
    page = factories.make_page()
    change(editor, page, introduction="Hemligt utkast.")
    address = url(page, "versions")
    page.delete()
    response = editor.get(address)
    assert response.status_code == 302
    assert response["Location"] == reverse("admin:index")


def test_a_version_has_no_foreign_key_that_takes_it_along():
    page = factories.make_page()
    save_draft(page, snapshot(page), 1, None)
    key = page.pk
    page.delete()
    assert Revision.objects.filter(object_id=key).count() == 2
