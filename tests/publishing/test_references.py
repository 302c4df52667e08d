"""References: what is stored for a link, a document or a picture, and what a resident gets of it."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.models import Document
from links.inner import judge_reference
from pages.models import Page
from publishing.references import References, references_in, target_of, with_references
from publishing.richtext import plain, sanitise
from publishing.templatetags.publishing import richtext
from tests.documents.files import make_document
from tests.factories import CONTENT_FACTORIES, make_area, make_page
from tests.pictures.files import make_picture
from tests.publishing.posting import change, make_member, newest, url

pytestmark = pytest.mark.django_db


def link(page, words="länken"):
    return (
        f'<p>Se <a href="sida:{page._meta.label_lower}:{page.pk}" rel="noopener">{words}</a>.</p>'
    )


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


# --- Shown ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", CONTENT_FACTORIES, ids=lambda make: make.__name__)
def test_a_reference_becomes_the_present_address(make, client):
    target = make()
    page = make_page(body=link(target))
    assert f'<a href="{target.get_absolute_url()}">länken</a>' in richtext(page.body)
    target.slug = "en-ny-adress"
    target.save()
    answer = client.get(page.get_absolute_url()).content.decode()
    assert f'<a href="{target.get_absolute_url()}">länken</a>' in answer
    assert "en-ny-adress" in answer
    assert "sida:" not in answer


@pytest.mark.parametrize(
    "gone", ["unpublished", "deleted", "not yet", "no such kind", "not content"]
)
def test_a_target_that_is_not_there_leaves_its_words(gone):
    target = make_page()
    html = link(target)
    if gone == "unpublished":
        Page.objects.update(status="utkast")
    elif gone == "deleted":
        target.delete()
    elif gone == "not yet":
        Page.objects.update(publish_from=datetime.datetime(2999, 1, 1, tzinfo=datetime.UTC))
    else:
        label = "pages.finnsinte" if gone == "no such kind" else "auth.user"
        html = html.replace("pages.page", label)
    assert richtext(html) == "<p>Se länken.</p>"


def test_a_document_of_a_library_that_is_not_built_leaves_its_words():
    assert richtext('<p><a href="dokument:999999" rel="noopener">Planen</a></p>') == "<p>Planen</p>"


def test_a_document_is_a_link_until_it_is_withdrawn():
    document = make_document()
    html = f'<p><a href="dokument:{document.pk}" rel="noopener">Planen</a></p>'
    assert richtext(html) == f'<p><a href="{document.get_absolute_url()}">Planen</a></p>'
    assert judge_reference(f"dokument:{document.pk}").reason == ""
    Document.objects.update(is_withdrawn=True)
    assert richtext(html) == "<p>Planen</p>"
    assert judge_reference(f"dokument:{document.pk}").reason == "not_published"


def test_old_texts_keep_their_links():
    html = '<p><a href="/kontakt/" rel="noopener">Kontakt</a> <a href="https://bra.se/">Brå</a></p>'
    assert richtext(html) == html
    assert richtext(None) == ""


def test_one_query_for_each_kind_on_a_whole_page(client):
    pages, areas = [make_page() for _ in range(6)], [make_area() for _ in range(3)]
    page = make_page(body=link(pages[0]) + link(areas[0]))
    with CaptureQueriesContext(connection) as few:
        client.get(page.get_absolute_url())
    for number, (target, area) in enumerate(zip(pages, areas * 2, strict=True)):
        text = link(target) + link(area) + f'<img src="bild:{make_picture().pk}">'
        page.sections.create(order=number, text=text, text_after=link(target))
    with CaptureQueriesContext(connection) as many:
        answer = client.get(page.get_absolute_url()).content.decode()
    assert answer.count(">länken</a>") == 2 + 3 * 6
    assert answer.count("figure--text") == 6
    # One more, for the pictures.
    assert len(many) == len(few) + 1


def test_no_query_without_references(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert richtext("<p>Text</p>") == "<p>Text</p>"
        assert References.of_page(Page(pk=1, body="<p>x</p>")).show("<p>x</p>") == "<p>x</p>"


def test_the_preview_shows_the_link(client, superuser):
    client.force_login(superuser)
    target, page = make_page(), make_page()
    change(client, page, body=link(target))
    answer = client.get(url(page, "preview")).content.decode()
    assert f'<a href="{target.get_absolute_url()}">länken</a>' in answer


def test_words_without_codes():
    page = make_page()
    assert plain(link(page) + '<img src="bild:1">') == "Se länken."
    assert sanitise(link(page)) == link(page)
    assert references_in(link(page) + '<p><img src="bild:1"></p>') == {
        ("pages.page", page.pk),
        ("pictures.picture", 1),
    }


@pytest.mark.parametrize(
    "reference",
    ["sida:pages.page:0", "sida:pages.page:01", "sida:page:1", "sida:pages.page:1 ", "dokument:x",
     "bild:", "bild:-1", "sida:pages.page:" + "9" * 30, "SIDA:pages.page:1"],
)  # fmt: skip
def test_only_well_formed_references(reference):
    assert target_of(reference) is None
    assert sanitise(f'<p><a href="{reference}">x</a></p>') == "<p>x</p>"
    assert sanitise(f'<p>x</p><img src="{reference}">') == "<p>x</p>"


# --- Pictures and tables ----------------------------------------------------------------------------


def test_a_picture_brings_its_description_from_the_library():
    picture = make_picture(alt="En brygga", caption="Bryggan i hamnen", credit="Anna Foto")
    shown = richtext(f'<p>x</p><img src="bild:{picture.pk}">')
    assert '<figure class="figure figure--text">' in shown
    for part in (
        'alt="En brygga"',
        'loading="lazy"',
        f'width="{picture.width}"',
        "Bryggan i hamnen",
        "Anna Foto",
    ):
        assert part in shown


def test_a_picture_whose_consent_has_ended_leaves_by_itself():
    picture = make_picture(consent_until=datetime.date(2020, 1, 1))
    assert richtext(f'<p>x</p><img src="bild:{picture.pk}"><p>y</p>') == "<p>x</p><p>y</p>"
    picture.delete()
    assert richtext(f'<p>x</p><img src="bild:{picture.pk}"><p>y</p>') == "<p>x</p><p>y</p>"


def test_a_table_scrolls_by_itself_and_has_a_name():
    shown = richtext(
        "<table><caption>Tider & <strong>dagar</strong></caption><tbody></tbody></table>"
    )
    assert 'role="region" tabindex="0" aria-label="Tider & dagar"><table>' in shown
    assert shown.endswith("</table></div>")
    assert 'aria-label="Tabell"' in richtext("<table><tbody></tbody></table>")


# --- Stored -----------------------------------------------------------------------------------------


def test_our_own_address_becomes_a_reference_when_it_is_sent(client, superuser):
    client.force_login(superuser)
    target, page = make_page(), make_page()
    for address in (target.get_absolute_url(), f"https://trygg.example{target.get_absolute_url()}"):
        change(client, page, body=f'<p><a href="{address}">x</a></p>')
        assert f'href="sida:pages.page:{target.pk}"' in newest(page).content["fields"]["body"]


def test_other_addresses_stay():
    draft = make_page(status="utkast")
    for address in (
        "https://www.bra.se/",
        "https://evil.example" + make_page().get_absolute_url(),
        draft.get_absolute_url(),
        make_page().get_absolute_url() + "#del",
        "/sok/",
        "/finns-inte/",
        "mailto:a@b.example",
        "http://[",
    ):
        html = f'<p><a href="{address}" rel="noopener">x</a></p>'
        assert with_references(html) == html


# --- What the editor asks for -----------------------------------------------------------------------


def test_the_editor_finds_pages_by_title(client, make_staff):
    client.force_login(make_staff("Redaktör"))
    shown, draft = (
        make_page(title="Åsa om För\u00adäldrar"),
        make_area(title="Föräldrar", status="utkast"),
    )
    make_page(title="Annat")
    targets = client.get(reverse("admin:link_targets"), {"q": "föräldrar"}).json()["targets"]
    assert [target["reference"] for target in targets] == [
        f"sida:pages.page:{shown.pk}",
        f"sida:activities.goalarea:{draft.pk}",
    ]
    assert [target["note"] for target in targets] == ["", "Syns inte på webbplatsen nu"]
    named = client.get(reverse("admin:link_targets"), {"ref": [targets[1]["reference"], "sida:x"]})
    assert [target["title"] for target in named.json()["targets"]] == ["Föräldrar"]


def test_the_editor_finds_pages_of_kinds_that_one_may_see(client):
    page, _area = make_page(title="Lika"), make_area(title="Lika")
    client.force_login(make_member("nn", "pages.view_page"))
    targets = client.get(reverse("admin:link_targets"), {"q": "lika\x00"}).json()["targets"]
    assert [target["reference"] for target in targets] == [f"sida:pages.page:{page.pk}"]
    assert client.get(reverse("admin:picture_choices")).status_code == 403


def test_the_editor_finds_pictures_that_may_be_shown(client, make_staff):
    client.force_login(make_staff("Redaktör"))
    picture = make_picture(title="Bryggan")
    over = make_picture(title="Bryggan igen", consent_until=datetime.date(2020, 1, 1))
    address = reverse("admin:picture_choices")
    (found,) = client.get(address, {"q": "BRYGGAN"}).json()["pictures"]
    assert (found["reference"], found["alt"]) == (f"bild:{picture.pk}", picture.alt)
    assert client.get(address, {"ref": f"bild:{over.pk}"}).json()["pictures"] == []
    assert client.get(address, {"q": "x" * 500}).json()["pictures"] == []


def test_searching_asks_as_often_however_much_there_is(client, superuser):
    client.force_login(superuser)
    numbers = []
    for _ in range(2):
        for make in CONTENT_FACTORIES:
            make()
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("admin:link_targets"), {"q": "rubrik"})
        numbers.append(len(asked))
    assert numbers[0] == numbers[1] <= 12


def test_the_forms_name_every_extension_of_ours(client, superuser):
    client.force_login(superuser)
    form = client.get(url(make_page())).content.decode()
    modules = re.findall(r"/static/js/(editor-\w+)[.\w]*\.js", form)
    assert {
        "editor-paste",
        "editor-links",
        "editor-pictures",
        "editor-tables",
        "editor-words",
    } <= set(modules)
