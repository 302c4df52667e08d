"""What is stored, what is not, and how the sender gets to know."""

import re
from urllib.parse import urlsplit

import pytest
from django.db import connection
from post_office.models import Email

from feedback.models import REFERENCE_ALPHABET, REFERENCE_LENGTH, Feedback, new_reference
from tests.factories import make_feedback, make_page, make_person
from tests.feedback.posting import HELPLESS, filled, parse, post, send, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("start")]

ADDRESS = "198.51.100.77"
BROWSER = "KanarieBrowser/7.1 (hemlig maskin)"


def everything_stored():
    """{table: all its values as one text}, for every table there is."""
    tables = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            tables[table] = repr(cursor.fetchall())
    return tables


def test_a_valid_post_leads_to_a_receipt_with_the_reference(resident):
    response = post(resident)
    row = Feedback.objects.get()
    assert response.status_code == 303
    assert response["Location"] == f"/tyck-till/tack/{row.reference}/"
    receipt = resident.get(response["Location"])
    tree = parse(receipt)
    assert receipt.status_code == 200
    assert [words(heading) for heading in tree.iter("h1")] == ["Tack! Vi har fått din synpunkt"]
    assert row.reference in [words(element) for element in tree.iter("strong")]


def test_the_row_has_the_page_and_who_is_responsible(resident):
    person = make_person()
    page = make_page(slug="verksamheten", title="Verksamheten", responsible=person)
    post(resident, "/verksamheten/?a=b", email="nn@kommun.example")
    row = Feedback.objects.get()
    assert (row.page_path, row.page_title, row.page) == ("/verksamheten/", "Verksamheten", page)
    assert (row.message, row.email) == (HELPLESS, "nn@kommun.example")
    assert (row.responsible, row.status, row.assigned_to) == (person, "ny", None)


def test_the_title_is_kept_as_it_was(resident):
    page = make_page(slug="verksamheten", title="Verksamheten")
    post(resident, "/verksamheten/")
    page.title = "Om oss"
    page.save()
    assert Feedback.objects.get().page_title == "Verksamheten"


def test_no_table_holds_the_address_or_the_browser(resident):
    hidden = {
        "REMOTE_ADDR": ADDRESS,
        "HTTP_USER_AGENT": BROWSER,
        "HTTP_REFERER": "https://kanarie.example/",
    }
    fields = filled(resident, email="nn@kommun.example")
    assert send(resident, fields, **hidden).status_code == 303
    tables = everything_stored()
    # The scan does see what is stored.
    assert HELPLESS in tables["feedback_feedback"]
    assert "nn@kommun.example" in tables["feedback_feedback"]
    assert {"feedback_clientcounter", "post_office_email"} <= set(tables)
    for table, values in tables.items():
        for canary in (ADDRESS, "198.51.100", "KanarieBrowser", "kanarie.example"):
            assert canary not in values, table


def test_the_text_is_stored_in_one_place_only(resident):
    post(resident, message="Kanariefågel", email="kanarie@kommun.example")
    holding = {name for name, values in everything_stored().items() if "anarie" in values}
    assert holding == {"feedback_feedback"}


def test_nothing_of_a_post_is_logged(resident, caplog):
    with caplog.at_level(0):
        post(resident, message="Kanariefågel", email="kanarie@kommun.example")
        post(resident, message="Kanariefågel", email="kanarie")
        fields = filled(resident, message="Kanariefågel")
        send(resident, fields, headers={"Sec-Fetch-Site": "cross-site"}, REMOTE_ADDR=ADDRESS)
    logged = "\n".join(
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    )
    assert "anarie" not in logged
    assert ADDRESS not in logged


def test_a_get_writes_nothing(resident):
    receipt = post(resident)["Location"]
    before = everything_stored()
    filled(resident)
    resident.get(receipt)
    assert everything_stored() == before


# --- The reference --------------------------------------------------------------------------------
def test_a_reference_can_be_read_aloud_and_not_guessed():
    references = {new_reference() for _ in range(1000)}
    assert len(references) == 1000
    shape = re.compile(f"[{REFERENCE_ALPHABET}]{{{REFERENCE_LENGTH}}}")
    assert all(shape.fullmatch(reference) for reference in references)
    assert not set("01OIL") & set(REFERENCE_ALPHABET)
    # Every sign comes in every place: nothing counts upwards, no part is a date.
    for place in range(REFERENCE_LENGTH):
        assert len({reference[place] for reference in references}) == len(REFERENCE_ALPHABET)


def test_a_reference_has_more_than_50_bits():
    assert len(REFERENCE_ALPHABET) ** REFERENCE_LENGTH > 2**50


def test_two_posts_have_references_that_say_nothing_of_each_other(resident):
    posts = [post(resident, message=f"Synpunkt {number}") for number in range(2)]
    first, second = (urlsplit(response["Location"]).path for response in posts)
    assert first != second
    assert str(Feedback.objects.first().pk) not in first.split("/")


@pytest.mark.parametrize(
    "reference",
    [
        "23456789ABCD",
        "1",
        "0",
        "23456789abcd",
        "23456789ABCDE",
        "23456789ABC",
        "../../admin",
        "%00" * 4,
    ],
)
def test_an_unknown_reference_is_a_missing_page(resident, reference):
    make_feedback()
    assert resident.get(f"/tyck-till/tack/{reference}/").status_code == 404


def test_the_row_number_is_no_reference(resident):
    row = make_feedback()
    assert resident.get(f"/tyck-till/tack/{row.pk}/").status_code == 404


def test_the_receipt_says_whether_an_answer_can_come(resident):
    silent = resident.get(post(resident)["Location"]).content.decode()
    open_to = resident.get(post(resident, email="nn@kommun.example")["Location"]).content.decode()
    assert "Du skrev ingen e-postadress" in silent
    assert "Du skrev ingen e-postadress" not in open_to
    assert Email.objects.count() == 2
