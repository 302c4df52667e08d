"""Old addresses written by hand lead to a page of our own, in one step."""

import pytest
from django.contrib.redirects.models import Redirect

from tests import factories
from tests.publishing.posting import errors, form_fields

pytestmark = pytest.mark.django_db

ADD = "/admin/redirects/redirect/add/"


@pytest.fixture
def editor(client, make_staff):
    client.force_login(make_staff("Redaktör"))
    factories.make_page(slug="kontakt", title="Kontakt")
    factories.make_page(slug="annan")
    return client


def redirects():
    return dict(Redirect.objects.values_list("old_path", "new_path"))


def add(client, old, new):
    return client.post(ADD, {"old_path": old, "new_path": new})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/gammal/", "/kontakt/"),
        (" /gammal/ ", "/kontakt/"),
        ("https://trygg.example/gammal/", "https://trygg.example/kontakt/"),
    ],
)
def test_an_old_address_leads_to_a_page(old, new, editor):
    assert add(editor, old, new).status_code == 302
    assert redirects() == {"/gammal/": "/kontakt/"}
    assert Redirect.objects.get().site_id == 1
    assert editor.get("/gammal/")["Location"] == "/kontakt/"


def test_an_old_address_with_swedish_letters_works(editor):
    add(editor, "/föräldrar/", "/kontakt/")
    assert editor.get("/föräldrar/")["Location"] == "/kontakt/"


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("/kontakt/", "/annan/", "På adressen finns sidan ”Kontakt”."),
        ("/redan/", "/annan/", "Adressen leder redan vidare till /kontakt/."),
        ("/x/", "/x/", "leda tillbaka till sig själv"),
        ("/x/", "https://evil.example/", "Skriv en adress på den här webbplatsen."),
        ("/x/", "//evil.example/", "Skriv en adress på den här webbplatsen."),
        ("/x/", "/\\evil.example/", "Skriv en adress på den här webbplatsen."),
        ("/x/", "javascript:alert(1)", "Skriv en adress på den här webbplatsen."),
        ("https://evil.example/x/", "/annan/", "Skriv en adress på den här webbplatsen."),
        ("/x/", "/finns-inte/", "Det finns ingen publicerad sida"),
        ("/x/", "/opublicerad/", "Det finns ingen publicerad sida"),
        ("/x/", "", "Detta fält måste fyllas i."),
    ],
)
def test_what_would_lead_astray_is_refused_and_kept_in_the_form(old, new, sentence, editor):
    factories.make_page(slug="opublicerad", status="utkast")
    Redirect.objects.create(site_id=1, old_path="/redan/", new_path="/kontakt/")
    response = add(editor, old, new)
    assert response.status_code == 200
    assert any(sentence in error for error in errors(response)), errors(response)
    assert form_fields(response)["old_path"] == old
    assert redirects() == {"/redan/": "/kontakt/"}


def test_chains_are_collapsed_both_ways(editor):
    add(editor, "/ett/", "/kontakt/")
    assert add(editor, "/tva/", "/ett/").status_code == 302
    assert redirects() == {"/ett/": "/kontakt/", "/tva/": "/kontakt/"}
    Redirect.objects.create(site_id=1, old_path="/noll/", new_path="/mellan/")
    add(editor, "/mellan/", "/annan/")
    assert redirects()["/noll/"] == "/annan/"


def test_a_row_can_be_changed_but_not_into_a_ring(editor):
    add(editor, "/ett/", "/kontakt/")
    row = Redirect.objects.get()
    address = f"/admin/redirects/redirect/{row.pk}/change/"
    assert editor.post(address, {"old_path": "/ett/", "new_path": "/annan/"}).status_code == 302
    assert redirects() == {"/ett/": "/annan/"}
    assert editor.post(address, {"old_path": "/ett/", "new_path": "/ett/"}).status_code == 200
    assert redirects() == {"/ett/": "/annan/"}
