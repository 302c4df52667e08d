"""Which page a synpunkt is about: asked for in the address, and again in the post."""

from datetime import timedelta

import pytest
from django.utils import timezone

from feedback.models import Feedback
from tests.factories import CONTENT_FACTORIES, make_page
from tests.feedback.posting import FORM, fetch, filled, form_fields, parse, send, words
from tests.publishing.test_addresses import EMPTY, HARMFUL_SIGNS, LEADS_OUT, NOT_A_PAGE, cases

pytestmark = pytest.mark.django_db

NOT_PUBLIC = {
    "draft": {"status": "utkast"},
    "archived": {"status": "arkiverad"},
    "future": {"publish_from": timezone.now() + timedelta(days=1)},
    "expired": {"publish_until": timezone.now() - timedelta(days=1)},
}


@pytest.fixture
def page():
    return make_page(slug="verksamheten", title="Verksamheten")


@cases(LEADS_OUT, HARMFUL_SIGNS, NOT_A_PAGE, EMPTY)
def test_a_hostile_sida_is_answered_with_404(resident, page, address):
    response = resident.get(FORM, {} if address is None else {"sida": address})
    assert response.status_code == 404
    assert "Sidan finns inte" in response.content.decode()
    assert "location" not in response.headers


@cases(LEADS_OUT, HARMFUL_SIGNS, EMPTY)
def test_a_hostile_sida_in_a_post_stores_nothing(resident, page, address):
    fields = filled(resident, "/verksamheten/")
    del fields["sida"]
    response = send(resident, fields if address is None else fields | {"sida": address})
    assert response.status_code == 404
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    "address", ["/admin/", "/halsa/", "/tyck-till/", "/robots.txt", "/static/css/site.css"]
)
def test_a_post_about_what_is_no_page_stores_nothing(resident, page, address):
    fields = filled(resident, "/verksamheten/") | {"sida": address}
    assert send(resident, fields).status_code == 404
    assert not Feedback.objects.exists()


def test_an_over_long_sida_is_answered_with_404(resident, page):
    assert fetch(resident, "/verksamheten/?" + "a" * 500).status_code == 404


def test_the_form_keeps_the_path_without_query_and_fragment(resident, page):
    response = fetch(resident, "/verksamheten/?utm_source=brev#mal")
    assert form_fields(response)["sida"] == "/verksamheten/"
    assert "utm_source" not in response.content.decode()


def test_the_form_says_which_page_it_is_about(resident, page):
    tree = parse(fetch(resident, "/verksamheten/"))
    links = [link for link in tree.iter("a") if words(link) == "Verksamheten"]
    assert {link.get("href") for link in links} == {"/verksamheten/"}


@pytest.mark.parametrize("state", NOT_PUBLIC)
@pytest.mark.parametrize("factory", CONTENT_FACTORIES)
def test_an_unpublished_page_answers_as_one_that_never_was(resident, factory, state):
    content = factory(title="Hemlig rubrik", **NOT_PUBLIC[state])
    hidden = fetch(resident, content.get_absolute_url())
    missing = fetch(resident, "/finns-inte/")
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content
    assert hidden.headers == missing.headers


@pytest.mark.parametrize("state", NOT_PUBLIC)
def test_a_post_does_not_reveal_an_unpublished_page_either(resident, page, state):
    hidden = make_page(slug="hemlig", title="Hemlig rubrik", **NOT_PUBLIC[state])
    fields = filled(resident, "/verksamheten/") | {"message": ""}
    refused = send(resident, fields | {"sida": hidden.get_absolute_url()}).content.decode()
    missing = send(resident, fields | {"sida": "/finns-inte/"}).content.decode()
    assert refused.replace("/hemlig/", "/finns-inte/") == missing


@pytest.mark.parametrize("factory", CONTENT_FACTORIES)
def test_every_kind_of_page_can_be_written_about(resident, factory):
    content = factory()
    response = send(resident, filled(resident, content.get_absolute_url()))
    assert response.status_code == 303
    row = Feedback.objects.get()
    assert (row.page_path, row.page_title) == (content.get_absolute_url(), content.title)
    assert row.page == content


def test_the_search_page_can_be_written_about(resident):
    response = send(resident, filled(resident, "/sok/?q=hemlig+fråga"))
    assert response.status_code == 303
    row = Feedback.objects.get()
    assert (row.page_path, row.page_title, row.page) == ("/sok/", "Sök", None)
