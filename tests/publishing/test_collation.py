"""Swedish order and Swedish capitals: the same list on both databases, and none of it by accident."""

import random

import pytest
from django.db.models import Value

from organisation.models import Organisation
from publishing.collation import Fold, Swedish
from tests.factories import make_platform

pytestmark = pytest.mark.django_db

#: As a Swedish telephone directory has them. Written by hand; PostgreSQL's ICU agrees.
IN_ORDER = [
    *("”Trygg”", "0-18 år", "0–18 år", "018", "10", "9"),
    *("A", "A (b)", "AB", "Ab C", "Ab-C", "Abc", "ABC – stöd", "ABCD"),
    *("ada", "Ada", "ADA", "Adam", "Andre", "André", "Andrea"),
    *("el", "él", "ell", "ide", "Ide", "idé", "Idé", "ider"),
    *("Muller", "Mylla", "Myller", "Müller", "ss", "ß", "st"),
    *("vera", "Vera", "Vilda", "Waldemar", "wera", "Wera", "Zorn"),
    *(
        "Å",
        "åke",
        "Åke",
        "Åsa",
        "Ä",
        "æble",
        "Ärla",
        "ärt",
        "Ö",
        "öl",
        "Öland",
        "Øster",
        "Österåker",
    ),
]


@pytest.fixture
def shuffled():
    """IN_ORDER as organisations, made in another order (the same one every time)."""
    names = list(IN_ORDER)
    random.Random(6).shuffle(names)
    assert names != IN_ORDER
    Organisation.objects.bulk_create(Organisation(name=name, kind="forening") for name in names)


def test_swedish_order(shuffled):
    names = Organisation.objects.order_by(Swedish("name")).values_list("name", flat=True)
    assert list(names) == IN_ORDER


def test_backwards(shuffled):
    names = Organisation.objects.order_by(Swedish("name").desc()).values_list("name", flat=True)
    assert list(names) == IN_ORDER[::-1]


def test_any_two_names_stand_in_the_same_order_however_the_others_are_mixed(shuffled):
    """A sort needs a comparison that never contradicts itself."""
    for start in range(0, len(IN_ORDER), 7):
        some = Organisation.objects.filter(name__in=IN_ORDER[start::3]).order_by(Swedish("name"))
        assert [row.name for row in some] == IN_ORDER[start::3]


def test_pages_stand_in_swedish_order():
    from platforms.models import Platform

    for title in ("Östra", "Ängen", "Zink", "Åsen", "Wik", "Vik"):
        make_platform(title=title)
    titles = Platform.objects.in_swedish_order().values_list("title", flat=True)
    assert list(titles) == ["Vik", "Wik", "Zink", "Åsen", "Ängen", "Östra"]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ÅÄÖ", "åäö"),
        ("Föräldraskapsstöd", "föräldraskapsstöd"),
        ("ÉÜ", "éü"),
        ("TiNK", "tink"),
        ("", ""),
    ],
)
def test_fold_makes_every_letter_small(text, folded):
    Organisation.objects.create(name=text, kind="forening")
    row = Organisation.objects.annotate(small=Fold("name")).get()
    assert row.small == folded


def test_fold_of_nothing_is_nothing():
    Organisation.objects.create(name="x", kind="forening")
    row = Organisation.objects.annotate(small=Fold(Value(None))).get()
    assert row.small is None


def test_fold_finds_what_the_database_alone_would_not():
    Organisation.objects.create(name="ÖSTRA ÅSEN", kind="forening")
    found = Organisation.objects.annotate(small=Fold("name")).filter(small__contains="östra å")
    assert found.count() == 1
