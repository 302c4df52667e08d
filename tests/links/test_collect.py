"""Which links are found, and where they are said to stand."""

import pytest

from goals.models import Award
from links.collect import kind_of, rebuild
from links.models import Link, LinkPlace
from pages.models import Page, PageSection
from publishing.drafts import save_draft, snapshot
from tests import factories

pytestmark = pytest.mark.django_db


def link_to(address, words="länken"):
    return f'<p>Text <a href="{address}">{words}</a>.</p>'


def places():
    rebuild()
    rows = LinkPlace.objects.select_related("link").order_by("link__url", "field", "is_draft")
    return [(row.link.url, row.title, row.field, row.is_draft) for row in rows]


@pytest.mark.parametrize("make", factories.CONTENT_FACTORIES)
def test_the_text_of_every_kind_of_page(make):
    page = make(title="Sidan", body=link_to("/nagonstans/", "en <strong>länk</strong>"))
    assert places() == [("/nagonstans/", "Sidan", "Text", False)]
    place = LinkPlace.objects.get()
    assert place.text == "en länk"
    kind = f"{page._meta.app_label}/{page._meta.model_name}"
    assert place.admin_address == f"/admin/{kind}/{page.pk}/change/#id_body"


def test_every_rich_text_and_the_rows_that_a_page_owns():
    page = factories.make_page(title="Sidan")
    PageSection.objects.create(page=page, heading="Först", order=1)
    PageSection.objects.create(
        page=page, heading="Sedan", order=2, text=link_to("/a/"), text_after=link_to("/b/")
    )
    factories.make_platform(title="Plattform", purpose=link_to("/c/"))
    assert places() == [
        ("/a/", "Sidan", "Sedan: text", False),
        ("/b/", "Sidan", "Sedan: text efter listan", False),
        ("/c/", "Plattform", "Uppdrag", False),
    ]
    assert LinkPlace.objects.get(link__url="/a/").anchor == "sections-1"


def test_addresses_of_facts_without_a_page():
    factories.make_organisation(name="KSON", website="https://kson.example/")
    factories.make_helpline(name="Linjen", number="020-1", website="https://linjen.example/")
    Award.objects.create(title="Ett pris", kind="vinst")
    assert places() == [
        ("https://kson.example/", "KSON", "Webbplats", False),
        ("https://linjen.example/", "Linjen 020-1", "Webbplats", False),
    ]


@pytest.mark.parametrize("status", ["utkast", "arkiverad"])
def test_what_nobody_can_read_is_left_out(status):
    factories.make_page(status=status, body=link_to("/a/"))
    assert places() == []


def test_inner_links_of_a_draft_are_marked_and_outer_ones_are_left_alone():
    page = factories.make_page(title="Sidan", body=link_to("/live/"))
    section = PageSection.objects.create(page=page, heading="Avsnitt")
    content = snapshot(page)
    content["fields"]["body"] = link_to("/live/") + link_to("/ny/") + link_to("https://a.example/")
    content["rows"]["sections"][0]["fields"]["text"] = link_to("/i-avsnitt/")
    save_draft(page, content, 1, None)
    assert section.text == ""
    assert places() == [
        ("/i-avsnitt/", "Sidan", "Avsnitt: text", True),
        ("/live/", "Sidan", "Text", False),
        ("/ny/", "Sidan", "Text", True),
    ]


def test_only_the_newest_version_counts_as_the_draft():
    page = factories.make_page(title="Sidan", status="utkast")
    for number, address in ((1, "/gammal/"), (2, "/ny/")):
        content = snapshot(page)
        content["fields"]["body"] = link_to(address)
        save_draft(page, content, number, None)
    assert [row[0] for row in places()] == ["/ny/"]


def test_a_link_keeps_what_is_known_of_it_and_goes_when_nobody_uses_it():
    page = factories.make_page(body=link_to("/a/") + link_to("/a/") + link_to("/b/"))
    assert len(places()) == 3
    Link.objects.filter(url="/a/").update(status="trasig", failures=3)
    Page.objects.filter(pk=page.pk).update(body=link_to("/a/"))
    assert len(places()) == 1
    assert list(Link.objects.values_list("url", "status", "failures")) == [("/a/", "trasig", 3)]


def test_addresses_that_are_not_whole_are_completed_with_the_pages_own():
    factories.make_page(slug="har", body=link_to("#rubrik") + link_to("under/") + link_to("../x/"))
    assert [row[0] for row in places()] == ["/har/#rubrik", "/har/under/", "/x/"]


def test_a_very_long_address_is_kept_short_and_refused():
    factories.make_page(body=link_to("https://a.example/" + "å" * 3000))
    ((url, *_rest),) = places()
    assert len(url) == 501
    assert url.endswith("…")


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        *(("/kontakt/", "inre"), ("/a:b/", "inre"), ("sida:pages.page:1", "inre")),
        *(("dokument:1", "inre"), ("https://trygg.example/kontakt/", "inre")),
        *(("HTTPS://TRYGG.example", "inre"), ("https://trygg.example.se/", "yttre")),
        *(("https://a.example/", "yttre"), ("//a.example/", "yttre"), ("ftp://a.example/", "yttre")),
        *(("mailto:a@b.se", "kontakt"), ("tel:112", "kontakt"), ("http://[", "yttre")),
    ],
)  # fmt: skip
def test_whose_a_link_is(url, kind):
    assert kind_of(url) == kind


def test_the_number_of_questions_does_not_grow(django_assert_max_num_queries):
    for _number in range(20):
        page = factories.make_page(body=link_to("/a/"))
        PageSection.objects.create(page=page, text=link_to("/b/"))
        save_draft(page, snapshot(page), 1, None)
    with django_assert_max_num_queries(45):
        rebuild()
