"""Two people in one page: a save over somebody's newer version is refused, and no text is lost."""

from threading import Barrier, Thread

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client

from pages.models import Page
from publishing import admin as publishing_admin
from publishing.drafts import SavedMeanwhile, save_draft
from publishing.models import Revision
from publishing.snapshots import snapshot
from tests.crawl import words
from tests.factories import make_page
from tests.publishing.posting import (
    change,
    errors,
    form_fields,
    full_page,
    make_member,
    newest,
    open_form,
    parse,
    post,
    url,
    versions,
)

NEWER = "har sparat en nyare version sedan du öppnade sidan. Din text finns kvar här."


@pytest.fixture
def two(db, make_staff):
    """Two editors, Alva and Bo, each with a browser."""
    clients = []
    for name in ("Alva", "Bo"):
        client = Client()
        client.force_login(make_staff("Redaktör", username=name))
        clients.append(client)
    return clients


def differences(response):
    """The table of what differs: {field: (the newer version, what the editor wrote)}."""
    (section,) = (e for e in parse(response).iter("section") if "tk-stale" in e.get("class", ""))
    rows = [[words(cell) for cell in row] for row in section.iter("tr")]
    assert rows[0] == ["Fält", "Den nyare versionen", "Din text"]
    return {label: (theirs, mine) for label, theirs, mine in rows[1:]}


def test_a_stale_save_is_refused_with_both_texts_and_refused_again(two):
    alva, bo = two
    page = full_page()
    fields = open_form(bo, page)
    change(alva, page, introduction="Alvas ingress.")
    response = post(bo, page, fields | {"introduction": "Bos ingress.", "note": "Bos anteckning"})
    assert response.status_code == 200
    assert any(f"Alva {NEWER}" in text for text in errors(response))
    kept = form_fields(response)
    assert (kept["introduction"], kept["note"]) == ("Bos ingress.", "Bos anteckning")
    assert differences(response) == {"Ingress": ("Alvas ingress.", "Bos ingress.")}

    again = post(bo, page, kept)
    assert again.status_code == 200
    assert any(NEWER in text for text in errors(again))
    assert newest(page).content["fields"]["introduction"] == "Alvas ingress."
    assert newest(page).number == 1


def test_the_text_of_a_stale_row_is_kept_and_compared(two):
    alva, bo = two
    page = full_page()
    fields = open_form(bo, page)
    change(alva, page, **{"sections-1-text": "<p>Alvas avsnitt.</p>"})
    response = post(bo, page, fields | {"sections-1-text": "<p>Bos avsnitt.</p>"})
    assert response.status_code == 200
    assert form_fields(response)["sections-1-text"] == "<p>Bos avsnitt.</p>"
    assert differences(response) == {"Avsnitt 2: Text": ("Alvas avsnitt.", "Bos avsnitt.")}


def test_the_refused_editor_can_put_the_text_into_the_newer_version(two):
    alva, bo = two
    page = full_page()
    fields = open_form(bo, page)
    change(alva, page, introduction="Alvas ingress.")
    post(bo, page, fields | {"body": "<p>Bos text.</p>"})
    change(bo, page, body="<p>Bos text.</p>")
    saved = newest(page).content["fields"]
    assert (saved["introduction"], saved["body"]) == ("Alvas ingress.", "<p>Bos text.</p>")


@pytest.mark.parametrize("button", ["_save", "_publish"])
@pytest.mark.parametrize("base", ["missing", "", "1", "2", "4", "-1", "tre"])
def test_a_missing_or_wrong_base_is_refused(two, base, button):
    alva = two[0]
    page = make_page()
    for number in range(3):
        change(alva, page, introduction=f"Ingress {number}.")
    fields = open_form(alva, page) | {"introduction": "Över."}
    assert fields.pop("base") == "3"
    if base != "missing":
        fields["base"] = base
    response = post(alva, page, fields, button)
    assert response.status_code == 200
    assert any(NEWER in text for text in errors(response))
    assert versions(page).filter(number__gt=3).count() == 0
    page.refresh_from_db()
    assert page.introduction.startswith("Ingress")


def test_a_base_of_nothing_is_refused_on_a_new_page_too(two):
    fields = open_form(two[0], Page) | {"title": "Ny"}
    del fields["base"]
    response = post(two[0], Page, fields)
    assert response.status_code == 200
    assert form_fields(response)["title"] == "Ny"
    assert not Page.objects.exists()


def test_a_stale_form_with_other_faults_still_opens_with_its_text(two):
    alva, bo = two
    page = full_page()
    fields = open_form(bo, page)
    change(alva, page, introduction="Alvas ingress.")
    wrong = {"introduction": "Bos ingress.", "publish_from_0": "fredag", "sections-0-order": "x"}
    response = post(bo, page, fields | wrong, "_publish")
    assert response.status_code == 200
    assert form_fields(response)["introduction"] == "Bos ingress."
    assert "Ingress" in differences(response)


def test_a_form_opened_before_a_publication_or_a_restore_is_stale(two):
    alva, bo = two
    page = full_page()
    fields = open_form(bo, page)
    change(alva, page, "_publish", introduction="Alvas ingress.")
    assert post(bo, page, fields).status_code == 200
    fields = open_form(bo, page)
    assert alva.post(url(page, "restore"), {"version": "0"}).status_code == 302
    assert post(bo, page, fields).status_code == 200


def test_a_row_that_somebody_removed_does_not_disturb_a_stale_form(two):
    alva, bo = two
    page = full_page()
    fields = open_form(bo, page)
    change(alva, page, "_publish", **{"sections-1-DELETE": "on"})
    response = post(bo, page, fields | {"sections-1-heading": "Bos rubrik"})
    assert response.status_code == 200
    assert form_fields(response)["sections-1-heading"] == "Bos rubrik"
    assert page.sections.count() == 2


def test_what_differs_is_shown_as_text(two):
    alva, bo = two
    page = make_page()
    fields = open_form(bo, page)
    change(alva, page, introduction="<script>alert(1)</script>")
    response = post(bo, page, fields | {"introduction": "<img src=x onerror=alert(2)>"})
    assert differences(response)["Ingress"] == (
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(2)>",
    )
    shown = response.content.decode()
    assert "<script>alert" not in shown
    assert "<img src=x" not in shown


def test_the_number_of_a_version_is_taken_once(two):
    page = make_page()
    save_draft(page, snapshot(page), 1, None)
    for number in (0, 1):
        with pytest.raises(SavedMeanwhile):
            save_draft(page, snapshot(page), number, None)
    assert list(versions(page).values_list("number", flat=True)) == [1, 0]


def test_the_same_number_on_two_pages_is_two_versions(two):
    for page in (make_page(), make_page()):
        save_draft(page, snapshot(page), 1, None)
    assert Revision.objects.filter(number=1).count() == 2


# --- Races ----------------------------------------------------------------------------------------


def press_together(clients, page, posts, button="_save"):
    """Every client posts at the same moment: their responses, in order."""
    ready, answers = Barrier(len(clients)), [None] * len(clients)

    def press(number):
        try:
            ready.wait(timeout=30)
            answers[number] = post(clients[number], page, posts[number], button)
        finally:
            connection.close()

    threads = [Thread(target=press, args=[number]) for number in range(len(clients))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def race(number_of_editors, button):
    page = full_page()
    rights = ["pages.view_page", "pages.change_page", "pages.publish_page"]
    rights += [f"pages.{action}_pagesection" for action in ("view", "add", "change", "delete")]
    clients, posts = [], []
    for number in range(number_of_editors):
        client = Client()
        client.force_login(make_member(f"redaktör{number}", *rights))
        clients.append(client)
        text = f"Ingress av nummer {number}."
        posts.append(open_form(client, page) | {"introduction": text})
    answers = press_together(clients, page, posts, button)
    assert sorted(answer.status_code for answer in answers) == [200] * (number_of_editors - 1) + [
        302
    ]
    assert list(versions(page).values_list("number", flat=True)) == [1, 0]
    (winner,) = (n for n, answer in enumerate(answers) if answer.status_code == 302)
    assert newest(page).content["fields"]["introduction"] == posts[winner]["introduction"]
    assert LogEntry.objects.count() == 1
    for number, answer in enumerate(answers):
        if number != winner:
            assert form_fields(answer)["introduction"] == posts[number]["introduction"]
            assert differences(answer)["Ingress"][0] == posts[winner]["introduction"]
    return page, posts[winner]["introduction"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_of_two_who_press_save_together_one_wins_and_the_other_keeps_the_text(attempt):
    race(2, "_save")


@pytest.mark.django_db(transaction=True)
def test_of_six_who_press_save_together_one_wins():
    race(6, "_save")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_press_publish_together_one_wins():
    page, text = race(2, "_publish")
    page.refresh_from_db()
    assert page.introduction == text
    assert newest(page).published_at is not None


def test_a_post_that_loses_by_a_hair_is_answered_with_its_own_text(two, monkeypatch):
    """The form looks before the other has saved, and writes after: the same every time, without threads."""
    alva, bo = two
    page = full_page()
    fields = open_form(bo, page) | {"introduction": "Bos ingress."}
    change(alva, page, introduction="Alvas ingress.")
    looks = []

    def look_too_early_once(about):
        looks.append(about)
        return None if len(looks) == 1 else newest(about)

    monkeypatch.setattr(publishing_admin, "newest_revision", look_too_early_once)
    response = post(bo, page, fields)
    assert len(looks) == 2
    assert response.status_code == 200
    assert form_fields(response)["introduction"] == "Bos ingress."
    assert differences(response) == {"Ingress": ("Alvas ingress.", "Bos ingress.")}
    assert newest(page).content["fields"]["introduction"] == "Alvas ingress."
    assert LogEntry.objects.count() == 1
