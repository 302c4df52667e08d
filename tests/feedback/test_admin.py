"""The inbox: who may read it, what a handläggare does in it, and what nobody can do."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from post_office.models import Email

from feedback.models import CaseEntry, Feedback
from tests.factories import make_feedback, make_page, make_person
from tests.feedback.posting import by_id, parse, words

pytestmark = pytest.mark.django_db

LIST = "/admin/feedback/feedback/"
SCRIPT = "<script>alert('x')</script><img src=x onerror=alert(1)>"
OUTSIDERS = pytest.mark.parametrize("group", ["Redaktör", "Administratör"])


def form_of(row):
    return f"{LIST}{row.pk}/change/"


def save(client, row, **values):
    return client.post(
        form_of(row), {"status": row.status, "assigned_to": ""} | values, follow=True
    )


def story(row):
    return list(row.entries.values_list("kind", "text"))


@pytest.fixture
def handler(make_staff):
    return make_staff("Handläggare", username="handlaggare")


@pytest.fixture
def inbox(client, handler):
    """A browser in which a handläggare is logged in."""
    client.force_login(handler)
    return client


@pytest.fixture
def row():
    return make_feedback(email="nn@kommun.example")


# --- Reading --------------------------------------------------------------------------------------
def test_the_inbox_lists_what_has_come_newest_first(inbox):
    make_feedback(message="Den äldre")
    make_feedback(message="Den nyare")
    html = inbox.get(LIST).content.decode()
    assert 0 < html.index("Den nyare") < html.index("Den äldre")


def test_the_inbox_is_found_from_the_start_page_and_named_in_swedish(inbox):
    html = inbox.get("/admin/").content.decode()
    assert f'href="{LIST}"' in html
    assert "Synpunkter" in html


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("status__exact=ny", {"a", "b"}),
        ("status__exact=besvarad", {"c"}),
        ("page_title=Kontakt", {"b"}),
        ("skrap=ja", {"b"}),
        ("skrap=nej", {"a", "c"}),
        ("q=ordet", {"c"}),
        ("q=kanarie@kommun.example", {"a"}),
        ("assigned_to__isnull=1", {"a", "b", "c"}),
    ],
)
def test_the_inbox_is_filtered_and_searched(inbox, query, expected):
    make_feedback(message="Synpunkt a", email="kanarie@kommun.example")
    make_feedback(message="Synpunkt b", page_title="Kontakt", suspicion="Ett fält")
    make_feedback(message="Synpunkt c med ordet", status="besvarad")
    html = inbox.get(f"{LIST}?{query}").content.decode()
    listed = {letter for letter in "abc" if f"Synpunkt {letter}" in html}
    assert listed == expected


def test_the_reference_finds_the_row(inbox, row):
    make_feedback(message="En annan")
    html = inbox.get(f"{LIST}?q={row.reference}").content.decode()
    assert row.message in html
    assert "En annan" not in html


def test_a_synpunkt_is_read_whole_with_its_page_and_writer(inbox):
    row = make_feedback(message="Rad ett\nRad två " + "å" * 200, email="nn@kommun.example")
    tree = parse(inbox.get(form_of(row)))
    (quote,) = tree.iter("blockquote")
    assert "".join(quote.itertext()) == row.message
    page = words(tree.find("body"))
    for seen in (row.reference, "nn@kommun.example", "Enhetens brevlåda"):
        assert seen in page
    assert "/verksamheten/" in [link.get("href") for link in tree.iter("a")]


def test_what_was_written_cannot_be_rewritten(inbox, row):
    forged = {
        "message": "Ändrad",
        "email": "annan@kommun.example",
        "reference": "X",
        "suspicion": "x",
    }
    save(inbox, row, **forged, page_path="/annan/", page_title="Annan", submission="")
    stored = Feedback.objects.get()
    for name in (*forged, "page_path", "page_title", "submission"):
        assert getattr(stored, name) == getattr(row, name), name


def test_markup_in_a_synpunkt_is_escaped_everywhere(inbox, handler):
    row = make_feedback(message=SCRIPT, page_title=SCRIPT, email='"><b>@kommun.example')
    row.entries.create(kind="anteckning", text=SCRIPT, author=handler)
    for path in (LIST, form_of(row), f"{LIST}{row.pk}/history/", "/admin/"):
        html = inbox.get(path).content.decode()
        assert "<script>alert" not in html, path
        assert "<img src=x" not in html, path
    assert "&lt;script&gt;" in inbox.get(form_of(row)).content.decode()


# --- Handling -------------------------------------------------------------------------------------
def test_a_status_is_changed_and_the_story_says_so(inbox, row, handler):
    response = save(inbox, row, status="pagar")
    assert Feedback.objects.get().status == "pagar"
    (entry,) = row.entries.all()
    assert (entry.kind, entry.text, entry.author) == ("andring", "Status: Pågår", handler)
    assert "Ändring, handlaggare" in inbox.get(form_of(row)).content.decode()
    assert response.status_code == 200


def test_a_synpunkt_is_assigned_and_freed_again(inbox, row, handler):
    save(inbox, row, assigned_to=handler.pk)
    assert Feedback.objects.get().assigned_to == handler
    save(inbox, row, assigned_to="")
    assert Feedback.objects.get().assigned_to is None
    assert story(row) == [
        ("andring", "Handläggare: handlaggare"),
        ("andring", "Handläggare: ingen"),
    ]


def test_it_can_only_be_assigned_to_one_who_may_read_it(inbox, row, make_staff, handler, superuser):
    editor = make_staff("Redaktör", username="redaktor")
    gone = make_staff("Handläggare", username="slutat")
    gone.is_active = False
    gone.save()
    tree = parse(inbox.get(form_of(row)))
    offered = {words(choice) for choice in by_id(tree, "id_assigned_to").iter("option")}
    assert {handler.username, superuser.username} < offered
    for person in (editor, gone):
        assert person.username not in offered
        save(inbox, row, assigned_to=person.pk)
        assert Feedback.objects.get().assigned_to is None


def test_a_note_is_kept_and_never_sent(inbox, row, handler):
    save(inbox, row, note="Ring {{ x }} <b>i morgon</b>")
    (entry,) = row.entries.all()
    assert (entry.kind, entry.text) == ("anteckning", "Ring {{ x }} <b>i morgon</b>")
    assert entry.author == handler
    assert "&lt;b&gt;i morgon" in inbox.get(form_of(row)).content.decode()
    assert not Email.objects.exists()


def test_nothing_changed_leaves_no_entry(inbox, row):
    save(inbox, row)
    assert story(row) == []


# --- Answering ------------------------------------------------------------------------------------
def test_an_answer_goes_to_the_writer_and_closes_the_question(inbox, row, handler, settings):
    settings.EMAIL_IS_SET = True
    answer = "Tack! Vi har ändrat sidan: 5 > 3 & {{ x }} {% y %}."
    response = save(inbox, row, answer=answer)
    mail = Email.objects.get()
    assert (mail.to, mail.cc, mail.bcc) == (["nn@kommun.example"], [], [])
    assert row.reference in mail.subject
    assert answer in mail.message
    assert "”Verksamheten”" in mail.message
    assert Feedback.objects.get().status == "besvarad"
    (entry,) = row.entries.all()
    assert (entry.kind, entry.text, entry.author) == ("svar", answer, handler)
    assert "Svaret är lagt i utkorgen" in response.content.decode()


def test_without_a_mail_server_nobody_is_told_that_the_answer_is_on_its_way(inbox, row):
    text = save(inbox, row, answer="Tack!").content.decode()
    assert "når ingen än" in text
    assert "utkorgen" not in text


def test_the_same_answer_saved_twice_is_sent_once(inbox, row):
    save(inbox, row, answer="Tack!")
    save(inbox, row, answer="Tack!")
    assert Email.objects.count() == row.entries.filter(kind="svar").count() == 1


def test_an_answer_does_not_tell_what_staff_have_noted(inbox, row):
    save(inbox, row, note="Kanariefågel", answer="Tack!")
    assert "anarie" not in Email.objects.get().message
    assert {kind for kind, _text in story(row)} == {"anteckning", "svar"}


def test_an_answer_is_stored_with_its_mail_or_not_at_all(inbox, row, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("post_office.mail.send", fail)
    with pytest.raises(RuntimeError):
        save(inbox, row, answer="Tack!")
    assert Feedback.objects.get().status == "ny"
    assert story(row) == []


def test_without_an_address_there_is_no_answer_to_write(inbox):
    row = make_feedback()
    tree = parse(inbox.get(form_of(row)))
    assert by_id(tree, "id_answer").get("disabled") is not None
    assert "Den som skrev lämnade ingen e-postadress." in words(tree.find("body"))
    save(inbox, row, answer="Ett svar i alla fall")
    assert Feedback.objects.get().status == "ny"
    assert story(row) == []
    assert not Email.objects.exists()


def test_an_address_in_the_post_is_not_where_the_answer_goes(inbox, row):
    save(inbox, row, answer="Tack!", email="evil@evil.example", to="evil@evil.example")
    assert Email.objects.get().to == ["nn@kommun.example"]


# --- What nobody can do ---------------------------------------------------------------------------
@pytest.fixture(params=["Handläggare", "teknik"])
def anyone(request, client, handler, superuser):
    client.force_login(superuser if request.param == "teknik" else handler)
    return client


def test_nobody_deletes(anyone, row):
    for method in (anyone.get, anyone.post):
        assert method(f"{LIST}{row.pk}/delete/", {"post": "yes"}).status_code == 403
    action = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    anyone.post(LIST, action)
    assert Feedback.objects.filter(pk=row.pk).exists()


def test_no_button_or_action_deletes_or_adds(anyone, row):
    for path in (LIST, form_of(row)):
        html = anyone.get(path).content.decode()
        assert "delete_selected" not in html
        assert not re.search(r'href="[^"]*feedback/[^"]*(delete|add)/', html), path


def test_nobody_adds(anyone):
    values = {"message": "x", "page_path": "/", "page_title": "x", "status": "ny"}
    for method in (anyone.get, anyone.post):
        assert method(f"{LIST}add/", values).status_code == 403
    assert not Feedback.objects.exists()


def test_the_story_has_no_screen_of_its_own(anyone, row):
    CaseEntry.objects.create(feedback=row, kind="anteckning", text="x")
    assert anyone.get("/admin/feedback/caseentry/").status_code == 404


def test_the_outbox_has_no_screen(client, superuser):
    client.force_login(superuser)
    for model in ("email", "log", "attachment", "emailtemplate"):
        assert client.get(f"/admin/post_office/{model}/").status_code == 404


def test_a_deleted_person_or_account_takes_no_synpunkt_along(row, handler):
    Feedback.objects.update(responsible=make_person(), assigned_to=handler)
    Feedback.objects.get().responsible.delete()
    handler.delete()
    stored = Feedback.objects.get()
    assert (stored.responsible, stored.assigned_to) == (None, None)


# --- Who has no business here ---------------------------------------------------------------------
@OUTSIDERS
def test_other_groups_get_403_and_read_nothing(client, make_staff, row, group):
    client.force_login(make_staff(group))
    row.entries.create(kind="anteckning", text="Kanariefågel")
    for path in (
        LIST,
        f"{LIST}?q=a",
        form_of(row),
        f"{LIST}{row.pk}/history/",
        f"{LIST}{row.pk}/delete/",
    ):
        response = client.get(path)
        assert response.status_code == 403, path
        assert row.message not in response.content.decode()
    assert save(client, row, status="avslutad", answer="Tack!").status_code == 403
    assert Feedback.objects.get().status == "ny"
    assert not Email.objects.exists()


@OUTSIDERS
def test_other_groups_do_not_see_that_it_is_there(client, make_staff, row, group):
    client.force_login(make_staff(group))
    html = client.get("/admin/").content.decode()
    assert "/admin/feedback/" not in html
    assert "Synpunkter" not in html
    assert client.get("/admin/feedback/").status_code in {403, 404}


def test_a_handler_edits_no_page(inbox):
    page = make_page()
    assert inbox.get(reverse("admin:pages_page_change", args=[page.pk])).status_code == 403
    assert "/admin/pages/" not in inbox.get("/admin/").content.decode()


def test_without_login_the_inbox_asks_for_one(client, row):
    for path in (LIST, form_of(row)):
        response = client.get(path)
        assert response.status_code == 302
        assert response["Location"].startswith("/admin/login/")


def test_the_log_of_the_admin_does_not_repeat_what_was_written(inbox, row):
    save(inbox, row, status="pagar", note="Kanariefågel", answer="Kanariefågel")
    logged = " ".join(
        f"{entry.object_repr} {entry.change_message}" for entry in LogEntry.objects.all()
    )
    assert row.reference in logged
    assert "anarie" not in logged
    assert row.message not in logged


def test_the_number_of_queries_does_not_grow_with_the_rows(
    inbox, handler, django_assert_max_num_queries
):
    make_feedback(assigned_to=handler)
    with django_assert_max_num_queries(60) as few:
        inbox.get(LIST)
    for _ in range(30):
        make_feedback(assigned_to=handler)
    with django_assert_max_num_queries(len(few)):
        inbox.get(LIST)
