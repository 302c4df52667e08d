"""What happens by itself, as a list and as a month."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils import timezone

from pages.models import Page
from publishing.drafts import save_draft, snapshot
from publishing.models import Revision
from tasks.planned import happenings, month_of, month_table, neighbours
from tests import factories
from tests.crawl import words
from tests.publishing.posting import make_member, parse

pytestmark = pytest.mark.django_db

LIST, MONTH = "/admin/planerat/", "/admin/planerat/?vy=manad&manad=2026-03"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-03-10T12:00:00+01:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def editor(client, make_staff):
    client.force_login(make_staff("Redaktör"))
    return client


def schedule(page, moment, **values):
    revision = save_draft(page, snapshot(page), 1, None, publish_at=moment)
    Revision.objects.filter(pk=revision.pk).update(**values)


def everything():
    page = factories.make_page(title="Ändras")
    schedule(page, datetime(2026, 3, 12, 7, 30, tzinfo=UTC))
    factories.make_news(
        title="Visas",
        publish_from=datetime(2026, 3, 15, 23, 30, tzinfo=UTC),
        publish_until=datetime(2026, 3, 31, 22, 30, tzinfo=UTC),
    )
    factories.make_page(title="Granskas", review_on=date(2026, 3, 20))
    factories.make_page(
        title="Ett utkast", status="utkast", publish_from=datetime(2026, 3, 16, tzinfo=UTC)
    )
    refused = factories.make_page(title="Stoppad")
    schedule(refused, datetime(2026, 3, 9, tzinfo=UTC), problem="Ingen adress.")


def test_the_list(editor):
    everything()
    text = words(parse(editor.get(LIST)))
    order = [
        "Kunde inte publiceras Stoppad : Ingen adress.",
        "Torsdag 12 mars 2026 Kl. 08.30 Ändringar publiceras: Ändras",
        # Half past eleven at night in UTC is half past midnight here.
        "Måndag 16 mars 2026 Kl. 00.30 Börjar visas: Visas",
        # The clock has gone forward in between.
        "Onsdag 1 april 2026 Kl. 00.30 Slutar visas: Visas",
    ]
    places = [text.replace(" : ", ": ").find(part.replace(" : ", ": ")) for part in order]
    assert -1 not in places
    assert places == sorted(places)
    assert "Granskas" not in text
    assert "Ett utkast" not in text
    assert "Fredag 20 mars 2026 Ska granskas senast: Granskas" in words(
        parse(editor.get(f"{LIST}?granskning=ja"))
    )


def cells(response):
    table = next(e for e in parse(response).iter("table"))
    return [words(cell) for cell in table.iter("td")], [words(cell) for cell in table.iter("th")]


def test_the_month(editor):
    everything()
    days, weekdays = cells(editor.get(f"{MONTH}&granskning=ja"))
    assert weekdays == [*("Måndag", "Tisdag", "Onsdag", "Torsdag", "Fredag", "Lördag", "Söndag")]
    # March 2026 begins on a Sunday: the first week is February's.
    assert len(days) == 42
    assert days[0].startswith("Måndag 23 februari")
    assert [day for day in days if "i dag" in day] == ["Tisdag 10 mars i dag"]
    found = {day.split()[1]: day for day in days[6:37] if ":" in day}
    assert list(found) == ["12", "16", "20"]
    assert "Slutar visas: Visas" in days[37]


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2026-12", date(2026, 12, 1)),
        ("2000-01", date(2000, 1, 1)),
        ("2026-13", date(2026, 3, 1)),
        ("1999-01", date(2026, 3, 1)),
        ("2026-1", date(2026, 3, 1)),
        ("２０２６-01", date(2026, 3, 1)),
        ("x", date(2026, 3, 1)),
        (None, date(2026, 3, 1)),
    ],
)
def test_which_month(text, month):
    assert month_of(text) == month


@pytest.mark.parametrize(
    ("month", "both"),
    [
        (date(2026, 1, 1), (date(2025, 12, 1), date(2026, 2, 1))),
        (date(2026, 12, 1), (date(2026, 11, 1), date(2027, 1, 1))),
        (date(2000, 1, 1), (None, date(2000, 2, 1))),
        (date(2099, 12, 1), (date(2099, 11, 1), None)),
    ],
)
def test_the_months_beside(month, both):
    assert neighbours(month) == both


def test_only_kinds_of_page_that_the_account_may_change(client):
    everything()
    client.force_login(make_member("nn", "news.change_newsitem"))
    text = words(parse(client.get(f"{LIST}?granskning=ja")))
    assert "Visas" in text
    for title in ("Ändras", "Granskas", "Stoppad"):
        assert title not in text


@pytest.mark.parametrize("day", [1, 28, 29, 30, 31])
@pytest.mark.parametrize("clock_time", ["00:00:00", "23:59:59"])
def test_the_first_and_the_last_second_of_a_day_belong_to_it(day, clock_time):
    """The clock goes forward on 29 March 2026."""
    local = date(2026, 3, day)
    moment = timezone.make_aware(datetime.fromisoformat(f"{local}T{clock_time}"))
    factories.make_page(publish_from=moment)
    (found,) = happenings([Page], local, local, False)
    assert found.day == local
    table = month_table(local.replace(day=1), [Page], False)
    placed = [cell["day"] for week in table["weeks"] for cell in week if cell["happenings"]]
    assert placed == [local]
