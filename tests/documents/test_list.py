"""What stands beside a link to a document, on the website and in the admin."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from documents.models import Document
from tests.crawl import Fetched, words
from tests.documents.files import make_document, make_pdf
from tests.factories import make_page, make_person

pytestmark = pytest.mark.django_db

LIST = reverse("admin:documents_document_changelist")
OTHER_WAY = "Ej tillgänglig pdf – så får du innehållet på annat sätt:"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def listed(client):
    """``listed()``: the points of the list of documents on a page that has it."""
    page = make_page()
    page.sections.create(live_list="documents")

    def read():
        fetched = Fetched("", client.get(page.get_absolute_url()))
        return [
            words(point)
            for element in fetched.elements
            if element.get("class") == "documents"
            for point in element
        ]

    return read


def test_a_link_says_kind_size_and_date(listed):
    document = make_document(is_accessible=True)
    Document.objects.update(size=1_258_291)
    assert listed() == ["Handlingsplan (pdf, 1,2 MB, 2026-03-01) 1 sida."]
    assert document.get_absolute_url().endswith("/handlingsplan.pdf")


def test_where_it_comes_from_is_told_where_it_is_known(listed):
    make_document(
        make_pdf(pages=2), is_accessible=True, registration_number="KS 1", adopted_by="KS"
    )
    assert listed()[0].endswith("Antaget av KS. Diarienummer KS 1. 2 sidor.")


@pytest.mark.parametrize(
    ("values", "person", "way"),
    [
        ({"other_way": "Läs sidan Våld."}, {}, "Läs sidan Våld."),
        (
            {},
            {"email": "plan@kommun.se", "phone": "0176-1"},
            "Hör av dig till den som ansvarar för dokumentet, plan@kommun.se eller 0176-1.",
        ),
        # An address that reaches nobody is shown to nobody.
        ({}, {"email": "plan@kommun.example"}, "Hör av dig till oss. Våra kontaktvägar"),
        (
            {},
            {"email": "x@kommun.se", "is_active": False},
            "Hör av dig till oss. Våra kontaktvägar",
        ),
    ],
)
def test_what_cannot_be_read_can_be_had_in_another_way(listed, values, person, way):
    make_document(responsible=make_person(**person), **values)
    (point,) = listed()
    assert f"{OTHER_WAY} {way}" in point


def test_only_what_is_public_and_meant_for_the_list_stands_there(listed):
    make_document(title="Indragen", is_withdrawn=True)
    make_document(title="Bara länkad", in_list=False)
    make_document(title="Gammal", dated=date(2020, 1, 1))
    make_document(title="Ny", dated=date(2026, 1, 1))
    assert [point.split(" (")[0] for point in listed()] == ["Ny", "Gammal"]


def test_an_empty_list_says_so(client):
    page = make_page()
    page.sections.create(live_list="documents")
    assert "Det finns inga dokument än." in client.get(page.get_absolute_url()).content.decode()


# --- The admin ----------------------------------------------------------------------------------


@pytest.fixture
def rows(client, make_staff):
    """``rows(query)``: the names in the admin's list."""
    client.force_login(make_staff("Redaktör"))
    return lambda **query: {row.title for row in client.get(LIST, query).context["cl"].result_list}


@time_machine.travel("2026-11-22T12:00:00+01:00", tick=False)
def test_the_filters_of_the_list(rows):
    make_document(title="Nu", review_on=date(2026, 11, 22))
    make_document(title="Snart", review_on=date(2026, 12, 22), is_accessible=True)
    make_document(title="Sen", review_on=date(2026, 12, 23), registration_number="KS 77")
    make_document(title="Borta", review_on=date(2026, 1, 1), is_withdrawn=True)
    assert rows(granskning="nu") == {"Nu"}
    assert rows(granskning="snart") == {"Snart"}
    assert rows(tillganglig="nej") == {"Nu", "Sen", "Borta"}
    assert rows(tillganglig="ja") == {"Snart"}
    assert rows(visas="nej") == {"Borta"}
    assert rows(visas="ja") == {"Nu", "Snart", "Sen"}
    assert rows(q="KS 77") == {"Sen"}
    assert len(rows(granskning="annat")) == 4


def test_the_form_says_what_residents_meet(client, make_staff):
    client.force_login(make_staff("Redaktör"))
    document = make_document()
    address = reverse("admin:documents_document_change", args=[document.pk])
    page = client.get(address).content.decode()
    assert "På webbplatsen nu" in page
    assert document.get_absolute_url() in page
    assert "Var används det?" in page
    Document.objects.update(is_withdrawn=True)
    page = client.get(address).content.decode()
    assert "indraget" in page
    assert document.get_absolute_url() not in page
    assert "Ingen sida använder det." in page
