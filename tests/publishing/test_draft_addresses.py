"""A published page that moves leaves a redirect behind, and so do the pages below it."""

import pytest
from django.contrib.redirects.models import Redirect

from pages.models import Page
from publishing.redirects import remember_address
from tests import factories
from tests.publishing.posting import change, make_new, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, make_staff):
    client.force_login(make_staff("Redaktör"))
    return client


def redirects():
    return dict(Redirect.objects.values_list("old_path", "new_path"))


def leads_to(client, address):
    """Where ``address`` ends after at most one redirect: (status of the first answer, last address)."""
    response = client.get(address)
    if response.status_code == 301:
        assert client.get(response["Location"]).status_code == 200
        return response["Location"]
    return response.status_code


def move(client, page, **typed):
    change(client, page, "_publish", **typed)
    page.refresh_from_db()
    return page


@pytest.mark.parametrize("make", factories.CONTENT_FACTORIES)
def test_a_new_address_leaves_a_permanent_redirect_when_it_is_published(make, editor, client):
    page = make()
    old = page.get_absolute_url()
    change(editor, page, slug="ny-adress")
    assert redirects() == {}
    assert client.get(old).status_code == 200
    move(editor, page)
    assert page.get_absolute_url() != old
    assert leads_to(client, old) == page.get_absolute_url()
    assert redirects() == {old: page.get_absolute_url()}


def test_a_publication_without_a_move_leaves_none(editor):
    move(editor, factories.make_page(), title="Ny rubrik")
    assert redirects() == {}


def test_a_page_that_was_never_public_leaves_none(editor):
    page = factories.make_page(slug="ett", status="utkast")
    move(editor, page, slug="tva")
    assert page.path == "/tva/"
    assert redirects() == {}
    new = make_new(editor, Page, title="Ny", slug="tre", introduction="Ingress.")
    people = [str(factories.make_person().pk) for _ in range(2)]
    move(editor, new, slug="fyra", responsible=people[0], deputy=people[1])
    assert redirects() == {}


def test_a_piece_of_news_that_changes_year_leaves_one(editor, client):
    item = factories.make_news(slug="nyhet", published_on="2024-12-31")
    item.refresh_from_db()
    move(editor, item, published_on="2025-01-01")
    assert leads_to(client, "/nyheter/2024/nyhet/") == "/nyheter/2025/nyhet/"


def test_chains_are_collapsed(editor, client):
    page = factories.make_page(slug="ett")
    for slug in ("tva", "tre", "fyra"):
        move(editor, page, slug=slug)
    assert redirects() == {f"/{old}/": "/fyra/" for old in ("ett", "tva", "tre")}
    assert leads_to(client, "/ett/") == "/fyra/"


def test_moving_back_makes_no_loop(editor, client):
    page = factories.make_page(slug="ett")
    for slug in ("tva", "ett", "tva", "tre", "ett"):
        move(editor, page, slug=slug)
        assert client.get(page.get_absolute_url()).status_code == 200
    assert redirects() == {"/tva/": "/ett/", "/tre/": "/ett/"}


def test_two_pages_that_change_places_make_no_loop(editor, client):
    one, two = factories.make_page(slug="ett"), factories.make_page(slug="tva")
    move(editor, one, slug="mellan")
    move(editor, two, slug="ett")
    move(editor, one, slug="tva")
    for page in (one, two):
        assert client.get(page.get_absolute_url()).status_code == 200
    assert leads_to(client, "/mellan/") == "/tva/"
    assert not set(redirects()) & {one.path, two.path}


def test_no_order_of_moves_makes_a_loop_or_a_chain():
    """Every sequence of four moves between three addresses."""
    names = ["/a/", "/b/", "/c/"]
    for number in range(len(names) ** 4):
        Redirect.objects.all().delete()
        at = "/a/"
        for _step in range(4):
            number, choice = divmod(number, len(names))
            remember_address(at, names[choice])
            at = names[choice]
            assert at not in redirects(), "where a page lies, nothing leads away"
            assert set(redirects().values()) <= {at}


def test_pages_below_a_page_that_moves_leave_redirects_too(editor, client):
    top = factories.make_page(slug="topp")
    middle = factories.make_page(slug="mitt", parent=top)
    bottom = factories.make_page(slug="botten", parent=middle)
    hidden = factories.make_page(slug="gomd", parent=top, status="utkast")
    move(editor, top, slug="ny")
    for page in (middle, bottom, hidden):
        page.refresh_from_db()
    assert [page.path for page in (middle, bottom, hidden)] == [
        "/ny/mitt/",
        "/ny/mitt/botten/",
        "/ny/gomd/",
    ]
    assert redirects() == {
        "/topp/": "/ny/",
        "/topp/mitt/": "/ny/mitt/",
        "/topp/mitt/botten/": "/ny/mitt/botten/",
    }
    assert leads_to(client, "/topp/mitt/botten/") == "/ny/mitt/botten/"
    move(editor, top, slug="nyare")
    assert redirects()["/topp/mitt/botten/"] == "/nyare/mitt/botten/"
    assert leads_to(client, "/ny/mitt/") == "/nyare/mitt/"


def test_a_page_moved_to_another_parent_takes_those_below_along(editor, client):
    one, two = factories.make_page(slug="ett"), factories.make_page(slug="tva")
    page = factories.make_page(slug="sida", parent=one)
    factories.make_page(slug="under", parent=page)
    move(editor, page, parent=str(two.pk))
    assert leads_to(client, "/ett/sida/") == "/tva/sida/"
    assert leads_to(client, "/ett/sida/under/") == "/tva/sida/under/"


def test_a_page_cannot_be_drafted_below_itself(editor, client):
    page = factories.make_page(slug="ett")
    below = factories.make_page(slug="under", parent=page)
    for parent in (page, below):
        response = editor.post(url(page), {"parent": str(parent.pk), "title": "x", "base": "0"})
        assert response.status_code == 200
    assert client.get("/ett/under/").status_code == 200


def test_a_redirect_from_an_address_gives_way_to_a_page_that_moves_there(editor, client):
    Redirect.objects.create(site_id=1, old_path="/kampanj/", new_path="/ett/")
    page = factories.make_page(slug="ett")
    move(editor, page, slug="kampanj")
    assert redirects() == {"/ett/": "/kampanj/"}
    assert client.get("/kampanj/").status_code == 200
    assert leads_to(client, "/ett/") == "/kampanj/"
