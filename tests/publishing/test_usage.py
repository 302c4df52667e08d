"""A picture that a page or a draft shows is found, and is not deleted."""

import pytest
from django.contrib import admin
from django.db import transaction
from django.db.models import ProtectedError
from django.template import Context, Template

from pages.models import Page
from pictures.models import Picture
from publishing.usage import DRAFTED, LIVE, uses_of
from tests import factories
from tests.pictures.files import make_picture
from tests.publishing.posting import change, full_page, messages

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings):
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)


@pytest.fixture
def editor(client, make_staff):
    client.force_login(make_staff("Redaktör"))
    return client


def show(page, picture):
    Page.objects.filter(pk=page.pk).update(body=f'<figure><img src="bild:{picture.pk}"></figure>')


def test_uses_by_key_by_reference_and_by_address():
    picture = make_picture()
    assert uses_of(picture) == []
    lead, text, link = (factories.make_page(title=title) for title in "ABC")
    Page.objects.filter(pk=lead.pk).update(lead_picture=picture)
    show(text, picture)
    Page.objects.filter(pk=link.pk).update(body=f'<a href="{picture.get_file_url()}">x</a>')
    assert uses_of(picture) == [(lead, LIVE), (text, LIVE), (link, LIVE)]
    other = Picture(pk=int(f"{picture.pk}1"))
    other.file = "bilder/annan.jpg"
    show(text, other)
    assert [page for page, _state in uses_of(picture)] == [lead, link]


def test_the_tag_gives_a_template_the_same(editor):
    picture, page = make_picture(), full_page()
    change(editor, page, lead_picture=str(picture.pk), title="Utkast med bild")
    template = Template(
        "{% load usage %}{% uses_of object as uses %}"
        "{% for page, state in uses %}{{ page.title }}: {{ state }}{% endfor %}"
    )
    assert template.render(Context({"object": picture})) == f"Utkast med bild: {DRAFTED}"
    assert template.render(Context({"object": None})) == ""
    assert template.render(Context({"object": Picture()})) == ""


@pytest.mark.parametrize("where", ["text", "draft"])
def test_a_picture_in_use_is_not_deleted_and_the_editor_is_told_why(where, editor):
    picture, page = make_picture(), full_page()
    if where == "text":
        show(page, picture)
    else:
        change(editor, page, lead_picture=str(picture.pk))
    with pytest.raises(ProtectedError, match=page.title), transaction.atomic():
        picture.delete()
    response = editor.post(f"/admin/pictures/picture/{picture.pk}/delete/", {"post": "yes"})
    said = messages(editor.get(response["Location"]))[-1]
    state = LIVE if where == "text" else DRAFTED
    assert said.endswith(f"Ta först bort den från: {page.title} ({state}).")
    assert Picture.objects.filter(pk=picture.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_nor_is_it_when_several_are_chosen_in_the_list(client, superuser):
    client.force_login(superuser)
    used, other, page = make_picture(), make_picture(), full_page()
    show(page, used)
    chosen = {"_selected_action": [str(used.pk), str(other.pk)]}
    sent = {"action": "delete_selected", "post": "yes"} | chosen
    response = client.post("/admin/pictures/picture/", sent)
    assert "används och kan inte tas bort" in messages(client.get(response["Location"]))[-1]
    assert Picture.objects.count() == 2


def test_a_picture_that_nobody_uses_is_deleted(editor):
    picture = make_picture()
    address = f"/admin/pictures/picture/{picture.pk}/delete/"
    assert editor.post(address, {"post": "yes"}).status_code == 302
    assert not Picture.objects.exists()
    assert admin.site.is_registered(Picture)
