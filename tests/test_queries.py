"""The number of questions that a page asks the database is the same with 10 and 1 000 rows of everything."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from feedback.models import Feedback
from news.models import NewsItem
from pictures.models import Picture
from search.index import rebuild
from tasks.sources import GROUPS
from tests.factories import make_page
from tests.many import make_many

pytestmark = pytest.mark.django_db

#: No page may ask more than this, however few rows there are.
BUDGET = 12
#: A search asks for the hits, their numbers, synonyms and spelling, and counts the question.
SEARCH_BUDGET = 20
#: "Mina uppgifter" looks in every room for what waits: one question for each kind of task.
START_BUDGET = 24


def public_pages():
    news = NewsItem.objects.get(slug="rad-1").get_absolute_url()
    receipt = f"/tyck-till/tack/{Feedback.objects.latest('pk').reference}/"
    return [
        *("/", "/verksamheten/", "/verksamheten/rad-1/", "/verksamhetsomraden/", "/samverkan/"),
        *("/verksamhetsomraden/andt/", "/verksamhetsomraden/rad-1/", "/aktiviteter/rad-1/"),
        *("/samverkan/tink-radet/", "/samverkan/rad-1/", "/samverkan/lokala-omradesgrupper/rad-1/"),
        *(
            "/mal-och-resultat/",
            "/fa-hjalp/",
            "/kontakt/",
            "/bilder/",
            "/dokument/",
            "/nyheter/",
            "/nyheter/arkiv/",
        ),
        *(news, "/om-webbplatsen/", "/om-webbplatsen/personuppgifter/", "/tillganglighet/"),
        *("/sok/", "/sok/?q=trygg", "/sok/?q=trygg+rubrik+text", "/sok/?q=finnsinte"),
        *("/tyck-till/?sida=/verksamheten/", receipt, "/halsa/", "/finns-inte/", "/gammal-1/"),
    ]


def admin_pages():
    lists = [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        for model in admin.site._registry
    ]
    own = [
        "/admin/planerat/?granskning=ja",
        "/admin/planerat/?vy=manad&granskning=ja",
        "/admin/mejl/",
    ]
    own += [f"/admin/uppgifter/{group.slug}/?visa=alla" for group in GROUPS]
    return ["/admin/", *own, *lists, *(f"{address}?q=rad" for address in lists)]


def warm_up(client, addresses):
    """Every page once, so that what Django remembers for good is remembered before anyone counts."""
    for address in addresses:
        assert client.get(address).status_code in {200, 301, 404}, address


def count(client, addresses):
    warm_up(client, addresses)
    numbers = {}
    for address in addresses:
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        numbers[address] = len(asked)
    return numbers


@pytest.fixture
def few_and_many(portal):
    """``few_and_many(client, addresses)``: the numbers with 10 and with 1 000 rows more of everything."""

    def measure(client, find_addresses):
        make_page(slug="dokument").sections.create(live_list="documents")
        make_many(range(1, 11))
        addresses = find_addresses()
        rebuild()
        few = count(client, addresses)
        make_many(range(11, 1001))
        rebuild()
        assert Picture.objects.count() > 1000
        return few, count(client, addresses)

    return measure


def report(few, many):
    return "\n".join(f"{few[address]:3d} {many[address]:3d}  {address}" for address in few)


def test_public_pages(few_and_many):
    few, many = few_and_many(Client(), public_pages)
    print(report(few, many))
    searches = {address for address in many if address.startswith("/sok/?q=")}
    # With many hits in titles a search need not look in the texts: it asks less, never more.
    assert all(many[address] <= few[address] for address in searches)
    assert {a: n for a, n in few.items() if a not in searches} == {
        a: n for a, n in many.items() if a not in searches
    }
    assert max(many[address] for address in many.keys() - searches) <= BUDGET
    assert max(many[address] for address in searches) <= SEARCH_BUDGET
    assert min(many.values()) >= 1


def test_the_admins_start_and_lists(few_and_many, superuser):
    client = Client()
    client.force_login(superuser)
    few, many = few_and_many(client, admin_pages)
    print(report(few, many))
    assert few == many
    assert many.pop("/admin/") <= START_BUDGET
    tasks = [many.pop(address) for address in list(many) if "/uppgifter/" in address]
    assert max(tasks) <= START_BUDGET
    assert max(many.values()) <= BUDGET


def test_the_number_does_grow_where_a_page_asks_once_for_each_row(portal, monkeypatch):
    """Otherwise equal numbers could mean that nothing was counted."""
    monkeypatch.setattr(
        "publishing.models.PublishedContent.lead", property(lambda row: row.responsible.email)
    )
    make_many(range(1, 4))
    few = count(Client(), ["/samverkan/"])
    make_many(range(4, 9))
    assert count(Client(), ["/samverkan/"])["/samverkan/"] >= few["/samverkan/"] + 5
