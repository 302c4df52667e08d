"""Pass phrases: what everybody here would guess is refused, four words are not."""

import pytest
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError

WEAK = [
    *("sommar2026!!", "Sommaren2026", "V1nter2025!!", "vintern-2024-", "Våren20262027"),
    *("Norrtälje2026", "norrtalje761", "N0rrt4lje2026", "kommun123456", "Kommunen2026!"),
    *("TryggIKommun1", "trygginorrtälje", "tink2026tink", "TiNKportalen1", "Trygg & säker"),
    *("Lösenord2026", "l0s3n0rd1234", "L0senord!!!!", "Välkommen2026", "valkommen123!"),
    *("Januari2026!", "fredag13mars", "Djurgården1891", "Hammarby1897!", "Roslagen2026!"),
    *("Andersson1972", "Anna-Maria-1984", "hejhejhejhej", "qwertyuiop12", "abcdefghijkl"),
    *("123456789abc", "aaaaaaaaaaaa", "bilbilbilbil", "P@ssword2026", "Katten Maja 2019"),
    *("redaktion2026", "sverige sverige", "M1d50mmar2026", "igelkott torsdagsmys kastrull lampa"),
]
SHORT = ["cykel spade", "x7Kp-93Lm"]
GOOD = [
    *("cykel molnet spade björk", "Blåbärspaj under bron i regnet", "tre grodor äter makaroner"),
    *("vinterjacka spade klarinett moln", "x7Kp-93Lm-22Qv-tt", "k9fj2mzq8wlx4p"),
    *("mina skor luktar fisk", "Ordna paraply krokodil filt", "havet-ar-blatt-idag"),
    *("snickarglädje fjällstuga ostkaka", "å ä ö är tre vokaler till", "helt-nytt-losen-1"),
    "långa ord om båtar och bryggor vid vattnet när solen går upp ö!!",
    "en mening " * 12 + "på 128",
]


def refused(password):
    with pytest.raises(ValidationError) as caught:
        validate_password(password)
    return {error.code for error in caught.value.error_list}


@pytest.mark.parametrize("password", WEAK)
def test_the_guessable_is_refused(password):
    assert "weak_words" in refused(password)


@pytest.mark.parametrize("password", GOOD)
def test_the_good_is_taken(password):
    validate_password(password)


@pytest.mark.parametrize("password", SHORT)
def test_the_short_is_refused(password):
    assert "password_too_short" in refused(password)


def test_the_longest():
    phrase = "cykel molnet spade björk " * 6
    validate_password(phrase[:128])
    assert refused(phrase[:129]) == {"too_long"}


def test_a_very_long_one_costs_nothing():
    assert "too_long" in refused("å" * 1_000_000)


def test_the_tables_are_as_long_as_promised():
    assert len(WEAK) >= 25
    assert len(GOOD) >= 10
    assert any(len(password) >= 64 and " " in password and "å" in password for password in GOOD)


def test_the_form_recommends_four_words(client, make_staff):
    client.force_login(make_staff("Redaktör"))
    page = client.get("/admin/password_change/").content.decode()
    assert "fyra ord som inte hör ihop" in page
    assert all(str(text) for text in password_validators_help_texts())


def test_the_form_says_why_it_refuses(client, make_staff):
    client.force_login(make_staff("Redaktör"))
    sent = {"old_password": "langt losenord", "new_password1": "Sommar2026!!"}
    page = client.post("/admin/password_change/", sent | {"new_password2": "Sommar2026!!"})
    assert "lätta att gissa" in page.content.decode()
