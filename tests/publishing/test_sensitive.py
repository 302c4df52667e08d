"""Pages that someone may be in danger of having visited: a quick way out, and nothing kept."""

import pytest
from django.conf import settings

from tests.factories import CONTENT_FACTORIES, make_page

EXIT = "Lämna sidan snabbt"


@pytest.mark.django_db
@pytest.mark.parametrize("make", CONTENT_FACTORIES)
def test_a_sensitive_page_has_a_way_out_and_is_kept_nowhere(client, make):
    response = client.get(make(is_sensitive=True).get_absolute_url())
    text = response.content.decode()
    assert EXIT in text
    assert f'href="{settings.EXIT_URL}" rel="nofollow noreferrer"' in text
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"


@pytest.mark.django_db
def test_other_pages_have_none(client):
    response = client.get(make_page().get_absolute_url())
    assert EXIT not in response.content.decode()
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
def test_the_real_content_flags_violence_in_close_relations(client, portal):
    assert EXIT in client.get("/verksamhetsomraden/vald-i-nara-relation/").content.decode()
    assert EXIT not in client.get("/verksamhetsomraden/andt/").content.decode()
