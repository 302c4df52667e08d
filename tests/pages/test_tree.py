"""The tree of pages: an address comes from the place in the tree and follows it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.urls import reverse

from pages.models import Page
from publishing.models import Revision
from tests.crawl import Fetched, words
from tests.factories import make_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    """a > b > c, and d on its own."""
    a = make_page(slug="a", title="Sida A")
    b = make_page(slug="b", title="Sida B", parent=a)
    c = make_page(slug="c", title="Sida C", parent=b)
    return a, b, c, make_page(slug="d", title="Sida D")


def paths():
    return list(Page.objects.order_by("pk").values_list("path", flat=True))


def test_a_path_is_the_names_from_the_top(tree, client):
    assert paths() == ["/a/", "/a/b/", "/a/b/c/", "/d/"]
    for page in tree:
        assert page.get_absolute_url() == page.path
        assert client.get(page.path).status_code == 200


def test_the_start_page_has_no_name_in_its_address(client):
    start = make_page(slug="start", title="Startsidan")
    assert (start.path, start.get_absolute_url()) == ("/", "/")
    assert words(Fetched("/", client.get("/")).all("h1")[0]) == "Startsidan"
    assert client.get("/start/").status_code == 404


def test_only_a_page_at_the_top_is_the_start_page(tree):
    assert make_page(slug="start", parent=tree[0]).path == "/a/start/"


def test_moving_a_page_moves_all_below_it(tree, client):
    b, d = tree[1], tree[3]
    b.parent = d
    b.save()
    assert paths() == ["/a/", "/d/b/", "/d/b/c/", "/d/"]
    assert client.get("/d/b/c/").status_code == 200
    moved = client.get("/a/b/c/")
    assert (moved.status_code, moved["Location"]) == (301, "/d/b/c/")


def test_a_new_name_reaches_all_below(tree):
    tree[0].slug = "nytt"
    tree[0].save()
    assert paths() == ["/nytt/", "/nytt/b/", "/nytt/b/c/", "/d/"]


def test_a_page_without_a_name_has_no_address_and_neither_has_what_is_below():
    shell = Page.objects.create(title="Ny")
    child = Page.objects.create(title="Under", slug="under", parent=shell)
    assert (shell.path, child.path) == (None, None)
    shell.slug = "ny"
    shell.save()
    child.refresh_from_db()
    assert child.path == "/ny/under/"


@pytest.mark.parametrize("under", [0, 1, 2], ids=["itself", "its child", "its grandchild"])
def test_a_page_is_never_below_itself(tree, under):
    a = tree[0]
    a.parent = tree[under]
    with pytest.raises(ValidationError) as error:
        a.full_clean()
    assert error.value.message_dict["parent"] == ["En sida kan inte ligga under sig själv."]


def test_two_published_pages_never_share_a_path(tree):
    make_page(slug="b")  # another place, so another path
    make_page(slug="b", parent=tree[0], status="utkast")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_page(slug="b", parent=tree[0])
    twin = make_page(slug="b", parent=tree[0], status="utkast")
    twin.status = "publicerad"
    with pytest.raises(ValidationError) as error:
        twin.full_clean()
    assert error.value.messages == ["Adressen används redan av en annan publicerad sida."]


def test_the_breadcrumb_names_every_published_page_above(tree, client):
    def trail(path):
        (nav,) = [
            e
            for e in Fetched("", client.get(path)).all("nav")
            if e.get("aria-label") == "Du är här"
        ]
        return [words(item) for item in nav.iter("li")]

    assert trail("/a/b/c/") == ["Startsida", "Sida A", "Sida B", "Sida C"]
    Page.objects.filter(pk=tree[1].pk).update(status="utkast")
    assert trail("/a/b/c/") == ["Startsida", "Sida A", "Sida C"]


def test_a_page_above_is_not_deleted_from_under_others(tree):
    with pytest.raises(ProtectedError):
        tree[0].delete()


# --- In the admin -------------------------------------------------------------------------------------------


@pytest.fixture
def editor(client, make_staff):
    client.force_login(make_staff("Redaktör"))
    return client


def post(client, page, **typed):
    sent = {
        "title": page.title,
        "slug": page.slug,
        "introduction": page.introduction,
        "responsible": page.responsible_id,
        "deputy": page.deputy_id,
        "_publish": "1",
        "base": Revision.objects.of(page).values_list("number", flat=True).first() or 0,
        "sections-TOTAL_FORMS": "0",
        "sections-INITIAL_FORMS": "0",
    }
    return client.post(reverse("admin:pages_page_change", args=[page.pk]), sent | typed)


def test_an_editor_moves_a_page(editor, tree):
    assert post(editor, tree[1], parent=tree[3].pk).status_code == 302
    assert paths() == ["/a/", "/d/b/", "/d/b/c/", "/d/"]


def test_a_loop_is_refused_with_a_sentence(editor, tree):
    response = post(editor, tree[0], parent=tree[2].pk)
    assert response.status_code == 200
    assert "En sida kan inte ligga under sig själv." in response.content.decode()
    assert paths()[0] == "/a/"


def test_a_fixed_address_cannot_be_changed(editor, tree):
    fixed = make_page(slug="kontakt", address_is_fixed=True)
    response = post(editor, fixed, slug="annat", parent=tree[0].pk, title="Nytt namn")
    assert response.status_code == 302
    fixed.refresh_from_db()
    assert (fixed.title, fixed.slug, fixed.path, fixed.parent) == (
        "Nytt namn",
        "kontakt",
        "/kontakt/",
        None,
    )
    form = Fetched("", editor.get(reverse("admin:pages_page_change", args=[fixed.pk])))
    assert not {"slug", "parent", "path"} & {e.get("name") for e in form.elements}


def test_a_page_with_a_fixed_address_cannot_be_deleted(editor, tree):
    fixed = make_page(slug="kontakt", address_is_fixed=True)
    address = reverse("admin:pages_page_delete", args=[fixed.pk])
    assert editor.get(address).status_code == 403
    assert editor.post(address, {"post": "yes"}).status_code == 403
    assert Page.objects.filter(pk=fixed.pk).exists()


def test_nor_together_with_others_from_the_list(editor, tree):
    fixed = make_page(slug="kontakt", address_is_fixed=True)
    chosen = {
        "action": "delete_selected",
        "_selected_action": [fixed.pk, tree[3].pk],
        "post": "yes",
    }
    editor.post(reverse("admin:pages_page_changelist"), chosen)
    assert Page.objects.filter(pk=fixed.pk).exists()


def test_an_ordinary_page_can_be_deleted(editor, tree):
    address = reverse("admin:pages_page_delete", args=[tree[3].pk])
    assert editor.post(address, {"post": "yes"}).status_code == 302
    assert not Page.objects.filter(pk=tree[3].pk).exists()


def test_the_real_pages_in_the_menu_and_the_footer_are_fixed(portal):
    linked = [
        "/",
        "/verksamheten/",
        "/kontakt/",
        "/nyheter/arkiv/",
        "/om-webbplatsen/",
        "/tillganglighet/",
    ]
    assert Page.objects.filter(path__in=linked, address_is_fixed=True).count() == len(linked)
