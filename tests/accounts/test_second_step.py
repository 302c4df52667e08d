"""A password alone opens nothing: at every address of the admin, for looking and for forged posts."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import second_step
from accounts.models import hash_of
from audit.models import Event
from news.models import NewsItem
from organisation.models import Organisation
from tests.accounts.conftest import PASSWORD, code_now, wrong_code
from tests.test_roles import Rows

pytestmark = pytest.mark.django_db

#: Reached with a password alone, on purpose: signing in itself, and out.
BEFORE = {
    *("admin:login", "admin:logout"),
    *("admin:second_step", "admin:set_up_app", "admin:codes_saved"),
}


@pytest.fixture
def half(enrolled, log_in):
    """A browser with a password-only session."""
    return log_in("kim")


def pass_second_step(client, code=None):
    return client.post("/admin/tva-steg/", {"code": code or code_now(), "next": "/admin/"})


def leads_to_second_step(response, address):
    place = urlsplit(response["Location"])
    return (
        response.status_code == 302
        and place.path == "/admin/tva-steg/"
        and parse_qs(place.query)["next"] == [address]
    )


# --- The gate -----------------------------------------------------------------------------------------


def admin_addresses():
    return [
        address
        for name, rows in Rows().table.items()
        for address, _statuses in rows
        if address.startswith("/admin/") and name not in BEFORE
    ]


@pytest.mark.parametrize("superuser", [False, True])
def test_every_address_of_the_admin_leads_to_the_second_step(half, enrolled, settings, superuser):
    get_user_model().objects.filter(username="kim").update(is_superuser=superuser)
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    addresses = admin_addresses()
    assert len(addresses) > 120
    wrong = [
        f"{method} {address}: {response.status_code} {response.get('Location', '')}"
        for address in addresses
        for method in ("get", "post", "head", "put", "delete")
        if not leads_to_second_step(response := getattr(half, method)(address), address)
    ]
    assert wrong == []


def test_a_forged_post_changes_nothing(half):
    address = reverse("admin:organisation_organisation_add")
    half.post(address, {"name": "KSON", "kind": "forening"})
    half.post(reverse("admin:news_newsitem_add"), {"title": "x", "_save": "1"})
    assert not Organisation.objects.exists()
    assert not NewsItem.objects.exists()


def test_with_both_steps_the_same_is_let_through(half):
    """Otherwise the refusals above could come from anything."""
    pass_second_step(half)
    assert half.get("/admin/").status_code == 200
    half.post(reverse("admin:organisation_organisation_add"), {"name": "KSON", "kind": "forening"})
    assert Organisation.objects.exists()


def test_where_it_is_off_nobody_is_asked(half, settings):
    settings.TWO_FACTOR = False
    assert half.get("/admin/").status_code == 200


def test_the_login_page_leads_on(half):
    response = half.get("/admin/login/?next=/admin/news/newsitem/")
    assert leads_to_second_step(response, "/admin/news/newsitem/")


def test_one_may_leave_half_way(half):
    half.post("/admin/logout/")
    assert "/admin/login/" in half.get("/admin/")["Location"]


def test_residents_and_strangers_get_no_second_step(client, two_factor):
    for address in ("/admin/tva-steg/", "/admin/tva-steg/stall-in/", "/admin/tva-steg/sparat/"):
        assert client.get(address)["Location"].startswith("/admin/login/?next=")
    client.force_login(get_user_model().objects.create_user("invanare"))
    assert client.get("/admin/tva-steg/")["Location"].startswith("/admin/login/?next=")


# --- Codes --------------------------------------------------------------------------------------------


def test_a_right_code_lets_in_and_leads_on(half):
    response = half.post("/admin/tva-steg/", {"code": code_now(), "next": "/admin/news/newsitem/"})
    assert response["Location"] == "/admin/news/newsitem/"
    assert half.get("/admin/news/newsitem/").status_code == 200


@pytest.mark.parametrize(
    "bad", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", ""]
)
def test_it_never_leads_off_the_site(half, bad):
    response = half.post("/admin/tva-steg/", {"code": code_now(), "next": bad})
    assert response["Location"] == "/admin/"


def test_a_code_with_a_space_is_right(half):
    code = code_now()
    assert pass_second_step(half, f" {code[:3]} {code[3:]} ").status_code == 302


@pytest.mark.parametrize("code", ["", "abc", "12345678901234567890", "-1", "１２３"])
def test_nonsense_is_answered_in_swedish(half, code):
    response = half.post("/admin/tva-steg/", {"code": code})
    assert response.status_code == 200
    assert any(word in response.content.decode() for word in ("Koden stämmer inte", "Skriv koden"))
    assert half.get("/admin/").status_code == 302


def test_a_code_is_used_once(half, log_in):
    code = code_now()
    assert pass_second_step(half, code).status_code == 302
    other = log_in("kim")
    assert pass_second_step(other, code).status_code == 200
    assert other.get("/admin/").status_code == 302


def test_the_session_gets_a_new_key(half):
    before = half.session.session_key
    pass_second_step(half)
    assert half.session.session_key != before


def test_guessing_is_slowed_down_and_a_right_code_waits_too(half, time_machine):
    for _number in range(3):
        pass_second_step(half, wrong_code())
        time_machine.shift(5)
    pass_second_step(half, wrong_code())  # the fourth failure: eight seconds
    page = pass_second_step(half).content.decode()
    assert "Vänta 8 sekunder" in page
    assert half.get("/admin/").status_code == 302
    time_machine.shift(9)
    assert pass_second_step(half).status_code == 302


def test_somebody_elses_app_does_not_help(half, make_staff, enrolled):
    make_staff("Redaktör", username="robin")
    other = TOTPDevice.objects.create(user=get_user_model().objects.get(username="robin"), name="x")
    assert pass_second_step(half, code_now(other.key)).status_code == 200


def test_what_happened_stands_in_the_log(half):
    pass_second_step(half, wrong_code())
    told = list(Event.objects.order_by("pk").values_list("username", "action"))
    assert told == [("kim", "inloggad"), ("kim", "tvasteg-fel")]


def test_a_new_password_is_no_way_round(enrolled, make_staff, log_in, client):
    user, _codes = enrolled
    user.set_password("helt annat losenord")
    user.save()
    client = log_in("kim", "helt annat losenord")
    assert leads_to_second_step(client.get("/admin/"), "/admin/")
    assert client.get("/admin/tva-steg/stall-in/")["Location"].startswith("/admin/tva-steg/?")


def test_nobody_with_an_app_sets_up_another_by_password_alone(half):
    half.post("/admin/tva-steg/stall-in/", {"code": code_now()})
    assert TOTPDevice.objects.count() == 1
    assert half.get("/admin/").status_code == 302


# --- Recovery codes -----------------------------------------------------------------------------------


def use_recovery(client, code):
    return client.post("/admin/tva-steg/?aterstallning", {"code": code, "next": "/admin/"})


@pytest.mark.parametrize("change", [str, str.upper, lambda code: code.replace("-", " ")])
def test_a_recovery_code_lets_in_once(half, enrolled, log_in, change):
    code = change(enrolled[1][0])
    assert use_recovery(half, code).status_code == 302
    assert half.get("/admin/").status_code == 200
    other = log_in("kim")
    assert use_recovery(other, code).status_code == 200
    assert other.get("/admin/").status_code == 302
    assert Event.objects.filter(action="aterstallningskod").count() == 1


def test_the_database_does_not_hold_the_codes(enrolled):
    stored = list(StaticToken.objects.values_list("token", flat=True))
    assert len(set(stored)) == 10
    for code in enrolled[1]:
        assert code.replace("-", "").lower() not in {token.lower() for token in stored}
        assert len(code.replace("-", "")) == 10


def test_what_the_database_holds_is_not_a_code(half, enrolled):
    assert use_recovery(half, StaticToken.objects.first().token).status_code == 200
    assert half.get("/admin/").status_code == 302


def test_few_left_is_told(half, enrolled):
    code = enrolled[1][0]
    others = StaticToken.objects.exclude(token=hash_of(code))
    StaticToken.objects.filter(pk__in=list(others.values_list("pk", flat=True)[:6])).delete()
    use_recovery(half, code)
    assert "Du har 3 återställningskoder kvar" in half.get("/admin/").content.decode()


def test_many_left_is_not(half, enrolled):
    use_recovery(half, enrolled[1][0])
    assert "återställningskoder kvar" not in half.get("/admin/").content.decode()


def _sheet(enrolled):
    return second_step.recovery_of(enrolled[0])


def test_an_app_code_is_no_recovery_code(half):
    assert use_recovery(half, code_now()).status_code == 200


def test_who_has_no_recovery_codes_is_told_so_calmly(half, enrolled):
    _sheet(enrolled).delete()
    assert "Koden stämmer inte" in use_recovery(half, "abcde-fghij").content.decode()


# --- Setting it up ------------------------------------------------------------------------------------


@pytest.fixture
def newcomer(make_staff, two_factor, log_in):
    make_staff("Redaktör", username="ny")
    return log_in("ny")


def shown_key(client):
    client.get("/admin/tva-steg/stall-in/")
    return client.session["app_key"]


def test_the_whole_journey(newcomer):
    start = newcomer.get("/admin/news/newsitem/", follow=True)
    assert start.redirect_chain[-1][0].startswith("/admin/tva-steg/stall-in/")
    page = start.content.decode()
    for step in ("Steg 1 av 4", "Steg 2 av 4", "Steg 3 av 4", "<svg"):
        assert step in page
    answer = newcomer.post(
        "/admin/tva-steg/stall-in/",
        {"code": code_now(newcomer.session["app_key"]), "next": "/admin/news/newsitem/"},
    )
    assert answer["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    page = answer.content.decode()
    assert "Steg 4 av 4" in page
    assert page.count("<li><code>") == 10
    done = newcomer.post(
        "/admin/tva-steg/sparat/", {"saved": "on", "next": "/admin/news/newsitem/"}, follow=True
    )
    assert done.redirect_chain[-1][0] == "/admin/news/newsitem/"
    assert "app_key" not in newcomer.session
    actions = set(Event.objects.values_list("action", flat=True))
    assert {"tvasteg-skapad", "tvasteg-godkand"} <= actions


def test_the_square_and_the_text_are_the_same_key(newcomer):
    page = newcomer.get("/admin/tva-steg/stall-in/").content.decode()
    device = TOTPDevice(key=newcomer.session["app_key"])
    assert second_step.readable_key(device) in page
    assert 'style="' not in page


def test_the_key_stays_when_the_code_was_wrong(newcomer):
    key = shown_key(newcomer)
    answer = newcomer.post("/admin/tva-steg/stall-in/", {"code": "000000"})
    assert "Koden stämmer inte" in answer.content.decode()
    assert newcomer.session["app_key"] == key
    assert not TOTPDevice.objects.exists()
    assert newcomer.get("/admin/").status_code == 302


def test_without_the_tick_new_codes_are_offered(newcomer):
    key = shown_key(newcomer)
    newcomer.post("/admin/tva-steg/stall-in/", {"code": code_now(key)})
    assert newcomer.post("/admin/tva-steg/sparat/", {})["Location"] == "/admin/sakerhet/"


def test_a_superuser_made_by_console_sets_it_up_too(two_factor, log_in, superuser):
    client = log_in("teknik", PASSWORD)
    page = client.get("/admin/", follow=True)
    assert page.redirect_chain[-1][0].startswith("/admin/tva-steg/stall-in/")


# --- Säkerhet -----------------------------------------------------------------------------------------


@pytest.fixture
def inside(half, time_machine):
    pass_second_step(half)
    time_machine.shift(60)
    return half


def test_new_codes_need_a_code(inside, enrolled):
    page = inside.post("/admin/sakerhet/nya-koder/", {"code": wrong_code()}).content.decode()
    assert "Koden stämmer inte" in page
    assert "<li><code>" not in page
    assert not Event.objects.filter(action="nya-koder").exists()


def test_new_codes_end_the_old(inside, enrolled, log_in):
    page = inside.post("/admin/sakerhet/nya-koder/", {"code": code_now()}).content.decode()
    assert page.count("<li><code>") == 10
    assert use_recovery(log_in("kim"), enrolled[1][0]).status_code == 200
    assert Event.objects.filter(action="nya-koder").exists()


def test_another_app_needs_a_code_from_the_old(inside, enrolled, time_machine):
    assert inside.get("/admin/tva-steg/stall-in/").status_code == 302
    answer = inside.post("/admin/sakerhet/byt-app/", {"code": code_now()})
    assert answer["Location"].startswith("/admin/tva-steg/stall-in/")
    key = shown_key(inside)
    page = inside.post("/admin/tva-steg/stall-in/", {"code": code_now(key)}).content.decode()
    assert "Steg 4 av 4" in page
    assert [device.key for device in TOTPDevice.objects.all()] == [key]
    assert inside.get("/admin/").status_code == 200


def test_the_leave_to_replace_ends(inside, time_machine):
    inside.post("/admin/sakerhet/byt-app/", {"code": code_now()})
    time_machine.shift(16 * 60)
    assert inside.get("/admin/tva-steg/stall-in/").status_code == 302


# --- An Administratör and a colleague's second step ---------------------------------------------------


@pytest.fixture
def administrator(make_staff, enrolled, log_in):
    user = make_staff("Administratör", username="admin")
    key = "4142" * 10
    second_step.set_up_app(user, key, code_now(key))
    client = log_in("admin")
    TOTPDevice.objects.filter(user=user).update(last_t=-1)
    assert pass_second_step(client, code_now(key)).status_code == 302
    return client


def reset(client, user):
    return client.post(f"/admin/auth/user/{user.pk}/nollstall-tva-steg/")


def test_a_colleagues_second_step_is_reset_and_they_are_logged_out(administrator, enrolled, inside):
    user, _codes = enrolled
    assert reset(administrator, user).status_code == 302
    assert second_step.app_of(user) is None
    assert second_step.recovery_of(user) is None
    assert "/admin/login/" in inside.get("/admin/")["Location"]
    event = Event.objects.get(action="tvasteg-nollstalld")
    assert (event.username, event.object_name) == ("admin", "kim")


def test_ones_own_is_not(administrator):
    own = get_user_model().objects.get(username="admin")
    assert reset(administrator, own).status_code == 403
    assert second_step.app_of(own)


def test_nor_a_superusers(administrator, superuser):
    TOTPDevice.objects.create(user=superuser, name="x")
    assert reset(administrator, superuser).status_code == 403
    assert second_step.app_of(superuser)
