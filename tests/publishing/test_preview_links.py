"""A link lets somebody without an account read a draft, until it ends; nothing else gives the draft away."""

from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from news.models import NewsItem
from publishing.drafts import bring_back
from publishing.models import PreviewLink
from publishing.preview_link import SALT
from tests import factories
from tests.crawl import words
from tests.publishing.posting import (
    FULL,
    MARKER,
    change,
    full_page,
    make_member,
    make_new,
    marked_texts,
    messages,
    newest,
    parse,
    url,
)

pytestmark = pytest.mark.django_db

REFUSED = "Länken till utkastet har gått ut, är stängd eller är inte hel."
SITE = "https://trygg.example"


@pytest.fixture
def editor(make_staff):
    client = Client()
    client.force_login(make_staff("Redaktör"))
    return client


def share(editor, page, days="7"):
    """Make a link in the admin: the link, and the path that the editor copies."""
    response = editor.post(url(page, "share"), {"days": days})
    assert response.status_code == 302
    shown = parse(editor.get(url(page, "share")))
    inputs = [e for e in shown.iter("input") if e.get("readonly") is not None]
    address = inputs[0].get("value")
    assert address.startswith(f"{SITE}/granska-utkast/")
    return PreviewLink.objects.first(), address.removeprefix(SITE)


def is_refused(response):
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response["X-Robots-Tag"]
    assert not response.cookies
    shown = response.content.decode()
    assert MARKER not in shown
    return response.status_code == 404 and REFUSED in shown


@pytest.mark.parametrize("make", FULL)
def test_somebody_without_an_account_sees_the_page_as_the_preview_has_it(make, editor, client):
    page = make()
    change(editor, page, **marked_texts(type(page)))
    _link, address = share(editor, page)
    response = client.get(address)
    assert response.status_code == 200
    shown = response.content.decode()
    assert MARKER in shown
    assert "Utkast – visas bara för dig som har fått länken" in shown
    previewed = editor.get(url(page, "preview")).content.decode()
    strip = shown[shown.index('<div class="wrap mt"><div class="note note--warn"') :]
    strip = strip[: strip.index("</div></div>") + len("</div></div>")]
    assert shown.replace(strip, "").split() == previewed.split()
    assert MARKER not in client.get(page.get_absolute_url()).content.decode()


def test_the_answer_is_kept_nowhere_and_sets_no_cookie(editor, client):
    page = full_page()
    change(editor, page, introduction=MARKER)
    response = client.get(share(editor, page)[1])
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"
    assert not response.cookies


def test_a_page_never_published_is_shared_too(editor, client):
    page = make_new(editor, NewsItem, **marked_texts(NewsItem))
    assert MARKER in client.get(share(editor, page)[1]).content.decode()


def test_the_link_shows_the_newest_draft_and_then_leads_to_the_page(editor, client):
    page = full_page()
    change(editor, page, introduction="Ett.")
    address = share(editor, page)[1]
    change(editor, page, introduction="Två.")
    assert "Två." in client.get(address).content.decode()
    change(editor, page, "_publish")
    response = client.get(address)
    assert response.status_code == 302
    assert response["Location"] == page.get_absolute_url()


def test_a_link_ends_by_time(editor, client):
    page = full_page()
    change(editor, page, introduction=MARKER)
    for days in ("1", "7", "30"):
        link, address = share(editor, page, days)
        left = link.expires_at - timezone.now()
        assert timedelta(days=int(days) - 1) < left <= timedelta(days=int(days))
        PreviewLink.objects.filter(pk=link.pk).update(expires_at=timezone.now())
        assert is_refused(client.get(address))
    assert "Gick ut" in editor.get(url(page, "share")).content.decode()


def test_a_link_ends_when_somebody_closes_it(editor, client):
    page = full_page()
    change(editor, page, introduction=MARKER)
    link, address = share(editor, page)
    response = editor.post(url(page, "share"), {"revoke": str(link.pk)})
    assert "Länken är stängd." in messages(editor.get(response["Location"]))[-1]
    assert is_refused(client.get(address))
    shown = editor.get(url(page, "share")).content.decode()
    assert address not in shown
    assert "Stängd" in shown


def test_a_link_ends_when_its_maker_may_no_longer_see_the_page(editor, client):
    page = full_page()
    change(editor, page, introduction=MARKER)
    link, address = share(editor, page)
    user = link.created_by
    assert client.get(address).status_code == 200
    for field in ("is_active", "is_staff"):
        setattr(user, field, False)
        user.save()
        assert is_refused(client.get(address))
        setattr(user, field, True)
        user.save()
    user.groups.clear()
    assert is_refused(client.get(address))


def test_a_link_ends_with_its_page_and_stays_so_when_it_comes_back(editor, client):
    item = factories.make_news()
    change(editor, item, introduction=MARKER)
    address = share(editor, item)[1]
    key = item.pk
    editor.post(url(item, "delete"), {"post": "yes"})
    item.pk = key
    assert is_refused(client.get(address))
    bring_back(newest(item), None)
    assert NewsItem.objects.filter(pk=key).exists()
    assert is_refused(client.get(address))


def test_no_other_text_opens_a_link(editor, client):
    page = full_page()
    change(editor, page, introduction=MARKER)
    _link, address = share(editor, page)
    token = address.split("/")[2]
    key, signature = token.split(":")
    other = [
        *(
            key,
            f"{key}:",
            f"{key}:{signature[:-1]}",
            f"{key}:{signature[::-1]}",
            f"{key}1:{signature}",
        ),
        *("x", "1:1", ":", "%00", "å", "1" * 5000),
        signing.Signer(salt="another").sign(key),
        signing.Signer(salt=SALT).sign("987654"),
    ]
    for text in other:
        assert is_refused(client.get(f"/granska-utkast/{text}/")), text
    assert client.post(address).status_code == 405


def test_only_who_may_change_the_page_shares_it(editor, client):
    page = full_page()
    change(editor, page, introduction=MARKER)
    link, _address = share(editor, page)
    client.force_login(make_member("ser", "pages.view_page"))
    assert client.get(url(page, "share")).status_code == 403
    for sent in ({"days": "7"}, {"revoke": str(link.pk)}):
        assert client.post(url(page, "share"), sent).status_code == 403
    assert "Dela förhandsvisning" not in client.get(url(page)).content.decode()
    assert PreviewLink.objects.get().is_open


@pytest.mark.parametrize("days", ["", "2", "-1", "365", "x", None])
def test_a_link_is_open_for_one_of_the_choices(days, editor):
    page = full_page()
    sent = {} if days is None else {"days": days}
    response = editor.post(url(page, "share"), sent)
    assert messages(editor.get(response["Location"])) == ["Välj hur länge länken ska gälla."]
    assert not PreviewLink.objects.exists()


def test_a_link_of_another_page_is_not_closed_from_here(editor):
    one, two = full_page(), full_page()
    change(editor, one, introduction=MARKER)
    link, _address = share(editor, one)
    for key in (str(link.pk), "99999", "x", ""):
        assert editor.post(url(two, "share"), {"revoke": key}).status_code == 404
    assert PreviewLink.objects.get().is_open


def test_the_list_says_who_when_and_until(editor):
    page = full_page()
    change(editor, page, introduction=MARKER)
    share(editor, page)
    (row,) = [
        [words(cell) for cell in row] for row in parse(editor.get(url(page, "share"))).iter("tr")
    ][1:]
    assert row[0] == "nn"
    year = str(timezone.localdate().year)
    assert all(year in cell for cell in row[1:3])


def test_there_is_nothing_to_share_without_a_draft(editor):
    page = full_page()
    assert "Sidan har inget utkast." in editor.get(url(page, "share")).content.decode()


# --- The frame ------------------------------------------------------------------------------------


def test_only_the_preview_may_be_framed_and_only_the_frame_may_frame(editor):
    page = full_page()
    preview = editor.get(url(page, "preview"))
    assert "frame-ancestors 'self'" in preview["Content-Security-Policy"]
    assert "frame-src" not in preview["Content-Security-Policy"]
    assert preview["X-Frame-Options"] == "SAMEORIGIN"
    frame = editor.get(url(page, "frame"))
    assert "frame-src 'self'" in frame["Content-Security-Policy"]
    for name in ("frame", "change", "share", "versions"):
        response = editor.get(url(page, name))
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
        assert response["X-Frame-Options"] == "DENY"
        assert ("frame-src" in response["Content-Security-Policy"]) is (name == "frame")


@pytest.mark.parametrize(("query", "width"), [("", "dator"), ("mobil", "mobil"), ("9px", "dator")])
def test_the_frame_has_the_width_that_was_chosen_and_a_way_round_it(query, width, editor):
    page = full_page()
    shown = parse(editor.get(url(page, "frame"), {"bredd": query}))
    (frame,) = shown.iter("iframe")
    assert f"tk-frame__page--{width}" in frame.get("class")
    assert frame.get("src") == url(page, "preview")
    assert frame.get("title")
    assert [a for a in shown.iter("a") if a.get("target") == "_blank"]
