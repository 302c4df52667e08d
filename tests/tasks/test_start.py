""" "Mina uppgifter": what waits for this account, most urgent first, with one button each."""

from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.utils import timezone
from post_office.models import STATUS, Email

from feedback.models import Feedback
from organisation.models import Person
from publishing.drafts import save_draft, snapshot
from publishing.models import Revision
from tasks import fact_sources, page_sources
from tasks.sources import GROUPS
from tasks.start import SHOWN, lead
from tasks.task import Viewer, in_words
from tests import factories
from tests.crawl import words
from tests.pictures.files import make_picture
from tests.publishing.posting import MARKER, make_member, parse

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 10)
WRITER = ("pages.view_page", "pages.change_page")
PUBLISHER = (*WRITER, "pages.publish_page")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-03-10T12:00:00+01:00", tick=False) as traveller:
        yield traveller


def days(number):
    return TODAY + timedelta(days=number)


def viewer(*codenames, username="nn", everyones=False):
    """Somebody with a function and exactly these permissions."""
    user = make_member(username, *codenames)
    factories.make_person(user=user)
    return Viewer(user, everyones)


def names(tasks):
    return sorted(task.name for task in tasks)


def draft(page, user=None, **details):
    number = (Revision.objects.of(page).values_list("number", flat=True).first() or 0) + 1
    return save_draft(page, snapshot(page), number, user, **details)


# --- Cases ----------------------------------------------------------------------------------------

HANDLER = ("feedback.view_feedback", "feedback.change_feedback")


def case(name, ago=0, **values):
    row = factories.make_feedback(page_title=name, **values)
    Feedback.objects.filter(pk=row.pk).update(created_at=timezone.now() - timedelta(days=ago))
    return row


def test_cases_of_ones_own_and_those_nobody_has_taken():
    me = viewer(*HANDLER)
    other = make_member("annan", *HANDLER)
    case("Min", assigned_to=me.user)
    case("Ingens")
    case("Annans", assigned_to=other)
    case("Klar", status="besvarad")
    assert names(fact_sources.cases(me)) == ["Tyck till om ”Ingens”", "Tyck till om ”Min”"]
    me.everyones = True
    assert len(fact_sources.cases(me)) == 3


@pytest.mark.parametrize(("ago", "is_urgent"), [(0, False), (6, False), (7, True), (30, True)])
def test_a_case_that_has_waited_a_week_is_urgent(ago, is_urgent):
    case("Sidan", ago=ago)
    (task,) = fact_sources.cases(viewer(*HANDLER))
    assert task.is_urgent == is_urgent
    assert ("Har väntat" in task.why) == is_urgent


def test_suspected_junk_is_never_urgent():
    case("Sidan", ago=30, suspicion="länkar")
    (task,) = fact_sources.cases(viewer(*HANDLER))
    assert (task.is_urgent, "Kan vara skräp." in task.why) == (False, True)


@pytest.mark.parametrize("codenames", [[], HANDLER[:1], HANDLER[1:], PUBLISHER])
def test_nobody_else_hears_of_cases(codenames):
    case("Sidan")
    for everyones in (False, True):
        assert fact_sources.cases(Viewer(make_member(f"n{everyones}", *codenames), everyones)) == []


# --- Reviews --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "why", "is_urgent"),
    [
        (days(-1), "Skulle ha granskats 9 mars 2026.", True),
        (days(0), "Ska granskas i dag.", True),
        (days(1), "Ska granskas senast 11 mars 2026.", False),
        (days(14), "Ska granskas senast 24 mars 2026.", False),
        (None, "Ingen har bestämt när sidan ska granskas. Läs igenom den.", False),
    ],
)
def test_when_and_why_a_page_is_reviewed(due, why, is_urgent):
    me = viewer(*WRITER)
    page = factories.make_page(responsible=me.person, review_on=due)
    factories.make_page(responsible=me.person, review_on=days(15))
    (task,) = page_sources.reviews(me)
    assert (task.why, task.is_urgent) == (why, is_urgent)
    assert task.post_url == f"/admin/pages/page/{page.pk}/granskad/"


def test_reviews_are_mine_as_responsible_and_as_deputy_and_everybodys_for_those_who_publish():
    me = viewer(*PUBLISHER, "news.change_newsitem")
    factories.make_page(title="Ansvarig", responsible=me.person, review_on=TODAY)
    factories.make_page(title="Ersättare", deputy=me.person, review_on=TODAY)
    factories.make_page(title="Andras", review_on=TODAY)
    factories.make_page(title="Utkast", responsible=me.person, review_on=TODAY, status="utkast")
    factories.make_news(title="Min nyhet", responsible=me.person, review_on=TODAY)
    factories.make_news(title="Andras nyhet", review_on=TODAY)
    factories.make_platform(title="Får inte ändra", responsible=me.person, review_on=TODAY)
    mine = ["Sidan ”Ansvarig”", "Sidan ”Ersättare”", "Sidan ”Min nyhet”"]
    assert names(page_sources.reviews(me)) == mine
    me.everyones = True
    assert names(page_sources.reviews(me)) == sorted([*mine, "Sidan ”Andras”"])


def test_news_without_a_date_is_no_task():
    me = viewer("news.change_newsitem")
    factories.make_news(responsible=me.person)
    assert page_sources.reviews(me) == []


def test_pages_without_a_deputy_or_with_somebody_who_has_left():
    me = viewer(*PUBLISHER, everyones=True)
    gone = factories.make_person(is_active=False)
    factories.make_page(title="Utan", deputy=None)
    factories.make_page(title="Slutat", responsible=gone)
    factories.make_page(title="Ersättare slutat", deputy=gone)
    factories.make_page(title="Bra")
    found = {task.name: task.button for task in page_sources.ownerless(me)}
    assert found == {
        "Sidan ”Utan”": "Välj ersättare",
        "Sidan ”Slutat”": "Välj ansvarig",
        "Sidan ”Ersättare slutat”": "Välj ersättare",
    }
    Person.objects.exclude(pk=me.person.pk).update(is_active=False)
    assert page_sources.ownerless(me) == []


# --- Drafts ---------------------------------------------------------------------------------------


def test_drafts_that_wait():
    me = viewer(*PUBLISHER)
    other = make_member("annan")
    own, answered, drafted, others = [
        factories.make_page(title=title, status="utkast")
        for title in ("Jag skrev", "Jag ansvarar", "Ansvarig i utkastet", "Andras")
    ]
    draft(own, me.user)
    type(own).objects.filter(pk=answered.pk).update(deputy=me.person)
    draft(answered, other)
    revision = draft(drafted, other)
    revision.content["fields"]["responsible"] = me.person.pk
    revision.save()
    draft(others, other)
    done = factories.make_page(title="Publicerad")
    Revision.objects.filter(pk=draft(done, me.user).pk).update(published_at=timezone.now())
    superseded = factories.make_page(title="Nyare är publicerad")
    draft(superseded, me.user)
    newest = draft(superseded, me.user)
    Revision.objects.filter(pk=newest.pk).update(published_at=timezone.now())
    gone = factories.make_page(title="Borttagen", status="utkast")
    draft(gone, me.user)
    gone.delete()
    waits = factories.make_page(title="Planerad")
    draft(waits, me.user, publish_at=timezone.now() + timedelta(days=1))

    found = {task.name: task.button for task in page_sources.drafts(me)}
    assert found == {
        "Jag skrev": "Fortsätt skriva",
        "Jag ansvarar": "Läs utkastet",
        "Ansvarig i utkastet": "Läs utkastet",
    }
    me.everyones = True
    assert names(page_sources.drafts(me)) == sorted([*found, "Andras"])


def test_a_scheduled_version_that_was_refused_is_urgent_and_says_why():
    me = viewer(*WRITER)
    page = factories.make_page(title="Sidan")
    revision = draft(page, me.user, publish_at=timezone.now())
    Revision.objects.filter(pk=revision.pk).update(problem="Sidan har ingen adress.\nMera.")
    (task,) = page_sources.drafts(me)
    assert (task.is_urgent, task.button) == (True, "Rätta")
    assert task.why == "Kunde inte publiceras: Sidan har ingen adress."


# --- Facts ----------------------------------------------------------------------------------------


def test_help_numbers_to_verify():
    factories.make_helpline(name="Aldrig", number="1", hours="dygnet runt")
    factories.make_helpline(
        name="Förfallen", number="2", verified_on=days(-400), review_by=days(-1)
    )
    factories.make_helpline(name="Bra", number="3", verified_on=TODAY, review_by=TODAY)
    found = {t.name: t.why for t in fact_sources.helplines(viewer("organisation.change_helpline"))}
    assert found == {
        "Aldrig 1": "Ingen har kontrollerat numret. "
        "Öppettiden visas inte på webbplatsen förrän du har kontrollerat den.",
        "Förfallen 2": "Kontrollerades senast 3 februari 2025.",
    }


def test_contact_points_and_functions_to_mend():
    factories.make_contact_point(name="Kontrolleras", email="a@kommun.se")
    factories.make_contact_point(name="Exempel", email="a@x.example", verified_on=TODAY)
    factories.make_contact_point(name="Bra", email="a@kommun.se", verified_on=TODAY)
    factories.make_person(function="Riktig", email="a@kommun.se")
    factories.make_person(function="Påhittad", email="a@x.example")
    factories.make_person(function="Slutat", email="a@x.example", is_active=False)
    rights = ("organisation.change_contactpoint", "organisation.change_person")
    me = Viewer(make_member("nn", *rights))
    assert names(fact_sources.contact_points(me)) == [
        "Kontaktvägen ”Exempel”",
        "Kontaktvägen ”Kontrolleras”",
    ]
    assert names(fact_sources.people(me)) == ["Funktionen ”Påhittad”"]


def test_a_second_function_is_asked_for():
    factories.make_person(email="a@kommun.se")
    rights = ("organisation.change_person", "organisation.add_person")
    (task,) = fact_sources.people(Viewer(make_member("nn", *rights)))
    assert task.url == "/admin/organisation/person/add/"


@pytest.mark.parametrize(
    ("until", "used", "found"),
    [(31, True, 0), (30, True, 1), (0, True, 1), (-1, True, 1), (30, False, 0)],
)
def test_pictures_whose_consent_ends(settings, until, used, found):
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    picture = make_picture(consent_until=days(until))
    factories.make_page(lead_picture=picture, status="publicerad" if used else "utkast")
    tasks = fact_sources.pictures(viewer("pictures.change_picture"))
    assert len(tasks) == found
    assert all(task.is_urgent == (until < 0) for task in tasks)


@pytest.mark.parametrize(
    ("status", "age", "found"),
    [
        (STATUS.failed, 0, 1),
        (STATUS.queued, 59, 0),
        (STATUS.queued, 61, 1),
        (STATUS.requeued, 61, 1),
        (STATUS.sent, 999, 0),
    ],
)
def test_mail_that_does_not_leave(status, age, found):
    email = Email.objects.create(from_email="a@x.se", to=["hemlig@x.se"], status=status)
    Email.objects.filter(pk=email.pk).update(created=timezone.now() - timedelta(minutes=age))
    tasks = fact_sources.mail(viewer("tasks.resend_mail"))
    assert len(tasks) == found
    assert fact_sources.mail(viewer(username="annan")) == []


def test_settings_that_somebody_else_must_make(settings):
    settings.EMAIL_IS_SET, settings.DEFAULT_FROM_EMAIL = False, "webb@x.example"
    tasks = fact_sources.site_settings(viewer())
    assert names(tasks) == ["Avsändare av mejl", "Mejl från webbplatsen"]
    assert [task.url for task in tasks] == ["", ""]
    settings.EMAIL_IS_SET, settings.DEFAULT_FROM_EMAIL = True, "webb@kommun.se"
    assert fact_sources.site_settings(viewer(username="annan")) == []


# --- The screen -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("total", "urgent", "sentence"),
    [
        (0, 0, ""),
        (1, 0, "En sak väntar på dig."),
        (5, 2, "Fem saker väntar på dig. Två är bråttom."),
        (13, 13, "13 saker väntar på dig. 13 är bråttom."),
    ],
)
def test_the_first_sentence(total, urgent, sentence):
    assert lead(total, urgent) == sentence


def test_numbers_in_words():
    assert [in_words(n) for n in (0, 1, 12, 13)] == ["0", "en", "tolv", "13"]


@pytest.fixture
def quiet(settings):
    """A site on which nothing waits."""
    settings.EMAIL_IS_SET, settings.DEFAULT_FROM_EMAIL = True, "webb@kommun.se"


def rows(response):
    lists = [e for e in parse(response).iter("ul") if e.get("class") == "tk-todo"]
    return [row for found in lists for row in found if row.tag == "li"]


def test_ten_of_a_group_are_shown_the_most_urgent_first_and_the_rest_on_a_page_of_its_own(
    client, quiet
):
    me = viewer(*PUBLISHER)
    for number in range(37):
        due = days(14 - number)
        factories.make_page(title=f"S{number:02}", responsible=me.person, review_on=due)
    client.force_login(me.user)
    response = client.get("/admin/")
    shown = rows(response)
    assert len(shown) == SHOWN
    assert "S36" in words(shown[0])
    text = response.content.decode()
    assert "37 saker väntar på dig. 23 är bråttom." in text
    assert 'href="/admin/uppgifter/kontrollera/?visa=mina">Visa alla (37)' in text
    assert len(rows(client.get("/admin/uppgifter/kontrollera/"))) == 37


def test_every_row_has_one_button_named_after_its_row(client, make_staff, settings):
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    user = make_staff("Redaktör", "Handläggare", "Administratör")
    factories.make_page(review_on=TODAY)
    factories.make_helpline()
    case("Sidan")
    draft(factories.make_page(), user)
    client.force_login(user)
    found = [
        [words(e) for e in row.iter() if e.tag == "button" or "tk-do" in e.get("class", "")]
        for row in rows(client.get("/admin/"))
    ]
    assert len(found) > 5
    settled_by_others = [row for row in found if not row]
    assert len(settled_by_others) == 2  # the two settings of mail
    assert all(len(row) == 1 and ":" in row[0] for row in found if row)


def test_all_clear_names_the_next_date(client, quiet):
    me = viewer(*WRITER)
    factories.make_page(title="Senare", responsible=me.person, review_on=days(40))
    factories.make_page(title="Först", responsible=me.person, review_on=days(20))
    factories.make_page(title="Andras", review_on=days(18))
    client.force_login(me.user)
    text = client.get("/admin/").content.decode()
    assert "Allt är klart" in text
    assert "Nästa uppgift kommer 30 mars 2026: granska sidan ”Först”." in text


def test_all_clear_for_somebody_without_anything(client, quiet):
    client.force_login(make_member("nn"))
    text = client.get("/admin/").content.decode()
    assert "Inget väntar på dig.</p>" in text


@pytest.mark.parametrize(
    ("query", "has_person", "number"),
    [("", True, 1), ("", False, 2), ("?visa=alla", True, 2), ("?visa=mina", False, 0)],
)
def test_mine_or_everybodys(client, quiet, query, has_person, number):
    user = make_member("nn", *PUBLISHER)
    person = factories.make_person(user=user if has_person else None)
    factories.make_page(responsible=person, review_on=TODAY)
    factories.make_page(review_on=TODAY)
    client.force_login(user)
    response = client.get(f"/admin/{query}")
    assert len(rows(response)) == number
    assert ("Allas" in response.content.decode()) == has_person


def test_who_publishes_nothing_gets_no_choice_and_no_way_round_it(client, quiet):
    me = viewer(*WRITER)
    factories.make_page(review_on=TODAY, title=MARKER)
    client.force_login(me.user)
    for address in ("/admin/?visa=alla", "/admin/uppgifter/kontrollera/?visa=alla"):
        text = client.get(address).content.decode()
        assert "Allas" not in text
        assert MARKER not in text


def test_the_button_of_a_row_reviews_the_page_and_comes_back(client, quiet):
    me = viewer(*WRITER)
    page = factories.make_page(responsible=me.person, review_on=TODAY)
    client.force_login(me.user)
    (row,) = rows(client.get("/admin/"))
    (form,) = row.iter("form")
    sent = {e.get("name"): e.get("value") for e in form.iter("input")}
    response = client.post(form.get("action"), sent)
    assert response["Location"] == "/admin/"
    page.refresh_from_db()
    assert page.reviewed_on == TODAY
    assert rows(client.get("/admin/")) == []


def test_everything_else_is_still_there(client, make_staff):
    client.force_login(make_staff("Redaktör"))
    text = client.get("/admin/").content.decode()
    for label in ("pages/page", "goals/award", "redirects/redirect"):
        assert f'href="/admin/{label}/"' in text


def test_every_permission_that_a_source_asks_for_exists():
    """A permission that is misspelt would silence its task for ever."""
    asked = []

    class Spy(Viewer):
        def may(self, permission):
            asked.append(permission)
            return True

    for group in GROUPS:
        group.tasks(Spy(make_member(group.slug)))
    known = {
        f"{app}.{codename}"
        for app, codename in Permission.objects.values_list("content_type__app_label", "codename")
    }
    assert asked
    assert set(asked) <= known
