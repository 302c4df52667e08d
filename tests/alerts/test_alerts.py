"""An important message: where and when residents meet it, and how it is written, published and ended."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from alerts.models import Alert
from tests.crawl import Fetched
from tests.factories import make_alert, make_page

pytestmark = pytest.mark.django_db

ADD = reverse("admin:alerts_alert_add")
NOW = "2026-11-22T14:10:00+01:00"


@pytest.fixture
def start():
    return make_page(slug="start", title="Start")


@pytest.fixture
def editor(client, make_staff):
    client.force_login(make_staff("Redaktör"))
    return client


def banners(client, address="/"):
    page = Fetched(address, client.get(address))
    return [
        " ".join("".join(section.itertext()).split())
        for section in page.all("section")
        if "banner" in section.get("class", "")
    ]


def typed(**values):
    return {
        "level": "kris",
        "heading": "Stanna inomhus i Hallstavik",
        "sentence": "Stäng fönster och dörrar.",
        "duration": "24",
        "_save": "1",
    } | values


def change(alert, name="change"):
    return reverse(f"admin:alerts_alert_{name}", args=[alert.pk])


# --- What residents meet ------------------------------------------------------------------------------


@time_machine.travel(NOW, tick=False)
def test_level_heading_sentence_and_time_are_read_together(client, start):
    make_alert(phone="113 13", link="/kontakt/", link_text="Kontakta oss")
    assert banners(client) == [
        "Information: Vi har stängt på fredag Ring växeln om du behöver nå oss. Ring 113 13 "
        "Kontakta oss Gäller till 22 november kl. 15.10."
    ]
    page = Fetched("/", client.get("/"))
    (section,) = [s for s in page.all("section") if "banner" in s.get("class", "")]
    (heading,) = section.iter("h2")
    assert section.get("aria-labelledby") == heading.get("id")
    assert [link.get("href") for link in section.iter("a")] == ["tel:11313", "/kontakt/"]
    assert "role" not in section.attrib, "an alert role would interrupt every page that is read"
    assert not list(section.iter("button")), "nobody can put it away"


@time_machine.travel(NOW, tick=False)
def test_it_stands_between_the_strip_and_the_header(client, start):
    make_alert()
    text = client.get("/").content.decode()
    assert text.index('class="strip"') < text.index('class="banner') < text.index('class="header')


def test_a_crisis_says_when_it_was_updated_and_when_more_is_said(client, start):
    with time_machine.travel(NOW, tick=False):
        make_alert(level="kris", next_notice_at=timezone.now() + timedelta(minutes=50))
        (shown,) = banners(client)
        assert shown.startswith("Viktigt meddelande: ")
        assert shown.endswith(
            "Uppdaterad 22 november kl. 14.10. Nästa besked 22 november kl. 15.00."
        )
    with time_machine.travel("2026-11-22T15:01:00+01:00", tick=False):
        assert banners(client)[0].endswith("Uppdaterad 22 november kl. 14.10.")


def test_it_comes_and_goes_by_the_clock(client, start):
    with time_machine.travel(NOW, tick=False) as clock:
        now = timezone.now()
        make_alert(starts_at=now + timedelta(hours=1), ends_at=now + timedelta(hours=2))
        seen = []
        for _hour in range(4):
            seen.append(len(banners(client)))
            clock.shift(timedelta(hours=1))
    assert seen == [0, 1, 0, 0]


def test_the_gravest_comes_first(client, start):
    for level in ("information", "storning", "kris"):
        make_alert(level=level)
    assert [text.partition(":")[0] for text in banners(client)] == [
        *("Viktigt meddelande", "Störning", "Information")
    ]


def test_an_address_holds_it_to_that_page_and_those_under_it(client, start):
    above = make_page(slug="samverkan-nu")
    make_page(slug="under", parent=above)
    make_page(slug="samverkan-nu-igen")
    make_alert(path="/samverkan-nu/")
    shown = [
        len(banners(client, address))
        for address in ("/", "/samverkan-nu/", "/samverkan-nu/under/", "/samverkan-nu-igen/")
    ]
    assert shown == [0, 1, 1, 0]


def test_a_sensitive_page_and_a_missing_one_have_it_too(client, start):
    make_page(slug="kanslig", is_sensitive=True)
    make_alert()
    assert len(banners(client, "/kanslig/")) == len(banners(client, "/finns-inte/")) == 1


def test_what_is_written_is_text_only(client, start):
    make_alert(heading="<b>Hej</b>", sentence="<script>x</script>")
    assert "<b>Hej</b> <script>x</script>" in banners(client)[0]


# --- How it is published ----------------------------------------------------------------------------------


def test_four_answers_publish_it(editor, start):
    with time_machine.travel(NOW, tick=False):
        response = editor.post(ADD, typed())
        alert = Alert.objects.get()
        assert response["Location"] == change(alert)
        assert alert.ends_at - timezone.now() == timedelta(hours=24)
        assert alert.created_by == alert.changed_by
        assert len(banners(editor)) == 1


@pytest.mark.parametrize(("duration", "hours"), [("6", 6), ("24", 24), ("72", 72)])
def test_a_later_start_moves_the_end(editor, start, duration, hours):
    with time_machine.travel(NOW, tick=False):
        later = {"starts_at_0": "2026-11-23", "starts_at_1": "08:00"}
        editor.post(ADD, typed(duration=duration, **later))
        alert = Alert.objects.get()
        assert alert.ends_at - alert.starts_at == timedelta(hours=hours)
        assert not banners(editor)


def test_a_preview_saves_nothing_and_keeps_what_was_typed(editor, start):
    sent = typed(_preview="1", heading="Nytt & viktigt")
    del sent["_save"]
    page = Fetched(ADD, editor.post(ADD, sent))
    assert page.response.status_code == 200
    assert not Alert.objects.exists()
    (section,) = [s for s in page.all("section") if "banner" in s.get("class", "")]
    assert "Viktigt meddelande: Nytt & viktigt" in "".join(section.itertext())
    assert [i.get("value") for i in page.all("input") if i.get("name") == "heading"] == [
        "Nytt & viktigt"
    ]
    assert not page.words("*[@class='errornote']")


def test_a_half_written_preview_does_not_fail(editor):
    assert editor.post(ADD, {"_preview": "1", "heading": "Bara en rubrik"}).status_code == 200


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"level": ""}, "level"),
        ({"heading": ""}, "heading"),
        ({"heading": "x" * 81}, "heading"),
        ({"sentence": "x" * 241}, "sentence"),
        ({"duration": ""}, "duration"),
        ({"duration": "egen"}, "ends_at"),
        ({"duration": "egen", "ends_at_0": "2020-01-01", "ends_at_1": "12:00"}, "ends_at"),
        ({"duration": "egen", "ends_at_0": "03/04/05", "ends_at_1": "12:00"}, "ends_at"),
        ({"link": "/"}, "link_text"),
        ({"link_text": "Läs mer"}, "link"),
        ({"link": "http://osaker.example/", "link_text": "Läs"}, "link"),
        ({"link": "javascript:alert(1)", "link_text": "Läs"}, "link"),
        ({"link": "//annan.example/", "link_text": "Läs"}, "link"),
        ({"link": "/finns-inte/", "link_text": "Läs"}, "link"),
        ({"path": "/finns-inte/"}, "path"),
        ({"path": "samverkan"}, "path"),
        ({"phone": "ring växeln"}, "phone"),
        ({"next_notice_at_0": "2020-01-01", "next_notice_at_1": "12:00"}, "next_notice_at"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_published(editor, start, values, name):
    response = editor.post(ADD, typed(**values))
    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == [name]
    assert not Alert.objects.exists()


def test_information_has_no_next_notice(editor, start):
    later = {"next_notice_at_0": "2099-01-01", "next_notice_at_1": "12:00"}
    response = editor.post(ADD, typed(level="information", **later))
    assert "next_notice_at" in response.context["adminform"].form.errors


def test_a_copied_address_of_our_own_becomes_a_path(editor, start):
    make_page(slug="kontakta-oss")
    address = "https://trygg.example/kontakta-oss/"
    editor.post(ADD, typed(link=address + "#vaxel", link_text="Kontakt", path=address))
    alert = Alert.objects.get()
    assert (alert.link, alert.path) == ("/kontakta-oss/#vaxel", "/kontakta-oss/")


def test_another_website_may_be_linked_to(editor, start):
    editor.post(ADD, typed(link="https://www.krisinformation.se/", link_text="Läs mer"))
    assert Alert.objects.get().link == "https://www.krisinformation.se/"


# --- How it ends ------------------------------------------------------------------------------------------


def test_one_press_ends_it_and_the_history_says_who(editor, start):
    editor.post(ADD, typed())
    alert = Alert.objects.get()
    assert len(banners(editor)) == 1
    editor.post(change(alert, "end"))
    assert banners(editor) == []
    sentences = [str(entry.get_change_message()) for entry in LogEntry.objects.order_by("pk")]
    assert sentences == ["Lagt till.", "Avslutade meddelandet."]
    assert {entry.user.username for entry in LogEntry.objects.all()} == {"nn"}


def test_ending_twice_changes_nothing(editor, start):
    alert = make_alert()
    editor.post(change(alert, "end"))
    ended = Alert.objects.get().ends_at
    editor.post(change(alert, "end"))
    assert Alert.objects.get().ends_at == ended
    assert LogEntry.objects.count() == 1


def test_one_that_has_not_begun_can_be_ended(editor, start):
    now = timezone.now()
    alert = make_alert(starts_at=now + timedelta(hours=1), ends_at=now + timedelta(hours=2))
    editor.post(change(alert, "end"))
    alert.refresh_from_db()
    assert alert.has_ended


def test_a_handler_may_not_end_it(client, make_staff):
    alert = make_alert()
    client.force_login(make_staff("Handläggare"))
    assert client.post(change(alert, "end")).status_code == 403
    alert.refresh_from_db()
    assert alert.is_shown


def test_the_form_says_whether_it_is_shown_whatever_is_typed(editor, start):
    alert = make_alert()
    shown = Fetched("", editor.post(change(alert), {"heading": "", "ends_at_0": "x"}))
    assert "Meddelandet syns nu" in shown.words("h2")
