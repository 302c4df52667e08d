"""What the groups may do, and that nobody can give themselves more than their group has."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from tests.crawl import Fetched
from tests.factories import make_feedback

pytestmark = pytest.mark.django_db

#: By hand, on purpose: tink_portal/groups.py is what this is held against. v view, a add, c change, d delete.
EXPECTED = {
    "Redaktör": {
        "activities.activity": "vacd",
        "activities.goalarea": "vacd",
        "alerts.alert": "vacd",
        "documents.document": "vacd",
        "goals.award": "vacd",
        "goals.goal": "vacd",
        "news.newsitem": "vacd",
        "organisation.contactpoint": "vacd",
        "organisation.headcount": "vacd",
        "organisation.helpline": "vacd",
        "organisation.organisation": "vacd",
        "organisation.person": "vacd",
        "pages.page": "vacd",
        "pages.pagesection": "vacd",
        "pictures.picture": "vacd",
        "platforms.localareagroup": "vacd",
        "platforms.membership": "vacd",
        "platforms.platform": "vacd",
        "redirects.redirect": "vacd",
        "links.link": "vc",
        "search.askedfor": "vd",
        "search.bestbet": "vacd",
        "search.synonym": "vacd",
    },
    "Granskare": {
        "activities.activity": "vcp",
        "activities.goalarea": "vcp",
        "goals.award": "vc",
        "goals.goal": "vc",
        "news.newsitem": "vcp",
        "organisation.contactpoint": "vc",
        "organisation.headcount": "vc",
        "organisation.helpline": "vc",
        "organisation.organisation": "vc",
        "organisation.person": "vc",
        "pages.page": "vcp",
        "pages.pagesection": "vacd",
        "pictures.picture": "vc",
        "platforms.localareagroup": "vcp",
        "platforms.membership": "vacd",
        "platforms.platform": "vcp",
        "alerts.alert": "vc",
        "documents.document": "vc",
        "links.link": "vc",
        "search.askedfor": "v",
        "search.bestbet": "vc",
        "search.synonym": "vc",
    },
    "Handläggare": {"feedback.feedback": "vc", "feedback.caseentry": "v"},
    "Administratör": {
        "auth.user": "vac",
        "auth.group": "v",
        "organisation.person": "vc",
        "audit.event": "v",
    },
}
#: Rights that belong to no model.
BESIDES = {
    "Granskare": {"tasks.hand_over"},
    "Administratör": {"tasks.hand_over", "tasks.resend_mail"},
}
ACTIONS = {"v": "view", "a": "add", "c": "change", "d": "delete", "p": "publish"}


def account(**values):
    return get_user_model().objects.create_user(
        **{"username": "kollega", "is_staff": True} | values
    )


@pytest.fixture
def administrator(client, make_staff):
    client.force_login(make_staff("Administratör", username="admin"))
    return client


def change(client, user, **fields):
    """Post the account form with forged ``fields`` beside what it shows."""
    joined = {"date_joined_0": "2026-01-02", "date_joined_1": "10:00"}
    sent = {"username": user.username, "is_active": "on", "is_staff": "on", **joined, **fields}
    return client.post(reverse("admin:auth_user_change", args=[user.pk]), sent)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_group_has_exactly_its_permissions(name):
    wanted = {
        f"{model.split('.')[0]}.{ACTIONS[letter]}_{model.split('.')[1]}"
        for model, letters in EXPECTED[name].items()
        for letter in letters
    } | BESIDES.get(name, set())
    has = {
        f"{permission.content_type.app_label}.{permission.codename}"
        for permission in Group.objects.get(name=name).permissions.select_related("content_type")
    }
    assert has == wanted


def test_there_are_no_other_groups():
    assert set(Group.objects.values_list("name", flat=True)) == set(EXPECTED)


def test_no_account_has_rights_beside_its_group(make_staff):
    user = make_staff("Redaktör")
    assert not user.is_superuser
    assert not user.user_permissions.exists()


# --- Administratör: accounts, and no way from there to more ---------------------------------------------


def test_an_administrator_changes_an_account(administrator):
    user = account()
    response = change(
        administrator, user, first_name="Kim", groups=[Group.objects.get(name="Redaktör").pk]
    )
    assert response.status_code == 302
    user.refresh_from_db()
    assert user.first_name == "Kim"
    assert [group.name for group in user.groups.all()] == ["Redaktör"]


def test_an_administrator_makes_nobody_a_superuser(administrator):
    user = account()
    every = list(Permission.objects.values_list("pk", flat=True))
    response = change(
        administrator, user, is_superuser="on", user_permissions=every, first_name="Kim"
    )
    assert response.status_code == 302
    user.refresh_from_db()
    assert user.first_name == "Kim"  # the post was taken, without what was forged
    assert not user.is_superuser
    assert not user.user_permissions.exists()


def test_nor_themselves(administrator):
    own = get_user_model().objects.get(username="admin")
    change(administrator, own, is_superuser="on")
    own.refresh_from_db()
    assert not own.is_superuser


def test_nor_a_new_account(administrator):
    password = "havet-ar-blatt-idag"
    sent = {
        "username": "ny",
        "password1": password,
        "password2": password,
        "usable_password": "true",
    }
    response = administrator.post(reverse("admin:auth_user_add"), sent | {"is_superuser": "on"})
    assert response.status_code == 302
    assert not get_user_model().objects.get(username="ny").is_superuser


def test_the_form_does_not_offer_what_it_would_not_take(administrator):
    page = administrator.get(
        reverse("admin:auth_user_change", args=[account().pk])
    ).content.decode()
    assert 'name="groups"' in page
    assert 'name="is_superuser"' not in page
    assert 'name="user_permissions"' not in page


def test_a_superusers_account_is_out_of_reach(administrator, superuser):
    before = superuser.password
    assert change(administrator, superuser, email="min@evil.example").status_code == 403
    address = reverse("admin:auth_user_password_change", args=[superuser.pk])
    assert administrator.get(address).status_code == 403
    sent = {
        "password1": "helt-nytt-losen-1",
        "password2": "helt-nytt-losen-1",
        "usable_password": "true",
    }
    assert administrator.post(address, sent).status_code == 403
    superuser.refresh_from_db()
    assert (superuser.password, superuser.email, superuser.is_active) == (before, "", True)


def test_an_administrator_does_set_a_colleagues_password(administrator):
    """Otherwise the refusal above could come from anything."""
    user = account()
    sent = {
        "password1": "helt-nytt-losen-1",
        "password2": "helt-nytt-losen-1",
        "usable_password": "true",
    }
    address = reverse("admin:auth_user_password_change", args=[user.pk])
    assert administrator.post(address, sent).status_code == 302
    user.refresh_from_db()
    assert user.check_password("helt-nytt-losen-1")


def test_a_superuser_does_make_a_superuser(client, superuser):
    client.force_login(superuser)
    user = account()
    assert change(client, user, is_superuser="on").status_code == 302
    user.refresh_from_db()
    assert user.is_superuser


# --- What residents have written --------------------------------------------------------------------------


@pytest.mark.parametrize("group", ["Redaktör", "Administratör", None])
def test_only_handlers_read_what_residents_have_written(client, make_staff, group):
    feedback = make_feedback(message="Hemligt ord: kanelbulle", email="nils@exempel.example")
    client.force_login(make_staff(*([group] if group else [])))
    inbox = "admin:feedback_feedback_"
    addresses = {
        reverse(inbox + "changelist"): 403,
        reverse(inbox + "changelist") + "?q=kanelbulle": 403,
        reverse(inbox + "change", args=[feedback.pk]): 403,
        reverse(inbox + "history", args=[feedback.pk]): 403,
        "/admin/": 200,
        "/admin/feedback/": 404,
        "/admin/?q=kanelbulle": 200,
        f"/tyck-till/tack/{feedback.reference}/": 200,
    }
    for address, status in addresses.items():
        response = client.get(address)
        assert response.status_code == status, address
        assert "kanelbulle" not in response.content.decode(), address
        assert "nils@exempel" not in response.content.decode(), address
    assert "/admin/feedback/" not in client.get("/admin/").content.decode()


INBOX = "admin:feedback_feedback_"
READING = {"view_feedback", "change_feedback"}


def reads(client, user, feedback):
    client.force_login(user)
    answers = [
        client.get(reverse(INBOX + "changelist")),
        client.get(reverse(INBOX + "change", args=[feedback.pk])),
        client.get(reverse(INBOX + "history", args=[feedback.pk])),
    ]
    return any(answer.status_code != 403 for answer in answers)


def test_no_other_permissions_together_imply_reading(client, make_staff):
    """Every group but one, and every permission but the two: still nothing."""
    feedback = make_feedback(message="Hemligt ord: kanelbulle")
    user = make_staff(*(name for name in EXPECTED if name != "Handläggare"))
    others = Permission.objects.exclude(codename__in=READING)
    assert others.filter(content_type__app_label="feedback").exists()
    user.user_permissions.set(others)
    assert not reads(client, user, feedback)


@pytest.mark.parametrize("codename", sorted(READING))
def test_each_of_the_two_is_what_opens_it(client, make_staff, codename):
    """Otherwise the silence above could come from anything."""
    user = make_staff()
    user.user_permissions.add(Permission.objects.get(codename=codename))
    assert reads(client, user, make_feedback()) is True


def test_a_handler_does_read_it(client, make_staff):
    feedback = make_feedback(message="Hemligt ord: kanelbulle")
    client.force_login(make_staff("Handläggare"))
    for address in (
        reverse("admin:feedback_feedback_changelist"),
        reverse("admin:feedback_feedback_change", args=[feedback.pk]),
    ):
        assert "kanelbulle" in client.get(address).content.decode(), address


def test_the_outbox_is_no_way_round(client, make_staff):
    """Answers to residents lie in the outbox: no list of it exists in the admin."""
    client.force_login(make_staff("Redaktör", "Administratör"))
    assert client.get("/admin/post_office/email/").status_code == 404
    assert client.get("/admin/post_office/").status_code == 404


# --- Lists cannot be made to answer questions about passwords ---------------------------------------------

PROBES = [
    ("Redaktör", "organisation_person", "user__password__startswith"),
    ("Redaktör", "pages_page", "changed_by__password__startswith"),
    ("Redaktör", "pages_page", "responsible__user__password__startswith"),
    ("Handläggare", "feedback_feedback", "assigned_to__password__startswith"),
    ("Administratör", "auth_user", "password__startswith"),
    ("Administratör", "organisation_person", "user__password__startswith"),
]


@pytest.mark.parametrize(("group", "model", "lookup"), PROBES)
def test_no_list_filters_on_passwords(client, make_staff, group, model, lookup):
    client.force_login(make_staff(group))
    response = client.get(reverse(f"admin:{model}_changelist"), {lookup: "md5"})
    assert response.status_code == 400
    assert Fetched("", response).words("h1") == ["Något i adressen är fel"]
