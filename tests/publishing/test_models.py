"""The content base: when a page can be seen, what the database refuses, and when it is due for review."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.checks import run_checks
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.test.utils import isolate_apps

from news.models import NewsItem
from pages.models import Page
from publishing import checks
from publishing.models import PublishedContent, content_models
from tests.factories import (
    CONTENT_FACTORIES,
    content_values,
    make_news,
    make_page,
    make_person,
    make_platform,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
BEFORE, AFTER = NOW - timedelta(microseconds=1), NOW + timedelta(microseconds=1)
LONG_AGO = NOW - timedelta(days=9)

#: (visible from, visible until, can a published page be seen at NOW?)
WINDOWS = [
    (None, None, True),
    (BEFORE, None, True),
    (NOW, None, True),
    (AFTER, None, False),
    (None, BEFORE, False),
    (None, NOW, False),
    (None, AFTER, True),
    (BEFORE, AFTER, True),
    (NOW, AFTER, True),
    (LONG_AGO, BEFORE, False),
    (LONG_AGO, NOW, False),
    (AFTER, AFTER + timedelta(days=1), False),
]


# --- One rule in two languages --------------------------------------------------------------------------


@pytest.mark.parametrize("status", PublishedContent.Status.values)
@pytest.mark.parametrize(("start", "end", "in_window"), WINDOWS)
def test_published_and_is_published_are_one_rule(status, start, end, in_window):
    expected = in_window and status == "publicerad"
    row = make_page(status=status, publish_from=start, publish_until=end)
    assert Page.objects.published(at=NOW).exists() is expected
    assert row.is_published_at(NOW) is expected
    with time_machine.travel(NOW, tick=False):
        assert Page.objects.published().exists() is expected
        assert row.is_published is expected


@pytest.mark.parametrize("make", CONTENT_FACTORIES, ids=lambda make: make.__name__)
def test_every_kind_of_page_follows_the_rule(client, make):
    row = make()
    address = row.get_absolute_url()
    assert client.get(address).status_code == 200
    for values in (
        {"status": "utkast"},
        {"status": "arkiverad"},
        {"status": "publicerad", "publish_from": datetime(2999, 1, 1, tzinfo=UTC)},
        {
            "status": "publicerad",
            "publish_from": None,
            "publish_until": datetime(2020, 1, 1, tzinfo=UTC),
        },
    ):
        type(row).objects.filter(pk=row.pk).update(**values)
        hidden = client.get(address)
        assert hidden.status_code == 404
        missing = client.get(address.replace(row.slug, "finns-inte"))
        assert row.title not in hidden.content.decode()
        # Word for word the same answer, but for the address itself.
        assert hidden.content.decode().replace(row.slug, "finns-inte") == missing.content.decode()


def test_the_manager_hides_nothing():
    make_page(status="utkast")
    assert Page.objects.count() == 1


def test_a_new_page_is_a_draft():
    assert Page().status == "utkast"
    assert not Page().is_published


def test_every_kind_of_page_has_a_factory():
    """So that the tests above are about all of them."""
    assert {type(make()) for make in CONTENT_FACTORIES} == set(content_models())


# --- What the database refuses, and in which words --------------------------------------------------------


@pytest.mark.parametrize("missing", ["slug", "introduction", "responsible"])
@pytest.mark.parametrize("make", CONTENT_FACTORIES, ids=lambda make: make.__name__)
def test_a_published_page_is_complete(make, missing):
    with pytest.raises(IntegrityError), transaction.atomic():
        make(**{missing: None})
    draft = make(**{missing: None}, status="utkast")
    draft.status = "publicerad"
    with pytest.raises(ValidationError) as error:
        draft.validate_constraints()
    assert "En publicerad sida behöver adressnamn, ingress och en ansvarig." in error.value.messages


def test_an_empty_slug_is_no_slug():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_page(slug="")


def test_a_draft_may_be_a_shell():
    row = Page.objects.create(title="Bara en rubrik")
    assert (row.slug, row.introduction, row.responsible, row.path) == (None, None, None, None)


@pytest.mark.parametrize("make", CONTENT_FACTORIES, ids=lambda make: make.__name__)
def test_until_comes_after_from(make):
    for end in (NOW, BEFORE):
        with pytest.raises(IntegrityError), transaction.atomic():
            make(publish_from=NOW, publish_until=end)
    row = make(publish_from=NOW, publish_until=AFTER)
    row.publish_until = BEFORE
    with pytest.raises(ValidationError) as error:
        row.validate_constraints()
    assert error.value.messages == ["”Visas till” måste vara efter ”visas från”."]


@pytest.mark.parametrize("make", [make_platform, make_news], ids=lambda make: make.__name__)
def test_two_published_pages_never_share_an_address(make):
    make(slug="samma")
    make(slug="samma", status="utkast")
    make(slug="samma", status="arkiverad")
    with pytest.raises(IntegrityError), transaction.atomic():
        make(slug="samma")
    second = make(slug="samma", status="utkast")
    second.status = "publicerad"
    with pytest.raises(ValidationError) as error:
        second.validate_constraints()
    assert error.value.messages == [
        "Adressnamnet används redan av en annan publicerad sida. Välj ett annat."
    ]


def test_the_deputy_is_someone_else():
    person = make_person()
    row = make_page(responsible=person, deputy=person)
    with pytest.raises(ValidationError) as error:
        row.full_clean()
    assert error.value.message_dict == {
        "deputy": ["Ersättaren måste vara någon annan än den som är ansvarig."]
    }


def test_a_person_who_is_responsible_is_not_deleted():
    row = make_page()
    with pytest.raises(models.ProtectedError):
        row.responsible.delete()


def test_an_account_that_is_deleted_leaves_the_page(superuser):
    row = make_page(changed_by=superuser)
    superuser.delete()
    row.refresh_from_db()
    assert row.changed_by is None


# --- The guard: a Meta that does not inherit the base's loses its constraints -------------------------------


def errors_for(model, monkeypatch):
    monkeypatch.setattr(checks, "content_models", lambda: [model])
    return [error for error in run_checks() if error.id == "publishing.E001"]


def test_our_own_models_pass():
    assert [error for error in run_checks() if error.id == "publishing.E001"] == []


@isolate_apps("publishing")
def test_a_meta_of_its_own_is_found(monkeypatch):
    class Forgetful(PublishedContent):
        class Meta:
            app_label = "publishing"

    (error,) = errors_for(Forgetful, monkeypatch)
    assert error.is_serious()
    assert "saknar basens villkor" in error.msg


@isolate_apps("publishing")
@pytest.mark.parametrize("lost", range(len(PublishedContent.Meta.constraints)))
def test_each_lost_constraint_is_found(monkeypatch, lost):
    kept = [c for number, c in enumerate(PublishedContent.Meta.constraints) if number != lost]

    class Careless(PublishedContent):
        class Meta(PublishedContent.Meta):
            app_label = "publishing"
            abstract = False
            constraints = kept

    assert len(errors_for(Careless, monkeypatch)) == 1


@isolate_apps("publishing")
def test_a_meta_that_inherits_is_fine(monkeypatch):
    class Careful(PublishedContent):
        class Meta(PublishedContent.Meta):
            app_label = "publishing"
            abstract = False

    assert errors_for(Careful, monkeypatch) == []


# --- Review -------------------------------------------------------------------------------------------------


def test_due_for_review():
    today = date(2026, 3, 10)
    overdue = make_news(review_on=date(2026, 3, 9))
    due = make_news(review_on=today)
    make_news(review_on=date(2026, 3, 11))
    make_news(review_on=None)
    make_news(review_on=today, status="utkast")
    make_news(review_on=today, status="arkiverad")
    assert set(NewsItem.objects.due_for_review(on=today)) == {overdue, due}


def test_due_for_review_means_today_when_nothing_else_is_said():
    make_news(review_on=date(2026, 3, 10))
    with time_machine.travel("2026-03-09T12:00:00+01:00", tick=False):
        assert not NewsItem.objects.due_for_review().exists()
    with time_machine.travel(
        "2026-03-10T00:30:00+01:00", tick=False
    ):  # still the day before in UTC
        assert NewsItem.objects.due_for_review().exists()


def test_two_change_dates():
    """``changed_at`` moves with every save; what residents see does not."""
    with time_machine.travel("2022-01-17T12:00:00+01:00", tick=False):
        row = make_page()
    with time_machine.travel(NOW, tick=False):
        row.save()
    row.refresh_from_db()
    assert row.content_changed_on == date(2022, 1, 17)
    assert row.changed_at == NOW


def test_pages_in_order_of_their_names():
    values = [content_values(title=title) for title in ("Öl", "Ål", "Zebra")]
    NewsItem.objects.bulk_create(NewsItem(**value) for value in values)
    titles = NewsItem.objects.in_swedish_order().values_list("title", flat=True)
    assert list(titles) == ["Zebra", "Ål", "Öl"]
