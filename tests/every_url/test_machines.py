"""What machines ask for: the old address, the watchdog, search engines."""

import pytest

OLD_PATH = "/info/stod-och-omsorg/trygg-i-norrtalje-kommun/verksamheten-i-trygg-i-norrtalje-kommun/"


@pytest.mark.django_db
def test_old_municipal_address_moves_for_ever(client, portal):
    response = client.get(OLD_PATH)
    assert (response.status_code, response["Location"]) == (301, "/verksamheten/")


@pytest.mark.django_db
def test_health(client):
    response = client.get("/halsa/")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert not response.cookies


def test_robots(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /sok/",
        "Disallow: /tyck-till/",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/verksamheten", "/samverkan/tink-radet", "/sok"])
def test_address_without_its_last_slash_is_sent_on(client, portal, path):
    response = client.get(path)
    assert (response.status_code, response["Location"]) == (301, path + "/")


@pytest.mark.django_db
def test_search_and_form_are_kept_out_of_search_engines(client, portal):
    for address in ("/sok/?q=trygg", "/tyck-till/?sida=/"):
        assert client.get(address)["X-Robots-Tag"] == "noindex"
