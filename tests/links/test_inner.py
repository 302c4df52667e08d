"""What is said of links to our own website."""

import pytest
from django.contrib.redirects.models import Redirect
from django.core.management import call_command

from links.inner import judge
from pages.models import PageSection
from tests import factories
from tests.pictures.files import make_picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    page = factories.make_page(slug="sidan")
    PageSection.objects.create(page=page, heading="Så gör du")
    return page


def reason(url):
    return judge(url).reason


@pytest.mark.parametrize(
    "url",
    [
        *("/sidan/", "/sidan/?a=1", "https://trygg.example/sidan/", "/sok/", "/sok/?q=x", "/robots.txt"),
        *("/tyck-till/?sida=/sidan/", "/sidan/#sa-gor-du", "/sidan/#innehall", "/sidan/#top"),
        *("/static/img/favicon.svg", "mailto:a@b.se?subject=x", "tel:0176-123 45", "tel:+4617612345"),
    ],
)  # fmt: skip
def test_what_leads_somewhere(page, url):
    assert judge(url) == ("", "", None)


@pytest.mark.parametrize("make", factories.CONTENT_FACTORIES)
def test_every_kind_of_page(make):
    assert reason(make().get_absolute_url()) == ""
    draft = make(status="utkast")
    assert reason(draft.get_absolute_url()) == "not_published"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        *(("/finns-inte/", "missing"), ("/FEL/", "missing"), ("/nyheter/2020/x/", "missing")),
        *(("/tyck-till/?sida=/finns-inte/", "missing"), ("/static/finns-inte.css", "missing")),
        *(("/bildfil/00000000-0000-0000-0000-000000000000.png", "missing"), ("/tyck-till/", "missing")),
        *(("/sidan/#finns-inte", "fragment"), ("/admin/pages/page/", "admin")),
        *(("mailto:info@", "mail"), ("mailto:", "mail"), ("tel:ring oss", "phone")),
        *(("sida:pages.page:999999", "reference"), ("sida:finns.inte:1", "reference")),
        *(("sida:x", "reference"), ("dokument:999999", "reference"), ("bild:999999", "reference")),
    ],
)  # fmt: skip
def test_what_leads_nowhere(page, url, expected):
    assert reason(url) == expected


def test_references_are_judged_by_what_they_point_at(page):
    assert reason(f"sida:pages.page:{page.pk}") == ""
    assert reason(f"sida:pages.page:{page.pk}#sa-gor-du") == ""
    assert reason(f"sida:pages.page:{page.pk}#annat") == "fragment"
    draft = factories.make_page(status="utkast")
    assert reason(f"sida:pages.page:{draft.pk}") == "not_published"


def test_a_picture(settings):
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    picture = make_picture()
    assert reason(f"bild:{picture.pk}") == ""
    assert reason(picture.get_file_url()) == ""


def test_an_address_without_its_last_slash_has_moved(page):
    assert judge("/sidan")[:2] == ("moved", "/sidan/")


def move(old, new):
    Redirect.objects.create(site_id=1, old_path=old, new_path=new)


def test_an_old_address_says_where_it_leads(page):
    move("/gammal/", "/sidan/")
    assert judge("/gammal/#sa-gor-du")[:2] == ("moved", "/sidan/#sa-gor-du")


def test_an_old_address_that_leads_nowhere_is_broken(page):
    move("/gammal/", "/finns-inte/")
    assert reason("/gammal/") == "missing"


def test_old_addresses_that_go_round_are_left():
    move("/a/", "/b/")
    move("/b/", "/a/")
    assert reason("/a/") == "loop"


def test_an_old_address_that_leads_out_is_told_and_not_followed():
    move("/gammal/", "https://annan.example/")
    assert judge("/gammal/")[:2] == ("moved", "https://annan.example/")


def test_a_page_that_fails_is_not_said_to_be_missing(page, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("publishing.views.ContentView.get_context_data", fail)
    assert reason("/sidan/") == "error"


def test_the_links_of_the_real_content_are_right(portal, capsys):
    call_command("check_links", inner_only=True)
    assert "Trasiga: 0." in capsys.readouterr().out
