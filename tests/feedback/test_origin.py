"""Without a CSRF cookie the browser says where a post comes from. A refused post keeps its text."""

import pytest

from feedback.models import Feedback
from tests.feedback.posting import HELPLESS, filled, form_fields, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("start")]

OURS = [
    {},
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"},
    {"Origin": "http://testserver"},
]
FOREIGN = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": ""},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
    {"Origin": "https://evil.example"},
    {"Origin": "http://testserver.evil.example"},
    {"Origin": "http://evil.example/testserver"},
    {"Origin": "http://testserver@evil.example"},
    {"Origin": "http://testserver:8001"},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "http://["},
    {"Origin": "testserver"},
]


def name(headers):
    return " ".join(f"{key}={value}" for key, value in headers.items()) or "silent"


@pytest.mark.parametrize("headers", OURS, ids=name)
def test_a_post_from_our_own_page_is_stored(resident, headers):
    assert send(resident, filled(resident), headers=headers).status_code == 303
    assert Feedback.objects.count() == 1


@pytest.mark.parametrize("headers", FOREIGN, ids=name)
def test_a_post_from_elsewhere_is_refused_with_the_text_kept(resident, headers):
    fields = filled(resident, email="nn@kommun.example")
    response = send(resident, fields, headers=headers)
    assert response.status_code == 403
    assert form_fields(response) == fields
    assert "Skicka formuläret härifrån. Din text finns kvar." in response.content.decode()
    assert not Feedback.objects.exists()


def test_the_refused_form_can_be_sent_from_here(resident):
    refused = send(resident, filled(resident), headers={"Sec-Fetch-Site": "cross-site"})
    again = send(resident, form_fields(refused), headers={"Sec-Fetch-Site": "same-origin"})
    assert again.status_code == 303
    assert Feedback.objects.get().message == HELPLESS


@pytest.mark.parametrize("logged_in", [False, True])
def test_a_login_makes_no_difference(client, resident, superuser, logged_in):
    if logged_in:
        client.force_login(superuser)
    response = send(client, filled(client))
    assert response.status_code == 303
    assert not Feedback.objects.get().assigned_to
