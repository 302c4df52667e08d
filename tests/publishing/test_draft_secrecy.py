"""Nothing of a draft is seen, found or written anywhere before it is published."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.test.utils import CaptureQueriesContext

from activities.models import GoalArea
from audit.models import Event
from pages.models import Page
from platforms.models import Platform
from publishing.models import PublishedContent, Revision, content_models
from search.index import rebuild
from tests.crawl import crawl
from tests.factories import make_page
from tests.publishing.posting import (
    FULL,
    MARKER,
    add_row,
    change,
    make_new,
    marked_texts,
    newest,
    open_form,
    post,
    url,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, make_staff):
    client.force_login(make_staff("Redaktör"))
    return client


def marked_fields(client, page):
    """The form of ``page`` with the marker in every text, the address and a new row, and no relations."""
    fields = open_form(client, page)
    typed = marked_texts(type(page))
    assert typed.keys() <= fields.keys() or page.pk is None
    fields |= typed
    if "slug" in fields:
        fields["slug"] = MARKER.lower()
    fields |= {field.name: [] for field in type(page)._meta.many_to_many}
    if "sections-TOTAL_FORMS" in fields:
        fields = add_row(fields, "sections", heading=f"{MARKER} rad", text=f"<p>{MARKER}</p>")
    return fields


def test_there_is_a_full_page_of_every_kind():
    assert {type(make()) for make in FULL} == set(content_models())


@pytest.mark.parametrize("make", FULL)
def test_the_public_page_is_byte_equal_after_a_draft_save(make, editor, client):
    page = make()
    before = client.get(page.get_absolute_url()).content
    response = post(editor, page, marked_fields(editor, page))
    assert response.status_code == 302
    assert newest(page).published_at is None
    assert MARKER in str(newest(page).content)
    assert client.get(page.get_absolute_url()).content == before


@pytest.mark.parametrize("make", FULL)
def test_a_draft_save_leaves_every_live_row_as_it_was(make, editor):
    page = make()
    kinds = [type(page), *(type(page)._meta.get_field(name).related_model for name in page.owned)]
    kinds += [field.remote_field.through for field in type(page)._meta.many_to_many]
    before = [list(kind.objects.order_by("pk").values()) for kind in kinds]
    assert post(editor, page, marked_fields(editor, page)).status_code == 302
    assert [list(kind.objects.order_by("pk").values()) for kind in kinds] == before


@pytest.mark.parametrize("make", FULL)
def test_a_draft_save_writes_a_version_and_the_log_and_sends_no_other_signal(make, editor):
    page = make()
    fields = marked_fields(editor, page)
    seen = []

    def listen(sender, **kwargs):
        seen.append(sender)

    for signal in (post_save, post_delete, m2m_changed):
        signal.connect(listen)
    try:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert post(editor, page, fields).status_code == 302
    finally:
        for signal in (post_save, post_delete, m2m_changed):
            signal.disconnect(listen)
    assert set(seen) <= {Revision, LogEntry, Event}
    tables = {
        query["sql"].split('"')[1]
        for query in queries.captured_queries
        if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
    }
    allowed = {Revision, LogEntry, Event}
    assert {model._meta.db_table for model in allowed} <= tables
    assert tables <= {*(model._meta.db_table for model in allowed), "django_session"}


def test_a_marker_in_drafts_of_everything_is_nowhere_on_the_website(portal, editor, client):
    """Also not just after staff have previewed it."""
    pages = [model.objects.published().first() for model in content_models()]
    pages = [page for page in pages if page is not None]
    assert len(pages) >= 4
    pages += [make() for make in FULL]
    for page in pages:
        fields = marked_fields(editor, page)
        assert post(editor, page, fields).status_code == 302
        previewed = editor.get(url(page, "preview"))
        assert MARKER in previewed.content.decode()
    for model in content_models():
        fresh = make_new(editor, model, **marked_texts(model))
        assert MARKER in editor.get(url(fresh, "preview")).content.decode()
    client.logout()
    starts = ["/", "/sok/?q=rubrik", *(page.get_absolute_url() for page in pages)]
    walked = crawl(client, *starts)
    assert len(walked) > 30
    assert [
        at
        for at, page in walked.items()
        if MARKER.lower() in page.response.content.decode().lower()
    ] == []
    found = client.get("/sok/", {"q": MARKER}).content.decode()
    assert "Inga träffar" in found
    assert client.get(f"/{MARKER.lower()}/").status_code == 404


def test_the_search_finds_what_is_published_and_not_what_is_drafted(editor, client):
    page = make_page(title="Vinterspel", introduction="Gammal ingress.")
    section = page.sections.create(heading="Snöskoter", text="<p>Skidor.</p>")
    change(editor, page, title=f"{MARKER} ett", **{"sections-0-heading": f"{MARKER} två"})
    rebuild()
    assert "Inga träffar" in client.get("/sok/", {"q": MARKER}).content.decode()
    for word in ("Vinterspel", section.heading, "Skidor"):
        assert page.get_absolute_url() in client.get("/sok/", {"q": word}).content.decode()


@pytest.mark.parametrize("model", content_models())
def test_a_new_page_is_a_row_with_only_a_title_and_shown_to_nobody(model, editor, client):
    page = make_new(editor, model, **marked_texts(model) | {"slug": "nytt-namn"})
    assert page.status == PublishedContent.Status.DRAFT
    assert (page.title, page.slug, page.introduction) == (f"{MARKER} title", None, None)
    assert page.body == ""
    assert not model.objects.published().exists()
    for name in ("nytt-namn", "samverkan/nytt-namn", "aktiviteter/nytt-namn"):
        assert client.get(f"/{name}/").status_code == 404


def test_relations_drafted_are_not_shown_where_they_point(editor, client):
    """A draft that moves an activity into another area changes neither area's page."""
    area = FULL[3]()
    other = FULL[3]()
    activity = area.activities.first()
    before = [client.get(page.get_absolute_url()).content for page in (area, other)]
    change(editor, activity, area=str(other.pk))
    assert newest(activity).content["fields"]["area"] == other.pk
    assert [client.get(page.get_absolute_url()).content for page in (area, other)] == before


@pytest.mark.parametrize("model", [Page, Platform, GoalArea])
def test_the_list_says_that_there_is_a_draft_and_shows_the_live_title(model, editor):
    make = {type(make()): make for make in FULL}[model]
    page = make()
    change(editor, page, title=f"{MARKER} rubrik")
    listed = editor.get(url(model, "changelist")).content.decode()
    assert page.title in listed
    assert MARKER not in listed
    assert "Publicerad, ändringar i utkast" in listed
