"""When someone leaves: what is shown is what moves, all of it or nothing."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from feedback.models import CaseEntry
from organisation.models import Person
from platforms.models import LocalAreaGroup
from publishing.drafts import draft_of, publish, save_draft, snapshot
from publishing.models import Revision
from tasks.handover import Handover
from tests import factories
from tests.crawl import words
from tests.publishing.posting import make_member, messages, parse

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/overlamning/"


@pytest.fixture
def people():
    """Lena leaves; Xena takes over; Ylva stands in; Olof has nothing to do with it."""
    return [factories.make_person(function=name) for name in ("Lena", "Xena", "Ylva", "Olof")]


@pytest.fixture
def boss(client, make_staff):
    """Somebody who may hand over, and may neither open pages nor read synpunkter."""
    user = make_staff("Administratör", username="chef")
    client.force_login(user)
    return client


def choice(leaver, responsible, deputy):
    return {
        "leaver": leaver.pk,
        "responsible": responsible.pk,
        "deputy": deputy.pk if deputy else "",
    }


def show(client, *chosen):
    response = client.post(ADDRESS, choice(*chosen))
    assert response.status_code == 200
    return response


def fingerprint(response):
    (field,) = (e for e in parse(response).iter("input") if e.get("name") == "fingerprint")
    return field.get("value")


def hand_over(client, *chosen):
    sent = choice(*chosen) | {"fingerprint": fingerprint(show(client, *chosen))}
    return client.post(ADDRESS, sent)


def owners(page):
    page.refresh_from_db()
    return page.responsible.function, page.deputy and page.deputy.function


@pytest.mark.parametrize("make", factories.CONTENT_FACTORIES)
@pytest.mark.parametrize("status", ["publicerad", "utkast", "arkiverad"])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("LO", ("Xena", "Olof")),
        ("OL", ("Olof", "Ylva")),
        # Nobody becomes their own deputy.
        ("LX", ("Xena", "Ylva")),
        ("YL", ("Ylva", "Xena")),
        ("XL", ("Xena", "Ylva")),
        ("LY", ("Xena", "Ylva")),
        ("XY", ("Xena", "Ylva")),
        ("OO", ("Olof", "Olof")),
    ],
)
def test_who_becomes_what(people, superuser, make, status, before, after):
    by_letter = dict(zip("LXYO", people, strict=True))
    page = make(responsible=by_letter[before[0]], deputy=by_letter[before[1]], status=status)
    found = Handover(*people[:3])
    found.carry_out(superuser, found.fingerprint)
    assert owners(page) == after
    if after != ("Olof", "Olof"):
        page.full_clean()


def test_without_a_third_person_the_deputy_is_left_empty(people, superuser):
    lena, xena = people[:2]
    first = factories.make_page(responsible=lena, deputy=xena)
    second = factories.make_page(responsible=xena, deputy=lena)
    found = Handover(lena, xena, None)
    found.carry_out(superuser, found.fingerprint)
    assert owners(first) == ("Xena", None)
    assert owners(second) == ("Xena", None)


def test_everything_moves_and_what_is_shown_is_what_moves(boss, people, make_staff):
    lena, xena, ylva, _olof = people
    leaving = make_staff("Redaktör", username="lena")
    Person.objects.filter(pk=lena.pk).update(user=leaving)
    page = factories.make_page(title="Sidan", responsible=lena, content_changed_on="2022-01-17")
    group = factories.make_local_group(title="Gruppen", coordinator=lena)
    LocalAreaGroup.objects.update(content_changed_on="2022-01-17")
    drafted = factories.make_news(title="Utkastet", status="utkast")
    content = snapshot(drafted)
    content["fields"] |= {"responsible": lena.pk, "deputy": None}
    save_draft(drafted, content, 1, leaving)
    factories.make_page(title="Andras")
    case = factories.make_feedback(
        message="Hemlig text", page_title="Hemlig sida", responsible=lena, assigned_to=leaving
    )
    answered = factories.make_feedback(responsible=lena, status="besvarad")

    shown = words(parse(show(boss, lena, xena, ylva)))
    for part in (
        "Sidor (1)",
        "Sidan. Ansvarig för sidan: Xena.",
        "Lokala områdesgrupper (1)",
        "Samordnare: Xena",
        "Utkast (1)",
        "Utkastet. Ansvarig för sidan: Xena.",
        "Synpunkter som inte är besvarade: 1.",
        "Handläggare blir ingen",
        "Kontot lena stängs av.",
    ):
        assert part in shown
    assert "Hemlig" not in shown
    assert "Andras" not in shown
    # Nothing has happened yet.
    assert owners(page)[0] == "Lena"
    assert Person.objects.get(pk=lena.pk).is_active

    response = hand_over(boss, lena, xena, ylva)
    assert messages(boss.get(response["Location"]))[0] == "Lena är överlämnad till Xena."
    assert owners(page)[0] == "Xena"
    assert page.content_changed_on == date(2022, 1, 17)
    group.refresh_from_db()
    assert group.coordinator == xena
    # Residents read who coordinates.
    assert group.content_changed_on > date(2022, 1, 17)
    assert draft_of(drafted).content["fields"]["responsible"] == xena.pk
    case.refresh_from_db()
    answered.refresh_from_db()
    assert (case.responsible, case.assigned_to) == (xena, None)
    assert answered.responsible == lena
    assert CaseEntry.objects.get().text == "Handläggare: ingen"
    assert not Person.objects.get(pk=lena.pk).is_active
    leaving.refresh_from_db()
    assert not leaving.is_active
    logged = {(entry.content_type.model, entry.object_id) for entry in LogEntry.objects.all()}
    assert {
        ("page", str(page.pk)),
        ("localareagroup", str(group.pk)),
        ("person", str(lena.pk)),
        ("user", str(leaving.pk)),
    } <= logged
    # What was drafted can be published by the one who took over.
    drafted.refresh_from_db()
    content = draft_of(drafted)
    content.content["fields"]["deputy"] = ylva.pk
    publish(drafted, content, leaving)


def test_a_draft_that_names_nobody_gets_nobody_but_its_coordinator(people, superuser):
    lena, xena, ylva, _olof = people
    group = factories.make_local_group(status="utkast")
    content = snapshot(group)
    content["fields"] |= {"responsible": None, "deputy": None, "coordinator": lena.pk}
    save_draft(group, content, 1, None)
    found = Handover(lena, xena, ylva)
    found.carry_out(superuser, found.fingerprint)
    after = draft_of(group).content["fields"]
    names = ("responsible", "deputy", "coordinator")
    assert [after[name] for name in names] == [None, None, xena.pk]


def test_cases_go_to_an_account_that_may_read_them(people, superuser, make_staff):
    lena, xena, ylva, _olof = people
    handler = make_staff("Handläggare", username="xena")
    Person.objects.filter(pk=xena.pk).update(user=handler)
    Person.objects.filter(pk=lena.pk).update(user=make_staff(username="lena"))
    lena.refresh_from_db()
    xena.refresh_from_db()
    case = factories.make_feedback(assigned_to=lena.user)
    found = Handover(lena, xena, ylva)
    found.carry_out(superuser, found.fingerprint)
    case.refresh_from_db()
    assert case.assigned_to == handler


def test_an_older_version_is_left_as_it_was(people, superuser):
    lena, xena, ylva, olof = people
    page = factories.make_page(responsible=lena, deputy=olof)
    publish(page, save_draft(page, snapshot(page), 1, None), None)
    found = Handover(lena, xena, ylva)
    found.carry_out(superuser, found.fingerprint)
    assert {r.content["fields"]["responsible"] for r in Revision.objects.of(page)} == {lena.pk}


@pytest.mark.parametrize(
    ("letters", "field", "sentence"),
    [
        ("LLY", "responsible", "Välj någon annan än den som slutar."),
        ("LXL", "deputy", "Välj någon annan än den som slutar."),
        ("LXX", "deputy", "Välj någon annan än den som tar över ansvaret."),
        ("LIY", "responsible", "Den du valde arbetar inte här. Välj någon annan."),
        ("LXI", "deputy", "Den du valde arbetar inte här. Välj någon annan."),
        ("LX-", "deputy", "Välj en ersättare."),
    ],
)
def test_what_cannot_be_is_refused_beside_the_field(boss, people, letters, field, sentence):
    gone = factories.make_person(is_active=False)
    chosen = dict(zip("LXYOI-", [*people, gone, None], strict=True))
    page = factories.make_page(responsible=people[0])
    response = show(boss, *(chosen[letter] for letter in letters))
    assert response.context["form"].errors[field] == [sentence]
    assert "Inget är flyttat än" in response.content.decode()
    assert "fingerprint" not in response.content.decode()
    assert owners(page)[0] == "Lena"


def test_a_forged_second_step_gets_no_further(boss, people):
    lena, xena, ylva, _olof = people
    page = factories.make_page(responsible=lena)
    for sent in (
        choice(lena, lena, ylva) | {"fingerprint": "x"},
        choice(lena, xena, ylva) | {"fingerprint": "x"},
        choice(lena, xena, ylva) | {"fingerprint": ""},
    ):
        assert boss.post(ADDRESS, sent).status_code == 200
    assert owners(page)[0] == "Lena"
    assert Person.objects.get(pk=lena.pk).is_active


def test_what_changed_since_it_was_shown_is_shown_again(boss, people):
    lena, xena, ylva, _olof = people
    sent = choice(lena, xena, ylva) | {"fingerprint": fingerprint(show(boss, lena, xena, ylva))}
    page = factories.make_page(title="Kom emellan", responsible=lena)
    response = boss.post(ADDRESS, sent)
    assert "Läs den igen. Inget är flyttat än." in messages(response)[0]
    assert "Kom emellan" in response.content.decode()
    assert owners(page)[0] == "Lena"


def test_a_fault_half_way_moves_nothing(people, superuser, monkeypatch):
    lena, xena, ylva, _olof = people
    page = factories.make_page(responsible=lena)
    found = Handover(lena, xena, ylva)
    monkeypatch.setattr(Handover, "_move_cases", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        found.carry_out(superuser, found.fingerprint)
    assert owners(page)[0] == "Lena"
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize(
    ("who", "rights", "closes"),
    [
        ("vanlig", ["auth.change_user"], True),
        ("vanlig", [], False),
        ("tekniker", ["auth.change_user"], False),
        ("jag", ["auth.change_user"], False),
    ],
)
def test_which_accounts_are_closed(people, who, rights, closes):
    lena, xena, ylva, _olof = people
    me = make_member("chef", "tasks.hand_over", *rights)
    account = {
        "jag": me,
        "vanlig": get_user_model().objects.create_user("lena", is_staff=True),
        "tekniker": get_user_model().objects.create_superuser("lena2"),
    }[who]
    Person.objects.filter(pk=lena.pk).update(user=account)
    lena.refresh_from_db()
    found = Handover(lena, xena, ylva)
    found.carry_out(me, found.fingerprint)
    account.refresh_from_db()
    assert account.is_active == (not closes)


@pytest.mark.parametrize(("codename", "status"), [("tasks.hand_over", 200), (None, 403)])
def test_the_permission_opens_it_whatever_the_group(client, people, codename, status):
    client.force_login(make_member("nn", *([codename] if codename else [])))
    lena, xena, ylva, _olof = people
    assert client.get(ADDRESS).status_code == status
    assert client.post(ADDRESS, choice(lena, xena, ylva)).status_code == status


def test_administrators_have_it():
    group = Group.objects.get(name="Administratör")
    assert set(
        group.permissions.filter(content_type__app_label="tasks").values_list("codename", flat=True)
    ) == {
        "hand_over",
        "resend_mail",
    }
