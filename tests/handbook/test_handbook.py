"""The handbook: every chapter is drawn, every screen leads to one, and nothing in it leads nowhere."""

import re

import pytest
from django.contrib import admin
from django.urls import resolve, reverse

from handbook.chapters import FIRST, FOLDER, ORDER, PICTURES, chapters, find_chapter
from handbook.screens import APPS, MODELS, VIEWS, chapter_name_for
from scripts.handbook_pictures import SCREENS
from tests.crawl import Fetched

IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
WRITTEN = [chapter.name for chapter in chapters()]


@pytest.fixture
def reader(client, make_staff):
    """Somebody who may log in and nothing else."""
    client.force_login(make_staff())
    return client


def test_there_is_a_first_chapter():
    assert WRITTEN[0] == FIRST


def test_every_file_is_a_chapter_in_the_order():
    assert {path.stem for path in FOLDER.glob("*.md")} - {"README"} == set(WRITTEN)


def test_the_index_on_disk_lists_every_chapter_in_order():
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    titles = [(chapter.title, f"{chapter.name}.md") for chapter in chapters()]
    assert re.findall(r"^\d+\. \[([^\]]+)\]\(([^)]+)\)$", text, re.MULTILINE) == titles


@pytest.mark.parametrize("name", WRITTEN)
def test_a_chapter_has_one_title_and_no_other_heading_of_that_level(name):
    lines = find_chapter(name).text.splitlines()
    assert lines[0].startswith("# ")
    assert not [line for line in lines[1:] if line.startswith("# ")]


@pytest.mark.django_db
@pytest.mark.parametrize("name", WRITTEN)
def test_a_chapter_is_drawn_and_all_it_links_to_is_there(reader, name):
    page = Fetched("", reader.get(reverse("handbook:chapter", args=[name])))
    assert page.words("h1") == [find_chapter(name).title]
    assert page.parse_errors == []
    links = {link.get("href") for link in page.all("a")} | {i.get("src") for i in page.all("img")}
    own = [link.partition("#")[0] for link in links if link.startswith("/admin/handbok/")]
    assert len(own) >= len(WRITTEN)
    assert [link for link in own if reader.get(link).status_code != 200] == []


@pytest.mark.django_db
def test_what_a_file_may_not_bring_is_left_out(reader, monkeypatch, tmp_path):
    monkeypatch.setattr("handbook.chapters.FOLDER", tmp_path)
    (tmp_path / "komma-igang.md").write_text(
        "# Titel\n<script>x()</script><b onclick='x()'>Ord</b> [a](javascript:x) "
        "[b](texten.md#sa-har) [c](../../README.md)\n\n![Bild](bilder/en.png)\n"
    )
    html = reader.get("/admin/handbok/komma-igang/").content.decode()
    drawn = html[html.index('class="tk-chapter"') :]
    assert "x()" not in drawn
    assert "javascript:" not in drawn
    assert '"/admin/handbok/texten/#sa-har"' in drawn
    assert '"/admin/handbok/bilder/en.png"' in drawn


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["../README.md", "..%2Fkomma-igang.md", "x.svg", ".png"])
def test_only_pictures_in_the_folder_are_answered(reader, name):
    assert reader.get(f"/admin/handbok/bilder/{name}").status_code == 404


# --- From a screen to its chapter -------------------------------------------------------------------------


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model._meta.label)
def test_every_model_in_the_admin_has_a_chapter(model):
    label = model._meta.label_lower
    assert label in MODELS or model._meta.app_label in APPS, "add it to handbook/screens.py"
    assert chapter_name_for(None, model._meta) in ORDER


@pytest.mark.parametrize("name", ["index", "login", "password_change", "password_change_done"])
def test_every_screen_without_a_model_has_a_chapter(name):
    assert chapter_name_for(resolve(reverse(f"admin:{name}"))) == VIEWS[f"admin:{name}"]


def test_an_apps_own_list_has_the_apps_chapter():
    assert chapter_name_for(resolve("/admin/feedback/")) == "synpunkter"


def test_the_table_names_chapters_in_the_order_only():
    assert {*APPS.values(), *MODELS.values(), *VIEWS.values()} <= set(ORDER)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "chapter"),
    [
        ("/admin/alerts/alert/add/", "viktigt-meddelande"),
        ("/admin/organisation/helpline/", "hjalpnummer-och-kontakt"),
        ("/admin/password_change/", "logga-in"),
        ("/admin/search/synonym/", "sok"),
    ],
)
def test_the_header_leads_to_the_screens_chapter(client, make_staff, address, chapter):
    client.force_login(make_staff("Redaktör"))
    page = Fetched(address, client.get(address))
    (link,) = [a for a in page.all("a") if "".join(a.itertext()) == "Hjälp om den här skärmen"]
    assert link.get("href").split("/")[-2] == chapter


@pytest.mark.parametrize("name", ORDER)
def test_every_chapter_is_written(name):
    assert find_chapter(name)


# --- Pictures -------------------------------------------------------------------------------------------


def pictures_in_the_text():
    return [
        (alt, target)
        for path in FOLDER.glob("*.md")
        for alt, target in IMAGE.findall(path.read_text(encoding="utf-8"))
    ]


def test_every_picture_in_the_text_is_made_by_the_script_and_the_reverse():
    assert {target for _alt, target in pictures_in_the_text()} == {
        f"bilder/{name}.png" for name in SCREENS
    }


def test_every_picture_is_there_and_no_other():
    assert {path.name for path in PICTURES.iterdir()} == {f"{name}.png" for name in SCREENS}


def test_every_picture_has_words_and_is_small():
    assert [target for alt, target in pictures_in_the_text() if len(alt) < 15] == []
    assert [path.name for path in PICTURES.glob("*.png") if path.stat().st_size > 120_000] == []
