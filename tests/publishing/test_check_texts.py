"""The command over all content."""

import csv
import io

import pytest
from django.core.management import CommandError, call_command

from tests import factories
from tests.publishing.posting import change

pytestmark = pytest.mark.django_db


def run(**options):
    """(what it wrote, what it complained of at the end)."""
    out = io.StringIO()
    try:
        call_command("check_texts", stdout=out, **options)
    except CommandError as error:
        return out.getvalue(), str(error)
    return out.getvalue(), ""


def test_the_portals_own_content_has_no_errors(portal):
    out, complaint = run()
    assert complaint == ""
    assert "0 fel, " in out
    assert "Verksamheten - Trygg i Norrtälje kommun  /verksamheten/" in out
    assert "Ingress: ”samtliga” är kanslispråk. Skriv hellre ”alla”. [official-word]" in out


def test_errors_are_named_with_page_field_and_sentence_and_end_with_code_1():
    page = factories.make_page(title="Öppet hus", body="<h3>Tider</h3>")
    page.sections.create(order=1, text_after="<p>Du erhåller svar.</p>")
    out, complaint = run()
    assert complaint == "1 fel måste rättas."
    assert f"Öppet hus  {page.get_absolute_url()}" in out
    assert "fel     Text: Underrubriken ”Tider” (rubrik 3)" in out
    assert "varning Avsnitt 1: Text efter listan: ”erhåller” är kanslispråk." in out
    assert "1 fel, 1 varningar." in out


def test_as_csv():
    page = factories.make_page(title="Öppet, hus", body="<h3>Tider</h3>")
    out, _complaint = run(format="csv")
    rows = list(csv.reader(io.StringIO(out)))
    assert rows[0] == ["sida", "adress", "fält", "nivå", "regel", "anmärkning"]
    assert rows[1][:5] == ["Öppet, hus", page.get_absolute_url(), "Text", "fel", "heading-order"]
    assert len(rows) == 2


def test_only_what_residents_see_is_read_unless_drafts_are_asked_for(client, make_staff):
    factories.make_page(body="<h3>Tider</h3>", status="utkast")
    factories.make_page(body="<h3>Tider</h3>", status="arkiverad")
    page = factories.make_page()
    client.force_login(make_staff("Redaktör"))
    change(client, page, body="<h3>Tider</h3>")
    assert run() == ("\n0 fel, 0 varningar.\n", "")
    assert run(drafts=True)[1] == "2 fel måste rättas."


def test_many_pages_ask_no_more_than_few(django_assert_max_num_queries):
    for number in range(12):
        page = factories.make_page()
        page.sections.create(order=1, text=f"<p>Text {number}.</p>")
    with django_assert_max_num_queries(20):
        run()
