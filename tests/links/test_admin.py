"""The list "Trasiga länkar": what an editor sees and decides, and that nothing is asked from there."""

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from links.collect import rebuild
from links.models import Link
from tests import factories
from tests.links.test_collect import link_to

pytestmark = pytest.mark.django_db
LIST = "/admin/links/link/"


@pytest.fixture
def editor(make_staff):
    return make_staff("Redaktör", username="redaktor")


@pytest.fixture
def window(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def link():
    factories.make_page(title="Sidan med felet", body=link_to("/finns-inte/", "vårt arbete"))
    rebuild()
    link = Link.objects.get()
    link.set_failed(Link.Status.BROKEN, "Det finns ingen sida på adressen.", 404)
    link.save()
    return link


def act(client, name, *links, **values):
    data = {"action": name, "_selected_action": [link.pk for link in links], "index": 0}
    return client.post(f"{LIST}?visa=alla", data | values, follow=True)


def text(response):
    return response.content.decode()


def test_a_broken_link_is_shown_with_what_is_wrong_and_where(window, link):
    html = text(window.get(LIST))
    place = link.places.get()
    for expected in (
        *("/finns-inte/", "Trasig", "Det finns ingen sida på adressen.", "Sidan med felet"),
        *("vårt arbete", "Öppna sidan", f'href="{place.admin_address}"'),
    ):
        assert expected in html


@pytest.mark.parametrize(
    ("status", "choice"),
    [("flyttad", "flyttade"), ("okand", "vet-inte"), ("ok", "fungerar")],
)
def test_what_needs_no_mending_is_shown_only_when_chosen(window, link, status, choice):
    Link.objects.update(status=status)
    assert "/finns-inte/" not in text(window.get(LIST))
    assert "/finns-inte/" in text(window.get(f"{LIST}?visa={choice}"))


def test_check_again_only_puts_the_link_in_the_queue(window, link, settings):
    settings.CHECK_OUTER_LINKS = True
    other = Link.objects.create(
        url="https://a.example/", kind="yttre", status="trasig", checked_at=timezone.now()
    )
    html = text(act(window, "check_again", link, other))
    assert "2 länkar kontrolleras igen om en stund." in html
    assert list(Link.objects.values_list("checked_at", "status")) == [(None, "trasig")] * 2
    assert "Väntar på kontroll" in html


def test_check_again_says_when_other_websites_are_not_asked(window, link):
    outer = Link.objects.create(url="https://a.example/", kind="yttre", status="trasig")
    assert "kontrolleras inte här. Den som driver" in text(act(window, "check_again", outer))


def test_a_link_that_is_right_after_all_needs_a_reason(window, link):
    html = text(act(window, "is_right", link))
    assert "Varför stämmer länken ändå?" in html
    assert "/finns-inte/" in html
    html = text(act(window, "is_right", link, reason=" "))
    assert "errorlist" in html
    assert Link.objects.broken()
    html = text(act(window, "is_right", link, reason="Jag har prövat <b>den</b>."))
    link.refresh_from_db()
    assert (link.ignored_because, link.ignored_by.username) == (
        "Jag har prövat <b>den</b>.",
        "redaktor",
    )
    assert not Link.objects.broken()
    assert "Jag har prövat &lt;b&gt;den&lt;/b&gt;. (redaktor)" in text(
        window.get(f"{LIST}{link.pk}/change/")
    )


def test_what_is_too_long_is_refused_and_kept(window, link):
    assert "x" * 301 in text(act(window, "is_right", link, reason="x" * 301))
    assert Link.objects.broken()


def test_a_decision_can_be_taken_back(window, link):
    act(window, "is_right", link, reason="Stämmer.")
    act(window, "is_not_right", link)
    assert list(Link.objects.broken()) == [link]


def test_what_is_decided_is_written_down(window, link):
    act(window, "check_again", link)
    act(window, "is_right", link, reason="Stämmer.")
    act(window, "is_not_right", link)
    entries = LogEntry.objects.order_by("pk").values_list("change_message", flat=True)
    assert list(entries) == ["Kontrolleras igen", "Stämmer ändå: Stämmer.", "Visas igen"]


@pytest.mark.parametrize("name", ["check_again", "is_right", "is_not_right"])
def test_who_may_only_look_decides_nothing(client, make_staff, link, name):
    from django.contrib.auth.models import Permission

    reader = make_staff(username="lasare")
    reader.user_permissions.add(
        Permission.objects.get(codename="view_link", content_type__app_label="links")
    )
    client.force_login(reader)
    before = Link.objects.values().get()
    act(client, name, link, reason="Stämmer.")
    assert Link.objects.values().get() == before
    assert "Kontrollera igen" not in text(client.get(f"{LIST}{link.pk}/change/"))


@pytest.mark.parametrize("group", ["Handläggare", "Administratör"])
def test_others_do_not_meet_the_list(client, make_staff, link, group):
    client.force_login(make_staff(group))
    assert client.get(LIST).status_code == 403
    act(client, "check_again", link)
    assert Link.objects.get().checked_at


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//evil.example/", "data:text/html,x"])
def test_an_address_that_is_none_is_never_a_link_in_the_admin(window, link, url):
    Link.objects.update(url=url)
    html = text(window.get(f"{LIST}{link.pk}/change/"))
    assert f'href="{url}' not in html
    assert "Prova länken" not in html


def test_broken_costs_two_questions_however_many_there_are(link, django_assert_num_queries):
    for number in range(30):
        factories.make_page(body=link_to(f"/fel-{number}/"))
    rebuild()
    Link.objects.update(status="trasig")
    with django_assert_num_queries(2):
        shown = [place.title for link in Link.objects.broken() for place in link.places.all()]
    assert len(shown) == 31
