"""Dates, times and numbers as Swedish authorities write them, on pages and in what staff type."""

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.urls import reverse

from goals.models import Award
from tests.crawl import Fetched, words
from tests.factories import make_feedback, make_helpline, make_news

EVENING = dt.datetime(2022, 1, 14, 19, 0, tzinfo=ZoneInfo("Europe/Stockholm"))


@pytest.mark.parametrize(
    ("template", "printed"),
    [
        ("{{ when|date }}", "14 januari 2022"),
        ("{{ when.date }}", "14 januari 2022"),
        ("{{ when|date:'SHORT_DATE_FORMAT' }}", "2022-01-14"),
        ("{{ when|time }}", "19.00"),
        ("{{ when }}", "14 januari 2022, kl. 19.00"),
        ("{{ when|date:'SHORT_DATETIME_FORMAT' }}", "2022-01-14 19.00"),
        ("{{ when|date:'YEAR_MONTH_FORMAT' }}", "januari 2022"),
        ("{{ when|date:'MONTH_DAY_FORMAT' }}", "14 januari"),
        ("{{ year }}", "2026"),
        ("{{ when.year }}", "2022"),
        ("{{ part }}", "0,5"),
    ],
)
def test_printed(template, printed):
    context = Context({"when": EVENING, "year": 2026, "part": 0.5})
    assert Template(template).render(context) == printed


def test_a_summer_day_is_in_swedish_time():
    noon = dt.datetime(2026, 7, 1, 10, 0, tzinfo=dt.UTC)
    assert Template("{{ when|time }}").render(Context({"when": noon})) == "12.00"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/mal-och-resultat/", "/verksamheten/", "/", "/nyheter/arkiv/", "/bilder/"]
)
def test_no_year_or_width_is_split(client, portal, address):
    make_news(published_on=dt.date(2026, 3, 1))
    page = Fetched(address, client.get(address))
    assert not re.search(r"[12][\s\xa0]\d{3}\b", words(page.document))
    assert [i for i in page.all("img") if not re.fullmatch(r"\d+", i.get("width", "1"))] == []


@pytest.mark.django_db
def test_dates_on_pages(client, portal):
    make_helpline(verified_on=dt.date(2026, 11, 2), hours="dygnet runt")
    news = make_news(published_on=dt.date(2026, 3, 1))
    assert "Kontrollerad 2 november 2026" in words(Fetched("", client.get("/fa-hjalp/")).document)
    assert "1 mars 2026" in words(Fetched("", client.get(news.get_absolute_url())).document)


@pytest.mark.django_db
def test_dates_and_years_in_the_admin(client, superuser):
    client.force_login(superuser)
    feedback = make_feedback()
    type(feedback).objects.filter(pk=feedback.pk).update(created_at=EVENING)
    Award.objects.create(title="Pris", year=2015, kind="vinst")
    inbox = words(Fetched("", client.get(reverse("admin:feedback_feedback_changelist"))).document)
    assert "14 januari 2022, kl. 19.00" in inbox
    awards = words(Fetched("", client.get(reverse("admin:goals_award_changelist"))).document)
    assert "2015" in awards
    assert not re.search(r"2[\s\xa0]015", awards)


@pytest.mark.parametrize(
    "text", ["03/04/2026", "04/23/2026", "3/4/26", "23/04/2026", "2026/04/03", "3 april 2026"]
)
def test_a_date_that_could_mean_two_days_is_refused(text):
    with pytest.raises(ValidationError) as error:
        forms.DateField().clean(text)
    assert error.value.messages == ["Fyll i ett giltigt datum."]


def test_what_may_be_typed():
    assert forms.DateField().clean("2026-04-03") == dt.date(2026, 4, 3)
    for text in ("19.00", "19:00", "19:00:00"):
        assert forms.TimeField().clean(text) == dt.time(19, 0)
    with pytest.raises(ValidationError):
        forms.TimeField().clean("7 pm")
    assert forms.DateTimeField().clean("2022-01-14 19.00") == EVENING


@pytest.mark.django_db
def test_what_was_typed_comes_back_as_it_is_typed(client, superuser):
    client.force_login(superuser)
    line = make_helpline(review_by=dt.date(2026, 4, 3))
    form = Fetched("", client.get(reverse("admin:organisation_helpline_change", args=[line.pk])))
    (field,) = [e for e in form.all("input") if e.get("name") == "review_by"]
    assert field.get("value") == "2026-04-03"
