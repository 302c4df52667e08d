"""Who gets to know of a synpunkt, and what the mail says and does not say."""

import re

import pytest
from post_office.models import Email

from feedback.models import Feedback
from tests.factories import make_contact_point, make_page, make_person
from tests.feedback.posting import FORM, HELPLESS, filled, post, send

pytestmark = pytest.mark.django_db

MAILBOX = "enheten@kommun.example"


@pytest.fixture(autouse=True)
def mailbox(db):
    make_contact_point(email="annan@kommun.example")
    return make_contact_point(email=MAILBOX, is_unit_mailbox=True)


def page_of(responsible, deputy=None, **values):
    return make_page(slug="sidan", title="Sidan", responsible=responsible, deputy=deputy, **values)


def mail():
    return Email.objects.get()


def ready(**values):
    return make_person(email="ansvarig@kommun.example", **values)


def deputy(**values):
    return make_person(**{"email": "ersattare@kommun.example"} | values)


GONE = {"inactive": {"is_active": False}, "without e-mail": {"email": ""}}
IS_GONE = pytest.mark.parametrize("gone", GONE.values(), ids=list(GONE))


def test_the_one_responsible_gets_the_mail(resident):
    page_of(ready(), deputy())
    post(resident, "/sidan/")
    assert mail().to == ["ansvarig@kommun.example"]
    assert Feedback.objects.get().responsible.email == "ansvarig@kommun.example"


@IS_GONE
def test_the_deputy_gets_it_when_the_responsible_cannot(resident, gone):
    page_of(make_person(**gone), deputy())
    post(resident, "/sidan/")
    assert mail().to == ["ersattare@kommun.example"]
    assert Feedback.objects.get().responsible.email == "ersattare@kommun.example"


@IS_GONE
@pytest.mark.parametrize("has_deputy", [True, False])
def test_the_unit_gets_it_when_neither_can(resident, gone, has_deputy):
    page_of(make_person(**gone), deputy(**gone) if has_deputy else None)
    post(resident, "/sidan/")
    assert mail().to == [MAILBOX]
    assert Feedback.objects.get().responsible is None


def test_a_page_without_anyone_of_its_own_goes_to_the_unit(resident):
    post(resident, "/sok/")
    assert mail().to == [MAILBOX]


@pytest.mark.parametrize("state", ["none", "without e-mail"])
def test_without_a_mailbox_the_portals_own_address_gets_it(resident, mailbox, settings, state):
    mailbox.delete() if state == "none" else type(mailbox).objects.update(email="")
    assert post(resident, "/sok/").status_code == 303
    assert mail().to == [settings.DEFAULT_FROM_EMAIL]


@pytest.mark.parametrize("change", ["utkast", "arkiverad", "deleted", "moved"])
def test_a_page_that_went_away_while_it_was_read_loses_nothing(resident, change):
    page = page_of(ready())
    fields = filled(resident, "/sidan/", email="nn@kommun.example")
    if change == "deleted":
        page.delete()
    else:
        page.status, page.slug = (page.status, "nytt") if change == "moved" else (change, page.slug)
        page.save()
    response = send(resident, fields)
    assert response.status_code == 303
    row = Feedback.objects.get()
    assert (row.message, row.page_path, row.page, row.responsible) == (
        HELPLESS,
        "/sidan/",
        None,
        None,
    )
    assert mail().to == [MAILBOX]
    assert resident.get(response["Location"]).status_code == 200


def test_a_page_that_went_away_still_gets_its_errors_shown(resident):
    page = page_of(ready())
    fields = filled(resident, "/sidan/", message="")
    page.delete()
    response = send(resident, fields)
    assert response.status_code == 200
    assert "Skriv din synpunkt" in response.content.decode()


def test_the_longest_address_of_a_page_that_went_away_can_be_stored(resident):
    page_of(ready())
    path = "/" + "a" * 498 + "/"
    assert send(resident, filled(resident, "/sidan/") | {"sida": path}).status_code == 303
    assert Feedback.objects.get().page_path == path


# --- What the mail says ---------------------------------------------------------------------------
def test_the_mail_has_a_link_and_the_reference(resident, settings, admin_client):
    page_of(ready())
    post(resident, "/sidan/")
    row = Feedback.objects.get()
    assert row.reference in mail().subject
    (link,) = re.findall(r"https?://\S+", mail().message)
    assert link.startswith(settings.SITE_URL + "/admin/")
    opened = admin_client.get(link.removeprefix(settings.SITE_URL))
    assert opened.status_code == 200
    assert HELPLESS in opened.content.decode()


def test_the_mail_never_has_the_text_or_the_writers_address(resident):
    page_of(ready())
    fields = filled(resident, "/sidan/", message="Kanariefågel", email="kanarie@kommun.example")
    send(resident, fields, HTTP_USER_AGENT="KanarieBrowser", REMOTE_ADDR="198.51.100.77")
    for value in Email.objects.values().get().values():
        assert "anarie" not in str(value)
        assert "198.51.100" not in str(value)


def test_the_link_never_comes_from_the_host_of_the_request(resident, settings):
    page_of(ready())
    send(resident, filled(resident, "/sidan/"), HTTP_HOST="localhost")
    assert "localhost" not in mail().message


# --- Attempts to write more mail than ours --------------------------------------------------------
INJECTIONS = [
    "nn@kommun.example\nBcc: evil@evil.example",
    "nn@kommun.example\r\nBcc: evil@evil.example",
    "nn@kommun.example\rBcc: evil@evil.example",
    "nn@kommun.example%0ABcc:evil@evil.example",
    "nn@kommun.example,evil@evil.example",
    "nn@kommun.example;evil@evil.example",
    "nn <evil@evil.example>",
    "nn@kommun.example\0",
    "nn@kommun.example\u2028Bcc: evil@evil.example",
    '"a,evil@evil.example,b"@kommun.example',
    '"a\x0bb"@kommun.example',
]


@pytest.mark.parametrize("email", INJECTIONS)
def test_an_address_with_more_in_it_is_refused(resident, email):
    page_of(ready())
    response = send(resident, filled(resident, "/sidan/") | {"email": email})
    assert response.status_code == 200
    assert not Feedback.objects.exists()
    assert not Email.objects.exists()


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\u2028", "\x0b", "\x85"])
def test_a_title_with_a_line_break_adds_no_header(resident, line_break):
    make_page(slug="sidan", title=f"Sidan{line_break}Bcc: evil@evil.example", responsible=ready())
    assert post(resident, "/sidan/").status_code == 303
    prepared = mail().prepare_email_message()
    sent = prepared.message()
    assert prepared.recipients() == ["ansvarig@kommun.example"]
    assert sent["Bcc"] is None
    assert len(mail().subject.splitlines()) == 1


@pytest.mark.parametrize(
    "title",
    [
        "Vad är {{ settings.SECRET_KEY }}?",
        "Skriv {% debug %}",
        "Skriv {% inte en tagg %}",
        "{# x #} <b>&",
    ],
)
def test_a_title_is_never_run_as_a_template(resident, title):
    make_page(slug="sidan", title=title, responsible=ready())
    assert post(resident, "/sidan/").status_code == 303
    assert title in mail().subject
    assert title in mail().message


def test_the_page_in_the_post_decides_not_the_one_that_was_shown(resident):
    page_of(ready())
    make_page(slug="andra", responsible=deputy())
    fields = filled(resident, "/sidan/") | {"sida": "/andra/"}
    assert resident.post(FORM, fields).status_code == 303
    assert mail().to == ["ersattare@kommun.example"]


def test_a_sensitive_page_is_not_named_in_a_mailbox(resident):
    make_page(slug="sidan", title="Våld i nära relation", is_sensitive=True, responsible=ready())
    post(resident, "/sidan/")
    assert "Våld" not in mail().subject + mail().message
    assert Feedback.objects.get().reference in mail().subject
