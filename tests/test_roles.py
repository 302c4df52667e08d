"""Who meets what at every address: the whole URLconf, role by role, against a table written by hand.

The table is not made from tink_portal/groups.py: what that file says is what is tested here.
An address without a row fails, and so does a row without an address.
"""

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.contrib.redirects.models import Redirect
from django.test import Client
from django.urls import get_resolver, reverse

from audit.log import Action, record
from goals.models import Award, Goal
from links.models import Link
from organisation.models import Headcount
from search.models import AskedFor, BestBet, Synonym
from tests import factories
from tests.documents.files import make_document
from tests.pictures.files import make_picture

EDITOR, REVIEWER = "Redaktör", "Granskare"
HANDLER, ADMINISTRATOR = "Handläggare", "Administratör"
ANONYMOUS, RESIDENT, NO_GROUP, SUPERUSER = (
    "utan inloggning",
    "inte redaktion",
    "utan grupp",
    "teknik",
)
ROLES = [ANONYMOUS, RESIDENT, NO_GROUP, EDITOR, REVIEWER, HANDLER, ADMINISTRATOR, SUPERUSER]
STAFF = ROLES[2:]

#: v: list, row and history; a: add; c: change (and password); d: delete. Who is not named gets 403.
EVERYTHING = {EDITOR: "vacd", REVIEWER: "vc", SUPERUSER: "vacd"}
ADMIN_TABLE = {
    "pages.page": EVERYTHING,
    "activities.goalarea": EVERYTHING,
    "activities.activity": EVERYTHING,
    "platforms.platform": EVERYTHING,
    "platforms.localareagroup": EVERYTHING,
    "news.newsitem": EVERYTHING,
    "goals.goal": EVERYTHING,
    "goals.award": EVERYTHING,
    "pictures.picture": EVERYTHING,
    "documents.document": EVERYTHING,
    "organisation.person": EVERYTHING | {ADMINISTRATOR: "vc"},
    "organisation.organisation": EVERYTHING,
    "organisation.contactpoint": EVERYTHING,
    "organisation.helpline": EVERYTHING,
    "organisation.headcount": EVERYTHING,
    "redirects.redirect": {EDITOR: "vacd", SUPERUSER: "vacd"},
    "search.synonym": EVERYTHING,
    "search.bestbet": EVERYTHING,
    # What residents look for is looked at and can be cleared, never written.
    "search.askedfor": {EDITOR: "vd", REVIEWER: "v", SUPERUSER: "vd"},
    "alerts.alert": EVERYTHING,
    # Nobody adds or deletes what residents have written, not even a superuser.
    "feedback.feedback": {HANDLER: "vc", SUPERUSER: "vc"},
    # Links are found by the check; what is decided about them is sent to the list (tests/links).
    "links.link": {EDITOR: "v", REVIEWER: "v", SUPERUSER: "v"},
    # An account is switched off, never deleted.
    "auth.user": {ADMINISTRATOR: "vac", SUPERUSER: "vac"},
    "auth.group": {ADMINISTRATOR: "v", SUPERUSER: "v"},
    # Nobody writes in the log.
    "audit.event": {ADMINISTRATOR: "v", SUPERUSER: "v"},
}
#: The pages that are drafted: each has versions, comparison and preview besides.
DRAFTED = [
    *("pages.page", "activities.goalarea", "activities.activity"),
    *("platforms.platform", "platforms.localareagroup", "news.newsitem"),
]
#: Which letter opens which of a model's pages.
LETTERS = {"changelist": "v", "history": "v", "change": "v", "add": "a", "delete": "d"}
#: The list of each app's models: the roles that have something there; others meet a 404.
APP_LISTS = {
    **{
        app: {EDITOR, REVIEWER, SUPERUSER}
        for app in (
            *("pages", "activities", "platforms", "news", "goals", "pictures", "documents"),
            *("links", "search", "alerts"),
        )
    },
    "redirects": {EDITOR, SUPERUSER},
    "organisation": {EDITOR, REVIEWER, ADMINISTRATOR, SUPERUSER},
    "feedback": {HANDLER, SUPERUSER},
    "auth": {ADMINISTRATOR, SUPERUSER},
    "audit": {ADMINISTRATOR, SUPERUSER},
}
TASK_GROUPS = ["synpunkter", "kontrollera", "skriva"]
LOGIN = 302


def staff(status, outside=LOGIN):
    """The same ``status`` for all staff; ``outside`` for everyone else."""
    return {role: status if role in STAFF else outside for role in ROLES}


def everyone(status):
    return dict.fromkeys(ROLES, status)


def patterns(resolver=None, prefix="", namespaces=()):
    """(route, name) of every address pattern; the name is None where the URLconf gives none."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from patterns(pattern, route, inner)
        else:
            yield route, ":".join((*namespaces, pattern.name)) if pattern.name else None


class Rows:
    """One row of everything, and ``table``: {name or route: [(address, {role: status})]}."""

    def __init__(self):
        self.objects = {
            "pages.page": factories.make_page(slug="en-sida"),
            "activities.goalarea": factories.make_area(),
            "platforms.platform": factories.make_platform(),
            "news.newsitem": factories.make_news(),
            "goals.goal": Goal.objects.create(text="Ett mål"),
            "goals.award": Award.objects.create(title="Ett pris", kind="vinst"),
            "pictures.picture": make_picture(),
            "documents.document": make_document(),
            "organisation.person": factories.make_person(),
            "organisation.organisation": factories.make_organisation(),
            "organisation.contactpoint": factories.make_contact_point(),
            "organisation.helpline": factories.make_helpline(),
            "organisation.headcount": Headcount.objects.create(
                full_time=1, as_of="2020-01-01", source="x"
            ),
            "redirects.redirect": Redirect.objects.create(site_id=1, old_path="/x/", new_path="/"),
            "search.synonym": Synonym.objects.create(word="a", finds="b"),
            "search.bestbet": BestBet.objects.create(words="a", entry_path="/"),
            "search.askedfor": AskedFor.objects.create(
                words="a", times=3, hits=0, last_on="2020-01-01"
            ),
            "feedback.feedback": factories.make_feedback(),
            "links.link": Link.objects.create(url="/finns-inte/", kind="inre", status="trasig"),
            "auth.user": get_user_model().objects.create_user("kollega"),
            "auth.group": Group.objects.get(name=EDITOR),
            "audit.event": record(None, Action.EXPORTED),
            "activities.activity": factories.make_activity(),
            "platforms.localareagroup": factories.make_local_group(),
            "alerts.alert": factories.make_alert(),
        }
        factories.make_page(slug="start", title="Start")
        self.table = self.public() | self.shared() | self.of_models() | self.of_access()

    def public(self):
        objects, feedback = self.objects, self.objects["feedback.feedback"]
        addresses = {
            "start": ["/"],
            "platforms:group": [objects["platforms.localareagroup"].get_absolute_url()],
            "platforms:detail": [objects["platforms.platform"].get_absolute_url()],
            "news:item": [objects["news.newsitem"].get_absolute_url()],
            "search:search": ["/sok/", "/sok/?q=rubrik"],
            "search:completions": ["/sok/forslag/?q=rub"],
            "feedback:form": ["/tyck-till/?sida=/"],
            "feedback:receipt": [f"/tyck-till/tack/{feedback.reference}/"],
            "pictures:file": [objects["pictures.picture"].get_file_url()],
            "documents:file": [objects["documents.document"].get_absolute_url()],
            "health": ["/halsa/"],
            "robots": ["/robots.txt"],
            "activities:area": [objects["activities.goalarea"].get_absolute_url()],
            "activities:activity": [objects["activities.activity"].get_absolute_url()],
            "pages:page": ["/en-sida/"],
        }
        # A draft behind a link is for whoever has the link, and nobody has this one.
        closed = {"publishing:shared": [("/granska-utkast/1:x/", everyone(404))]}
        return closed | {
            name: [(address, everyone(200)) for address in own] for name, own in addresses.items()
        }

    def shared(self):
        page = self.objects["pages.page"]
        place = f"{ContentType.objects.get_for_model(page).pk}/{page.pk}"
        return {
            "admin:index": [("/admin/", staff(200))],
            "admin:login": [("/admin/login/", staff(302, outside=200))],
            "admin:logout": [("/admin/logout/", staff(405))],
            "admin:password_change": [("/admin/password_change/", staff(200))],
            "admin:password_change_done": [("/admin/password_change/done/", staff(200))],
            "admin:autocomplete": [("/admin/autocomplete/", staff(403))],
            # What the editor asks for: only those who may see such rows get an answer.
            "admin:link_targets": [
                ("/admin/lankmal/", self.statuses(EVERYTHING, "v")),
            ],
            "admin:picture_choices": [("/admin/bildval/", self.statuses(EVERYTHING, "v"))],
            "admin:jsi18n": [("/admin/jsi18n/", staff(200))],
            "admin:view_on_site": [
                (f"/admin/r/{place}/", staff(302)),
                ("/admin/r/9999/1/", staff(404)),
            ],
            "admin:app_list": [
                (f"/admin/{app}/", staff(404) | dict.fromkeys(roles, 200))
                for app, roles in APP_LISTS.items()
            ],
            "handbook:index": [("/admin/handbok/", staff(200))],
            "handbook:chapter": [
                ("/admin/handbok/komma-igang/", staff(200)),
                ("/admin/handbok/finns-inte/", staff(404)),
            ],
            "handbook:picture": [("/admin/handbok/bilder/finns-inte.png", staff(404))],
            "admin/(?P<url>.*)$": [("/admin/finns-inte/", staff(404))],
            # Everybody has a list of tasks; what stands in it follows from what they may mend.
            "tasks:group": [
                *((f"/admin/uppgifter/{slug}/", staff(200)) for slug in TASK_GROUPS),
                ("/admin/uppgifter/finns-inte/", staff(404)),
            ],
            "tasks:planned": [
                ("/admin/planerat/", staff(403) | dict.fromkeys((EDITOR, REVIEWER, SUPERUSER), 200))
            ],
            "tasks:handover": [
                (
                    "/admin/overlamning/",
                    staff(403) | dict.fromkeys((REVIEWER, ADMINISTRATOR, SUPERUSER), 200),
                )
            ],
            "tasks:mail": [("/admin/mejl/", staff(403) | {ADMINISTRATOR: 200, SUPERUSER: 200})],
        }

    def of_models(self):
        table = {}
        for label, rights in ADMIN_TABLE.items():
            app, model = label.split(".")
            pk = self.objects[label].pk
            for view, letter in LETTERS.items():
                name = f"admin:{app}_{model}_{view}"
                arguments = [] if view in {"changelist", "add"} else [pk]
                statuses = self.statuses(rights, letter)
                table[name] = [(reverse(name, args=arguments), statuses)]
            table[f"admin/{app}/{model}/<path:object_id>/"] = [
                (f"/admin/{app}/{model}/{pk}/", staff(302))
            ]
        for label in DRAFTED:
            table |= self.of_drafts(label)
        # Ended by a press, never by a link.
        end = reverse("admin:alerts_alert_end", args=[self.objects["alerts.alert"].pk])
        table["admin:alerts_alert_end"] = [
            (end, staff(403) | dict.fromkeys(ADMIN_TABLE["alerts.alert"], 405))
        ]
        pk = self.objects["auth.user"].pk
        name = "admin:auth_user_password_change"
        table[name] = [(reverse(name, args=[pk]), self.statuses(ADMIN_TABLE["auth.user"], "c"))]
        return table

    def of_access(self):
        """Signing in and its safety. The second step is off here; tests/accounts has it on."""
        account = self.objects["auth.user"].pk
        rights = ADMIN_TABLE["auth.user"]
        addresses = {
            "second_step": ("/admin/tva-steg/", staff(302)),
            "set_up_app": ("/admin/tva-steg/stall-in/", staff(302)),
            "codes_saved": ("/admin/tva-steg/sparat/", staff(302)),
            "security": ("/admin/sakerhet/", staff(200)),
            "new_codes": ("/admin/sakerhet/nya-koder/", staff(302)),
            "replace_app": ("/admin/sakerhet/byt-app/", staff(302)),
            "unsaved": ("/admin/osparat/", staff(302)),
            "locks": ("/admin/sparrar/", self.statuses(rights, "c")),
            # What changes something is posted: a look is refused.
            "log_out_everywhere": ("/admin/sakerhet/logga-ut-overallt/", staff(405)),
            "go_on": ("/admin/fortsatt/", staff(405)),
            "auth_user_unlock": (f"/admin/auth/user/{account}/las-upp/", staff(403)),
            "auth_user_reset_second_step": (
                f"/admin/auth/user/{account}/nollstall-tva-steg/",
                staff(403),
            ),
            "auth_user_log_out": (f"/admin/auth/user/{account}/logga-ut/", staff(403)),
            "audit_event_export": ("/admin/audit/event/hamta/", staff(403)),
        }
        return {f"admin:{name}": [row] for name, row in addresses.items()}

    def of_drafts(self, label):
        """Versions and preview are looked at; restoring and unpublishing are refused to a GET."""
        name, pk, rights = (
            f"admin:{label.replace('.', '_')}",
            self.objects[label].pk,
            ADMIN_TABLE[label],
        )
        looking = self.statuses(rights, "v")
        return {
            f"{name}_versions": [(reverse(f"{name}_versions", args=[pk]), looking)],
            f"{name}_preview": [(reverse(f"{name}_preview", args=[pk]), looking)],
            # An open form tells that it is open: only by post.
            f"{name}_editing": [
                (
                    reverse(f"{name}_editing", args=[pk]),
                    staff(403) | {r: 405 for r, letters in rights.items() if "c" in letters},
                )
            ],
            f"{name}_frame": [(reverse(f"{name}_frame", args=[pk]), looking)],
            f"{name}_share": [(reverse(f"{name}_share", args=[pk]), self.statuses(rights, "c"))],
            # Nothing has been drafted, so there is no version to compare with.
            f"{name}_compare": [
                (reverse(f"{name}_compare", args=[pk]), staff(403) | dict.fromkeys(rights, 404))
            ],
            f"{name}_restore": [(reverse(f"{name}_restore", args=[pk]), staff(403))],
            f"{name}_unpublish": [
                (reverse(f"{name}_unpublish", args=[pk]), self.statuses(rights, "c"))
            ],
            f"{name}_review": [(reverse(f"{name}_review", args=[pk]), staff(403))],
            f"{name}_deleted": [(reverse(f"{name}_deleted"), self.statuses(rights, "a"))],
        }

    @staticmethod
    def statuses(rights, letter):
        return staff(403) | {role: 200 for role, letters in rights.items() if letter in letters}


@pytest.fixture
def rows(portal_folders):
    return Rows()


@pytest.fixture
def portal_folders(db, settings):
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)


@pytest.fixture
def client_as(make_staff, superuser):
    """``client_as(role)``: a browser in which someone of that role is logged in."""

    def make(role):
        client = Client()
        if role == SUPERUSER:
            client.force_login(superuser)
        elif role == RESIDENT:
            client.force_login(get_user_model().objects.create_user("invanare"))
        elif role != ANONYMOUS:
            client.force_login(make_staff(*([] if role == NO_GROUP else [role]), username="nn"))
        return client

    return make


def test_every_address_has_a_row_and_every_row_an_address(rows):
    assert {name or route for route, name in patterns()} == set(rows.table)


def test_every_model_in_the_admin_has_a_row():
    assert {model._meta.label_lower for model in admin.site._registry} == set(ADMIN_TABLE)


def test_every_app_in_the_admin_has_a_row():
    assert {model._meta.app_label for model in admin.site._registry} == set(APP_LISTS)


@pytest.mark.parametrize("role", ROLES)
def test_status_of_every_address(rows, client_as, role):
    client, wrong, count = client_as(role), [], 0
    for addresses in rows.table.values():
        for address, statuses in addresses:
            response = client.get(address)
            response.getvalue()  # a file is closed when it has been read
            count += 1
            if response.status_code != statuses[role]:
                wrong.append(f"{address}: {response.status_code}, not {statuses[role]}")
            if response.status_code == 302 and role not in STAFF:
                # Who is not logged in is asked to; /admin/ does the asking after a log out.
                where = (
                    "/admin/" if address == "/admin/logout/" else f"/admin/login/?next={address}"
                )
                assert response["Location"] == where
    assert wrong == []
    assert count > 140


@pytest.mark.parametrize("role", ROLES)
def test_nobody_changes_what_they_may_only_look_at(rows, client_as, role):
    """The same table for what is sent: a post to a row is refused without the right to change it."""
    client, wrong = client_as(role), []
    for label, rights in ADMIN_TABLE.items():
        app, model = label.split(".")
        pk = rows.objects[label].pk
        for view, letter in (("add", "a"), ("change", "c"), ("delete", "d")):
            address = reverse(f"admin:{app}_{model}_{view}", args=[] if view == "add" else [pk])
            # An empty post is refused by the form (200) where it is let through; deleting asks first.
            expected = statuses_of_a_post(rights, role, letter)
            status = client.post(address, {} if view != "delete" else {"post": ""}).status_code
            if status not in expected:
                wrong.append(f"{address}: {status}, not {expected}")
    assert wrong == []


ACCESS_POSTS = [
    "/admin/auth/user/{}/las-upp/",
    "/admin/auth/user/{}/nollstall-tva-steg/",
    "/admin/auth/user/{}/logga-ut/",
]


@pytest.mark.parametrize("role", ROLES)
def test_who_may_press_the_buttons_about_accounts_and_the_log(rows, client_as, role):
    client, account = client_as(role), rows.objects["auth.user"].pk
    may = role in {ADMINISTRATOR, SUPERUSER}
    outside = role not in STAFF
    for address in ACCESS_POSTS:
        expected = 302 if may or outside else 403
        assert client.post(address.format(account)).status_code == expected, address
    assert client.post("/admin/sparrar/").status_code == (302 if may or outside else 403)
    expected = 200 if may else 302 if outside else 403
    assert client.post("/admin/audit/event/hamta/").status_code == expected


def statuses_of_a_post(rights, role, letter):
    if role not in STAFF:
        return {302}
    return {200, 302} if letter in rights.get(role, "") else {403}


#: What a form's own search-as-you-type may look into: a field, and the roles that get an answer.
AUTOCOMPLETE = {
    ("pages", "page", "responsible"): {EDITOR, REVIEWER, ADMINISTRATOR, SUPERUSER},
    ("pages", "page", "parent"): {EDITOR, REVIEWER, SUPERUSER},
    ("pages", "page", "lead_picture"): {EDITOR, REVIEWER, SUPERUSER},
    ("activities", "goalarea", "helplines"): {EDITOR, REVIEWER, SUPERUSER},
    ("platforms", "membership", "organisation"): {EDITOR, REVIEWER, SUPERUSER},
    ("news", "newsitem", "area"): {EDITOR, REVIEWER, SUPERUSER},
    ("news", "newsitem", "platform"): {EDITOR, REVIEWER, SUPERUSER},
    ("documents", "document", "responsible"): {EDITOR, REVIEWER, ADMINISTRATOR, SUPERUSER},
    # Accounts are never searched through another form.
    ("feedback", "feedback", "assigned_to"): {SUPERUSER, ADMINISTRATOR},
}


@pytest.mark.parametrize("role", ROLES)
def test_autocomplete_answers_those_who_may_see_the_rows(rows, client_as, role):
    client = client_as(role)
    for (app, model, field), roles in AUTOCOMPLETE.items():
        query = {"app_label": app, "model_name": model, "field_name": field, "term": ""}
        expected = 200 if role in roles else 403 if role in STAFF else 302
        assert client.get("/admin/autocomplete/", query).status_code == expected, (model, field)
