"""The form as a resident meets it: its words, its errors, what it keeps, and what it leaves no trace of."""

import re

import pytest

from feedback.models import Feedback
from tests.feedback.posting import (
    FORM,
    HELPLESS,
    by_id,
    fetch,
    filled,
    form_fields,
    parse,
    post,
    send,
    words,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("start")]

HEADING = "Tyck till om den här sidan"
SENTENCES = (
    "Har du synpunkter på den här sidan, tar vi tacksamt emot dem. Fyll i formuläret nedan och dina "
    "synpunkter skickas till ansvarig för sidan. Om du anger din e-postadress kan vi ge dig "
    "återkoppling. Tack för att du hjälper oss att skapa en bättre webbplats."
)
DIALOG = {"X-Requested-With": "dialog"}
SCRIPT = "<script>alert('x')</script><img src=x onerror=alert(1)>\"'&amp;"


def summary(tree):
    """{words: where the link leads} in the box above the form."""
    (box,) = [element for element in tree.iter("div") if element.get("class") == "summary"]
    return {
        words(line): next((a.get("href") for a in line.iter("a")), None) for line in box.iter("li")
    }


def title_of(tree):
    return words(next(tree.iter("title")))


# --- The words ------------------------------------------------------------------------------------
def test_heading_and_sentences_of_the_source_stand_to_the_letter(resident):
    tree = parse(fetch(resident))
    assert [words(heading) for heading in tree.iter("h1")] == [HEADING]
    assert SENTENCES in [words(paragraph) for paragraph in tree.iter("p")]
    assert title_of(tree).startswith(HEADING)


def test_the_dialog_has_the_same_words(resident):
    tree = parse(fetch(resident, **DIALOG))
    assert HEADING in [words(heading) for heading in tree.iter("h2")]
    assert SENTENCES in [words(paragraph) for paragraph in tree.iter("p")]


def test_every_field_has_its_label_and_its_hint(resident):
    tree = parse(fetch(resident))
    labels = {label.get("for"): words(label) for label in tree.iter("label")}
    assert labels["id_message"] == "Din synpunkt"
    assert labels["id_email"] == "E-postadress (frivilligt)"
    for name in ("message", "email"):
        described = by_id(tree, f"id_{name}").get("aria-describedby")
        assert words(by_id(tree, described))


def test_the_form_sends_to_itself_and_cuts_no_text(resident):
    tree = parse(fetch(resident))
    form, message = by_id(tree, "tyck-till"), by_id(tree, "id_message")
    assert (form.get("method"), form.get("action")) == ("post", FORM)
    assert message.get("maxlength") is None
    assert message.get("autocomplete") == "off"


@pytest.mark.parametrize(
    "typed", [{}, {"message": ""}, {"email": "fel"}], ids=["get", "empty", "bad"]
)
def test_the_dialog_fragment_is_no_page(resident, typed):
    if typed:
        response = send(resident, filled(resident, **typed), headers=DIALOG)
    else:
        response = fetch(resident, **DIALOG)
    html = response.content.decode().lower()
    assert response.status_code == 200
    assert 'id="tyck-till"' in html
    assert not re.search(r"<(!doctype|html|head|body|title|main)\b", html)


def test_the_dialog_shows_the_same_errors_as_the_page(resident):
    fields = filled(resident, message="", email="fel")
    in_page, in_dialog = send(resident, fields), send(resident, fields, headers=DIALOG)
    assert summary(parse(in_page)) == summary(parse(in_dialog)) != {}


# --- The errors -----------------------------------------------------------------------------------
def test_an_empty_post_is_told_what_is_missing_in_both_places(resident):
    tree = parse(post(resident, message=""))
    assert summary(tree) == {"Skriv din synpunkt": "#id_message"}
    assert words(by_id(tree, "id_message_error")) == "Fel: Skriv din synpunkt"
    field = by_id(tree, "id_message")
    assert field.get("aria-invalid") == "true"
    assert "id_message_error" in field.get("aria-describedby").split()
    assert title_of(tree).startswith("Fel: ")
    assert not Feedback.objects.exists()


def test_nothing_is_called_wrong_before_anything_is_sent(resident):
    tree = parse(fetch(resident))
    assert not title_of(tree).startswith("Fel")
    assert not [element for element in tree.iter("div") if element.get("class") == "summary"]
    assert by_id(tree, "id_message").get("aria-invalid") is None


@pytest.mark.parametrize("message", [" ", "\r\n\r\n", "\t \u00a0"])
def test_only_white_space_is_nothing(resident, message):
    assert "Skriv din synpunkt" in summary(parse(post(resident, message=message)))
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    "email",
    ["nn", "nn@", "@kommun.example", "nn@kommun", "a b@kommun.example", "a@b.se, c@d.se", "å" * 9],
)
def test_a_bad_address_is_told_how_to_write_it(resident, email):
    tree = parse(post(resident, email=email))
    sentence = "Skriv e-postadressen med @ och punkt, till exempel namn@exempel.se"
    assert summary(tree) == {sentence: "#id_email"}
    assert words(by_id(tree, "id_email_error")) == f"Fel: {sentence}"
    assert not Feedback.objects.exists()


def test_both_errors_stand_in_the_order_of_the_fields(resident):
    found = summary(parse(post(resident, message="", email="fel")))
    assert list(found.values()) == ["#id_message", "#id_email"]


def test_5001_signs_are_too_many_and_none_is_lost(resident):
    response = post(resident, message="å" * 5001)
    sentence = "Synpunkten får vara högst 5000 tecken. Du har skrivit 5001."
    assert summary(parse(response)) == {sentence: "#id_message"}
    assert form_fields(response)["message"] == "å" * 5001
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    "sign", ["å", "👍", "ع", "\r\n"], ids=["swedish", "emoji", "arabic", "lines"]
)
def test_5000_signs_are_not_too_many(resident, sign):
    assert post(resident, message="a" + sign * 4998 + "a").status_code == 303
    assert Feedback.objects.get().message == "a" + sign.replace("\r", "") * 4998 + "a"


@pytest.mark.parametrize(
    "typed",
    [
        {"message": "", "email": "nn@kommun.example"},
        {"message": "  Rad ett\nRad två <b>&amp; å", "email": "inte en adress"},
        {"message": "x" * 5001, "email": "nn@kommun.example"},
        {"message": "", "email": "<b>&å"},
    ],
    ids=["no message", "bad address", "too long", "both"],
)
def test_everything_typed_is_kept(resident, typed):
    fields = filled(resident, **typed)
    assert form_fields(send(resident, fields)) == fields


def test_a_corrected_form_is_stored_once(resident):
    corrected = form_fields(post(resident, message="", email="nn@kommun.example"))
    assert send(resident, corrected | {"message": HELPLESS}).status_code == 303
    row = Feedback.objects.get()
    assert (row.message, row.email) == (HELPLESS, "nn@kommun.example")


# --- Any text at all ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    [
        "Åsa och Örjan är på ön, éü ß",
        "👩‍👩‍👧‍👦 🚒 👍🏽",
        "صفحة غير واضحة",
        "Sidan – ”citat” …\n\n  Ny rad\tflik",
        SCRIPT,
        "{{ settings.SECRET_KEY }} {% debug %} %s %(x)s",
        "'; DROP TABLE feedback_feedback; --",
        "e\u0301 och \u00e9",
    ],
)
def test_a_text_is_stored_exactly_as_written(resident, text):
    assert post(resident, message=text).status_code == 303
    assert Feedback.objects.get().message == text.strip()


def test_a_nul_sign_is_an_error_and_no_crash(resident):
    assert post(resident, message="a\0b").status_code == 200
    assert not Feedback.objects.exists()


def test_bytes_that_are_no_text_are_no_crash(resident):
    body = b"sida=/&message=%ff%fe%80&email="
    response = resident.post(FORM, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 303
    assert Feedback.objects.get().message


@pytest.mark.parametrize("headers", [{}, DIALOG, {"Sec-Fetch-Site": "cross-site"}])
def test_markup_in_what_was_typed_is_escaped(resident, headers):
    fields = filled(resident, message=SCRIPT + "x" * 5000, email=SCRIPT)
    response = send(resident, fields, headers=headers)
    html = response.content.decode()
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert form_fields(response)["message"] == fields["message"]


def test_markup_in_the_hidden_fields_is_escaped(resident):
    fields = filled(resident, message="") | {"key": SCRIPT, "stamp": SCRIPT, "website": SCRIPT}
    html = send(resident, fields).content.decode()
    assert "<script>alert" not in html
    assert "<img src=x" not in html


# --- No trace -------------------------------------------------------------------------------------
def answers(client):
    """Every answer of the form: drawn, in the dialog, refused, stored, and the receipt."""
    stored = post(client)
    return {
        "form": fetch(client),
        "dialog": fetch(client, **DIALOG),
        "refused": post(client, message=""),
        "from elsewhere": send(client, filled(client), headers={"Sec-Fetch-Site": "cross-site"}),
        "stored": stored,
        "receipt": client.get(stored["Location"]),
    }


def test_no_answer_sets_or_depends_on_a_cookie(resident):
    for name, response in answers(resident).items():
        assert "Set-Cookie" not in response.headers, name
        assert not response.cookies, name
        assert "cookie" not in response.get("Vary", "").lower(), name
        assert "csrf" not in response.content.decode().lower(), name


def test_no_answer_is_kept_by_browser_or_proxy_or_found_by_search_engines(resident):
    for name, response in answers(resident).items():
        assert "no-store" in response["Cache-Control"], name
        assert response["X-Robots-Tag"] == "noindex", name


def test_the_receipt_holds_nothing_of_what_was_written(resident):
    stored = post(resident, message="Kanariefågel", email="kanarie@kommun.example")
    html = resident.get(stored["Location"]).content.decode().lower()
    assert "kanarie" not in html + stored["Location"].lower()


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(resident, method):
    assert getattr(resident, method)(FORM).status_code == 405
