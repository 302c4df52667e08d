"""A page leaves the website: who links to it is told first, and its address may lead on."""

import pytest
from django.contrib.redirects.models import Redirect

from news.models import NewsItem
from pages.models import Page
from publishing.drafts import save_draft
from publishing.snapshots import snapshot
from publishing.usage import DRAFTED, LIVE, pages_linking_to
from tests import factories
from tests.publishing.posting import FULL, change, errors, full_page, make_new, messages, parse, url

pytestmark = pytest.mark.django_db

SITE = "https://trygg.example"


@pytest.fixture
def editor(client, make_staff):
    client.force_login(make_staff("Redaktör"))
    return client


def redirects():
    return dict(Redirect.objects.values_list("old_path", "new_path"))


# --- Who links here -------------------------------------------------------------------------------


@pytest.mark.parametrize("make", FULL)
@pytest.mark.parametrize(
    "form",
    ["{address}", "{address}#rubrik", "{address}?x=1", SITE + "{address}", "sida:{label}:{pk}"],
)
def test_a_link_in_any_rich_text_is_found_in_both_forms(make, form, editor):
    target = make()
    href = form.format(
        address=target.get_absolute_url(), label=target._meta.label_lower, pk=target.pk
    )
    link = f'<p><a href="{href}">Läs</a></p>'
    linking = [
        factories.make_page(title="A text", body=link),
        factories.make_platform(title="B uppdrag", purpose=link),
        factories.make_area(title="C för vem", for_whom=link),
        factories.make_news(title="D nyhet", body=link),
        factories.make_page(title="E avsnitt"),
        factories.make_page(title="F efter"),
    ]
    for model in {type(page) for page in linking}:  # the reference form is stored as it stands
        model.objects.filter(body__contains="Läs").update(body=link)
        for name in ("purpose", "for_whom"):
            if hasattr(model, name):
                model.objects.filter(**{f"{name}__contains": "Läs"}).update(**{name: link})
    linking[4].sections.create(order=1)
    linking[5].sections.create(order=1)
    linking[4].sections.update(text=link)
    linking[5].sections.update(text_after=link)
    factories.make_page(title="G opublicerad", status="utkast", body=link)
    found = [page.title for page, state in pages_linking_to(target) if page.title[1] == " "]
    assert found == [page.title for page in linking]


def test_a_page_that_only_begins_alike_is_not_meant(editor):
    target = factories.make_page(slug="stod")
    for href in (
        "/stodlinje/",
        "/stod/mer/",
        "/x/stod/",
        "sida:pages.page:{pk}1",
        "sida:news.newsitem:{pk}",
    ):
        page = factories.make_page()
        Page.objects.filter(pk=page.pk).update(
            body=f'<a href="{href.format(pk=target.pk)}">x</a> <p>/stod/</p>'
        )
    assert pages_linking_to(target) == []


def test_links_of_drafts_are_found_and_told_apart(editor):
    target = factories.make_page(slug="mal")
    one, two, three = full_page(), factories.make_news(), full_page()
    change(editor, one, **{"sections-1-text": '<p><a href="/mal/">x</a></p>'})
    change(editor, two, body='<p><a href="/mal/">x</a></p>', title="Utkastets rubrik")
    change(editor, three, parent=str(target.pk))
    change(editor, target, body='<p><a href="/mal/">Till mig själv</a></p>')
    found = {(page.pk, type(page), state) for page, state in pages_linking_to(target)}
    assert found == {
        (one.pk, Page, DRAFTED),
        (two.pk, NewsItem, DRAFTED),
        (three.pk, Page, DRAFTED),
    }
    change(editor, two, "_publish")
    assert (two.pk, NewsItem, LIVE) in {(p.pk, type(p), s) for p, s in pages_linking_to(target)}
    change(editor, two, body="<p>Utan länk.</p>")
    states = [state for page, state in pages_linking_to(target) if isinstance(page, NewsItem)]
    assert states == [LIVE]


def test_a_page_that_points_at_another_links_to_it(editor):
    area = factories.make_area()
    activity = factories.make_activity(area=area)
    assert pages_linking_to(area) == [(activity, LIVE)]


def test_a_strange_version_is_no_trouble():
    target, page = factories.make_page(), full_page()
    content = snapshot(page)
    content["fields"] |= {"parent": {"a": 1}, "body": None, "responsible": "x"}
    content["m2m"] = {"helplines": "x"}
    save_draft(page, content, 1, None)
    assert pages_linking_to(target) == []


def test_the_questions_do_not_grow(django_assert_num_queries, editor):
    target = factories.make_page(slug="mal")
    pages_linking_to(target)
    counts = []
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _number in range(2):
        for _row in range(5):
            page = factories.make_page(body='<p><a href="/mal/">x</a></p>')
            change(editor, page, introduction="Ny.")
        with CaptureQueriesContext(connection) as asked:
            pages_linking_to(target)
        counts.append(len(asked))
    assert counts[0] == counts[1]


# --- Unpublishing and deleting --------------------------------------------------------------------


@pytest.mark.parametrize("name", ["unpublish", "delete"])
def test_the_screen_tells_who_links_here_and_offers_another_page(name, editor):
    target = factories.make_page(slug="mal")
    linking = factories.make_page(title="Länkar hit", body='<p><a href="/mal/">x</a></p>')
    drafted = full_page()
    change(editor, drafted, title="I utkast", body='<p><a href="/mal/">x</a></p>')
    response = editor.get(url(target, name))
    links = {a.get("href"): a.text for a in parse(response).iter("a")}
    assert links[url(linking)] == "Länkar hit"
    assert links[url(drafted)] == "I utkast"
    values = [option.get("value") for option in parse(response).iter("option")]
    assert linking.get_absolute_url() in values
    assert "/mal/" not in values
    target.refresh_from_db()
    assert target.status == "publicerad"


SENT = {"unpublish": {}, "delete": {"post": "yes"}}


@pytest.mark.parametrize("name", SENT)
@pytest.mark.parametrize(
    "make", [factories.make_page, factories.make_news, factories.make_activity]
)
def test_the_address_leads_on_to_the_chosen_page(name, make, editor, client):
    page, other = make(), factories.make_page()
    address = page.get_absolute_url()
    sent = SENT[name] | {"leads_to": other.get_absolute_url()}
    assert editor.post(url(page, name), sent).status_code == 302
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (301, other.get_absolute_url())


@pytest.mark.parametrize("name", SENT)
def test_without_a_choice_the_address_is_not_found(name, editor, client):
    page = factories.make_news()
    editor.post(url(page, name), SENT[name] | {"leads_to": ""})
    assert client.get(page.get_absolute_url()).status_code == 404
    assert redirects() == {}


@pytest.mark.parametrize("name", SENT)
@pytest.mark.parametrize(
    "chosen", ["self", "/finns-inte/", "https://evil.example/", "//evil.example", "x", "/admin/"]
)
def test_a_choice_that_will_not_do_is_refused_and_the_page_stays(name, chosen, editor, client):
    page = factories.make_news()
    chosen = page.get_absolute_url() if chosen == "self" else chosen
    response = editor.post(url(page, name), SENT[name] | {"leads_to": chosen})
    said = (
        errors(response) if response.status_code == 200 else messages(editor.get(url(page, name)))
    )
    assert any("Välj en annan." in sentence for sentence in said)
    assert client.get(page.get_absolute_url()).status_code == 200
    assert redirects() == {}


def test_chains_are_collapsed_and_rings_are_not_made(editor, client):
    one, two, three = (factories.make_page(slug=slug) for slug in ("ett", "tva", "tre"))
    editor.post(url(one, "unpublish"), {"leads_to": "/tva/"})
    editor.post(url(two, "unpublish"), {"leads_to": "/tre/"})
    assert redirects() == {"/ett/": "/tre/", "/tva/": "/tre/"}
    change(editor, one, "_publish")
    assert redirects() == {"/tva/": "/tre/"}
    editor.post(url(three, "unpublish"), {"leads_to": "/ett/"})
    assert redirects() == {"/tva/": "/ett/", "/tre/": "/ett/"}
    assert client.get("/ett/").status_code == 200


def test_a_page_that_is_not_on_the_website_leaves_no_redirect(editor):
    page = make_new(editor, NewsItem, title="Ny", slug="ny")
    assert "leads_to" not in editor.get(url(page, "delete")).content.decode()
    editor.post(url(page, "delete"), {"post": "yes", "leads_to": "/nyheter/"})
    assert redirects() == {}


def test_the_drafted_address_is_not_the_one_that_leads_on(editor):
    page, other = factories.make_news(slug="gammal"), factories.make_page()
    change(editor, page, slug="ny")
    old = page.get_absolute_url()
    editor.post(url(page, "delete"), {"post": "yes", "leads_to": other.get_absolute_url()})
    assert redirects() == {old: other.get_absolute_url()}
