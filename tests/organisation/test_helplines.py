"""A wrong number does harm: the number is always there, what nobody has checked is not told as true."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from organisation.models import ContactPoint, Helpline
from tests.crawl import Fetched, words
from tests.factories import make_area, make_contact_point, make_helpline, make_page

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 10)
CHECKED = {"verified_on": date(2026, 1, 2), "hours": "vardagar 9–16"}
#: (verified on, review by, may the details be told as true on TODAY?)
TABLE = [
    (None, None, False),
    (None, date(2027, 1, 1), False),
    (date(2026, 1, 2), None, True),
    (date(2026, 1, 2), date(2026, 3, 11), True),
    (date(2026, 1, 2), TODAY, True),
    (date(2026, 1, 2), date(2026, 3, 9), False),
]


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-03-10T12:00:00+01:00", tick=False):
        yield


def pages_with(line):
    """Every page that shows a number: the list, the start page and an area."""
    page = make_page(slug="nummer")
    page.sections.create(heading="Nummer", live_list="helplines", order=1)
    make_page(slug="start")
    area = make_area()
    area.helplines.add(line)
    return ["/nummer/", "/", area.get_absolute_url()]


@pytest.mark.parametrize(("verified", "review", "true"), TABLE)
def test_verified_and_overdue_are_one_rule(verified, review, true):
    line = make_helpline(verified_on=verified, review_by=review)
    assert line.is_verified is true
    assert Helpline.objects.overdue().exists() is not true
    assert Helpline.objects.overdue(on=TODAY).exists() is not true


@pytest.mark.parametrize(("verified", "review", "true"), TABLE)
def test_what_a_resident_sees(client, verified, review, true):
    line = make_helpline(
        number="020-11 22 33",
        name="Stödlinjen",
        hours="vardagar 9–16",
        verified_on=verified,
        review_by=review,
        on_start=True,
    )
    for address in pages_with(line):
        page = Fetched(address, client.get(address))
        text = words(page.document)
        assert "020-11 22 33" in text, address
        assert "tel:020112233" in page.links, address
        assert ("vardagar 9–16" in text) is true, address
        assert ("kontrolleras" in text) is not true, address


def test_the_day_after_the_review_date_the_hours_are_gone(client):
    line = make_helpline(review_by=TODAY, on_start=True, **CHECKED)
    addresses = pages_with(line)
    assert all("9–16" in client.get(address).content.decode() for address in addresses)
    with time_machine.travel("2026-03-11T00:30:00+01:00", tick=False):  # still the 10th in UTC
        assert not any("9–16" in client.get(address).content.decode() for address in addresses)


def test_the_source_is_for_staff_only(client):
    line = make_helpline(source="Hemlig källa", on_start=True, **CHECKED)
    for address in pages_with(line):
        assert "Hemlig källa" not in client.get(address).content.decode()


def test_the_strip_on_every_page(client):
    make_page(slug="start")
    make_helpline(number="112", name="Nödnumret", on_every_page=True, order=1)
    make_helpline(number="114 14", name="Polisen", on_every_page=True, order=2)
    make_helpline(number="116 111", name="Bris", order=3)
    for address in ("/", "/finns-inte/", "/sok/"):
        page = Fetched(address, client.get(address))
        (strip,) = [e for e in page.all("div") if e.get("aria-label") == "Hjälp nu"]
        links = [link.get("href") for link in strip.iter("a")]
        assert links == ["tel:112", "/fa-hjalp/", "tel:11414"], address
        assert "Ring 112" in words(strip)


@pytest.mark.parametrize(
    "number", ["ring oss", "1", "0176/123", "<script>", "112;ext=1", "(0176) 123"]
)
def test_a_number_is_written_with_digits(number):
    with pytest.raises(ValidationError) as error:
        Helpline(number=number, name="x", for_whom="x", source="x").full_clean()
    assert error.value.message_dict["number"] == [
        "Skriv telefonnumret med siffror, till exempel 0176-123 45"
    ]


@pytest.mark.parametrize(
    ("number", "link"),
    [("112", "tel:112"), ("0176-710 00", "tel:017671000"), ("+46 8 1", "tel:+4681")],
)
def test_what_is_dialled(number, link):
    assert Helpline(number=number).tel == link
    assert ContactPoint(phone=number).tel == link


def test_a_number_cannot_be_listed_twice():
    make_helpline(number="112")
    with pytest.raises(ValidationError) as error:
        Helpline(number="112", name="x", for_whom="x", source="x").full_clean()
    assert "number" in error.value.message_dict


def test_staff_are_told_what_to_check(client, make_staff):
    overdue = make_helpline(name="Gammal linje", review_by=date(2026, 3, 9), **CHECKED)
    make_helpline(name="Kontrollerad linje", **CHECKED)
    client.force_login(make_staff("Redaktör"))
    start = Fetched("/admin/", client.get("/admin/"))
    text = words(start.document)
    assert "Gammal linje" in text
    assert "Kontrollerad linje" not in text
    assert reverse("admin:organisation_helpline_change", args=[overdue.pk]) in start.links


def test_a_contact_point_that_nobody_has_checked_says_so(client):
    page = make_page(slug="vagar")
    page.sections.create(live_list="contacts", order=1)
    make_contact_point(name="Kontrollerad", verified_on=TODAY, phone="0176-1")
    assert "kontrolleras" not in words(Fetched("", client.get("/vagar/")).document)
    make_contact_point(name="Okontrollerad", phone="0176-2")
    assert "Uppgiften kontrolleras" in words(Fetched("", client.get("/vagar/")).document)


def test_there_is_one_mailbox():
    make_contact_point(is_unit_mailbox=True, email="a@kommun.example")
    with pytest.raises(ValidationError) as error:
        ContactPoint(name="Två", is_unit_mailbox=True).full_clean()
    assert error.value.messages == ["Det finns redan en kontaktväg som är enhetens brevlåda."]
