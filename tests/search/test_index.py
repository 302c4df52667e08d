"""The index follows what is published: at once when somebody publishes, and by the clock without anybody."""

from datetime import timedelta

import pytest
from django.utils import timezone

from publishing.drafts import publish, save_draft, unpublish
from publishing.models import content_models
from search.engine import search
from search.index import rebuild, update
from search.models import SearchEntry, Word
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """A block after which what waits for the end of the transaction has been done."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def titles(query):
    return list(
        SearchEntry.objects.filter(pk__in=search(query).keys).values_list("title", flat=True)
    )


def test_a_saved_page_is_found_and_a_deleted_one_is_not(committed):
    with committed():
        page = factories.make_page(title="Kanelbulle")
    assert titles("kanelbulle") == ["Kanelbulle"]
    with committed():
        page.delete()
    assert titles("kanelbulle") == []


def test_a_section_is_a_part_of_its_page(committed):
    with committed():
        page = factories.make_page(title="Fika")
    with committed():
        section = page.sections.create(heading="Kanelbulle", text="<p>Mazarin</p>")
    assert titles("mazarin") == ["Fika"]
    with committed():
        section.delete()
    assert titles("mazarin") == []


def test_publishing_a_draft_and_taking_the_page_down(committed):
    with committed():
        page = factories.make_page(title="Fika")
    content = {"fields": {"title": "Kanelbulle"}, "m2m": {}, "rows": {}}
    with committed():
        revision = save_draft(page, content, 1, None)
    assert titles("kanelbulle") == []
    with committed():
        publish(page, revision, None)
    assert titles("kanelbulle") == ["Kanelbulle"]
    assert titles("fika") == []
    with committed():
        unpublish(page, None)
    assert titles("kanelbulle") == []


def test_many_changes_in_one_transaction_are_one_update(committed, monkeypatch):
    with committed():
        page = factories.make_page()
    done = []
    monkeypatch.setattr("search.index.update", lambda *key: done.append(key))
    with committed():
        for number in range(5):
            page.sections.create(heading=f"Rubrik {number}")
        page.save()
    assert done == [(type(page), page.pk)]


def test_a_fault_in_the_index_stops_no_publishing(committed, monkeypatch):
    def fail(*key):
        raise RuntimeError

    monkeypatch.setattr("search.index.update", fail)
    with committed():
        page = factories.make_page(title="Kanelbulle")
    assert type(page).objects.published().filter(pk=page.pk).exists()


def test_the_clock_opens_and_closes_a_page_without_any_job(time_machine):
    now = timezone.now()
    factories.make_page(
        title="Kanelbulle",
        publish_from=now + timedelta(hours=1),
        publish_until=now + timedelta(hours=2),
    )
    rebuild()
    for minutes, found in ((30, []), (90, ["Kanelbulle"]), (150, [])):
        time_machine.move_to(now + timedelta(minutes=minutes), tick=False)
        assert titles("kanelbulle") == found


@pytest.mark.parametrize("make", factories.CONTENT_FACTORIES, ids=lambda make: make.__name__)
def test_every_kind_of_page_has_one_entry_with_its_address(make):
    page = make(title="Kanelbulle")
    rebuild()
    update(type(page), page.pk)
    (entry,) = SearchEntry.objects.of(page)
    assert entry.path == page.get_absolute_url()
    assert entry.kind == page._meta.model_name


def test_facts_are_found_where_they_stand(portal):
    rebuild()
    for query, path in {
        "kvinnofridslinjen": "/fa-hjalp/",
        "114 14": "/fa-hjalp/",
        "kontaktcenter": "/kontakt/",
        "nominerad": "/mal-och-resultat/",
    }.items():
        entries = SearchEntry.objects.in_bulk(search(query).keys)
        assert path in {entry.path for entry in entries.values()}, query


def test_everything_published_is_in_the_index_and_nothing_else(portal):
    factories.make_page(title="Opublicerad", status="utkast")
    rebuild()
    for model in content_models():
        published = set(model.objects.published().values_list("pk", flat=True))
        indexed = SearchEntry.objects.filter(kind=model._meta.model_name)
        assert set(indexed.values_list("object_id", flat=True)) == published


def test_a_second_rebuild_changes_nothing(portal):
    rebuild()
    before = list(
        SearchEntry.objects.order_by("kind", "object_id").values("path", "title", "body_terms")
    )
    words = Word.objects.count()
    rebuild()
    after = list(
        SearchEntry.objects.order_by("kind", "object_id").values("path", "title", "body_terms")
    )
    assert before == after
    assert Word.objects.count() == words
