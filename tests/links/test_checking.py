"""What an outcome means: what is broken, since when, and when it is asked about again."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from links.checking import check_all, check_outer, check_portion
from links.collect import rebuild
from links.models import Link
from pages.models import Page
from tests import factories
from tests.links.test_collect import link_to

pytestmark = pytest.mark.django_db
START = timezone.make_aware(timezone.datetime(2026, 11, 2, 3, 0))


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def outer(web, clock):
    """``outer("http://en.example/404")``: the link, asked about; again with every call of ``ask``."""

    class Outer:
        fetcher = web.fetcher()

        def __call__(self, *urls):
            factories.make_page(body="".join(link_to(url) for url in urls))
            rebuild()
            return self.ask()

        def ask(self):
            self.count = check_outer(fetcher=self.fetcher)
            return Link.objects.order_by("pk").first()

        def later(self, **time):
            clock.shift(timedelta(**time))
            return self.ask()

    return Outer()


def test_a_link_that_works(outer):
    link = outer("http://en.example/200")
    assert (link.status, link.code, link.sentence, link.first_failed_at) == ("ok", 200, "", None)
    assert not Link.objects.broken()


@pytest.mark.parametrize("code", [404, 410])
def test_a_page_that_is_gone_is_broken_at_once(outer, code):
    link = outer(f"http://en.example/{code}")
    assert (link.status, link.code, link.first_failed_at) == ("trasig", code, START)
    assert "Sidan finns inte längre" in link.sentence


@pytest.mark.parametrize("path", ["/500", "/400", "/closes", "/garbage", "/loop"])
def test_a_fault_that_may_pass_is_broken_only_after_twelve_hours(outer, path):
    link = outer(f"http://en.example{path}")
    assert (link.status, link.failures) == ("okand", 1)
    assert "vi försöker igen" in link.sentence
    Link.objects.update(checked_at=None)
    assert outer.later(hours=11).status == "okand"
    Link.objects.update(checked_at=None)
    link = outer.later(hours=1)
    assert (link.status, link.failures, link.first_failed_at) == ("trasig", 3, START)
    assert "vi försöker igen" not in link.sentence


def test_what_works_again_starts_from_the_beginning(outer):
    outer("http://en.example/500")
    Link.objects.update(url="http://en.example/200")
    link = outer.later(days=1)
    assert (link.status, link.failures, link.first_failed_at) == ("ok", 0, None)


@pytest.mark.parametrize("code", [401, 403, 999])
def test_a_website_that_shuts_our_program_out_is_not_said_to_be_broken(outer, code):
    outer(f"http://en.example/{code}")
    link = outer.later(days=3)
    assert (link.status, link.failures) == ("okand", 0)
    assert f"kod {code}" in link.sentence


def test_a_busy_website_is_left_in_peace_as_long_as_it_asks_for(outer, web):
    link = outer("http://en.example/429?172800", "http://en.example/z")
    assert link.status == "okand"
    assert len(web.asked) == 1, "the website's other link waits too"
    outer.later(hours=47)
    assert outer.count == 0
    outer.later(hours=1)
    assert outer.count == 2


def test_no_website_can_ask_to_be_left_for_ever(outer):
    link = outer("http://en.example/503?9999999")
    assert link.not_before == START + timedelta(days=7)


def test_a_moved_page_is_no_fault_but_says_its_new_address(outer):
    link = outer("http://en.example/301?/200")
    assert (link.status, link.moved_to) == ("flyttad", "http://en.example/200")
    assert not Link.objects.broken()


def test_what_works_is_asked_weekly_and_what_does_not_daily(outer):
    outer("http://en.example/200", "http://en.example/404")
    outer.later(hours=19)
    assert outer.count == 0
    outer.later(hours=1)
    assert outer.count == 1
    outer.later(days=6, hours=4)
    assert outer.count == 2


def test_a_hostile_address_is_refused_even_when_nobody_is_asked(web, clock):
    factories.make_page(body=link_to("http://192.168.0.1/"))
    factories.make_page(body=link_to("https://a.example/" + "x" * 3000))
    rebuild()
    check_all(outer=False)
    assert {link.status for link in Link.objects.all()} == {"otillaten"}
    assert "internt nät" in Link.objects.get(url="http://192.168.0.1/").sentence
    assert "för lång" in Link.objects.get(url__endswith="…").sentence
    assert web.reached == []


def test_a_name_that_leads_inside_is_refused(outer, web):
    web.names["en.example"] = ["10.0.0.1"]
    link = outer("http://en.example/")
    assert (link.status, list(Link.objects.broken())) == ("otillaten", [link])
    assert outer.later(days=1).pk
    assert outer.count == 0


def test_a_portion_takes_what_waits_and_no_more_than_told(web, clock):
    factories.make_page(
        slug="a", body="".join(link_to(f"http://en{n}.example/200") for n in range(5)) + link_to("/a/")
    )  # fmt: skip
    rebuild()
    assert check_portion(True, 2, web.fetcher()) == (1, 2)
    assert check_portion(True, 2, web.fetcher()) == (0, 2)
    assert check_portion(False, 2) == (0, 0)


def test_a_link_that_is_taken_away_meanwhile_is_no_trouble(outer, web):
    def connect(address, timeout):
        Link.objects.all().delete()
        return web.connect(address, timeout)

    outer.fetcher = web.fetcher(connect=connect)
    assert outer("http://en.example/200") is None


# --- The command ----------------------------------------------------------------------------------


def test_the_command_ends_with_an_error_when_an_inner_link_is_broken(capsys):
    page = factories.make_page(title="Sidan", slug="a", body=link_to("/finns-inte/"))
    with pytest.raises(CommandError, match="1 inre länkar") as error:
        call_command("check_links")
    assert error.value.returncode == 1
    out = capsys.readouterr().out
    assert "Trasig     /finns-inte/" in out
    assert "Sidan › Text" in out
    Page.objects.filter(pk=page.pk).update(body=link_to("/a/"))
    call_command("check_links")
    assert "Trasiga: 0." in capsys.readouterr().out


def test_other_websites_are_asked_only_when_that_is_switched_on(settings, monkeypatch):
    asked = []
    monkeypatch.setattr("links.checking.ask", lambda link, fetcher: asked.append(link.url))
    factories.make_page(body=link_to("https://a.example/"))
    call_command("check_links")
    assert asked == []
    settings.CHECK_OUTER_LINKS = True
    call_command("check_links", inner_only=True)
    assert asked == []
    call_command("check_links")
    assert asked == ["https://a.example/"]


def test_two_checks_do_not_run_at_once(capsys):
    from links.management.commands.check_links import only_one

    with only_one() as first:
        assert first
        call_command("check_links")
    assert "pågår redan" in capsys.readouterr().out


def test_the_timer_checks_at_the_start_and_then_at_night(monkeypatch, clock):
    from tink_portal.management.commands.timer_loop import Command

    called = []
    monkeypatch.setattr(
        "tink_portal.management.commands.timer_loop.call_command",
        lambda name, **options: called.append((name, options.get("portion"))),
    )
    whole, portion = ("check_links", None), ("check_links", 2)
    command = Command()
    command.check_links()
    command.check_links()
    assert called == [whole, portion, portion]
    clock.shift(timedelta(hours=23, minutes=59))
    command.check_links()
    assert called[3:] == [portion]
    clock.shift(timedelta(minutes=1))
    command.check_links()
    assert called[4:] == [whole, portion]
