"""Every field that staff meet says what it wants, and a date that cannot be read says how to write it."""

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

from tests.factories import make_helpline, make_page
from tink_portal.help_texts import OWN

pytestmark = pytest.mark.django_db

ROOMS = {
    *("activities", "alerts", "feedback", "goals", "news", "organisation", "pages", "platforms"),
}
#: What needs no words: the heading of the question says all.
SELF_EVIDENT = {
    ("platforms", "platform"),  # of a membership: the page it stands on
    ("alerts", "level"),
    ("alerts", "duration"),
    ("alerts", "starts_at"),
    ("alerts", "ends_at"),
}


def forms(user):
    """(model, form class) of every add form in ROOMS, rows below it included."""
    request = RequestFactory().get("/")
    request.user = user
    for model, model_admin in admin.site._registry.items():
        if model._meta.app_label in ROOMS:
            yield model, model_admin.get_form(request)
            for formset, inline in model_admin.get_formsets_with_inlines(request):
                yield inline.model, formset.form


def test_every_field_has_a_help_text(superuser):
    silent = [
        f"{model._meta.label_lower}.{name}"
        for model, form in forms(superuser)
        for name, field in form().fields.items()
        if not field.help_text
        and not field.widget.is_hidden
        and (model._meta.app_label, name) not in SELF_EVIDENT
        and name not in {"id", "DELETE"}
    ]
    assert silent == []


def test_every_help_text_has_a_field(superuser):
    known = {
        f"{model._meta.label_lower}.{name}"
        for model, form in forms(superuser)
        for name in form.base_fields
    }
    assert set(OWN) - known == set()


@pytest.mark.parametrize("typed", ["03/04/05", "5 mars", "05-03-2026", "2026-02-30"])
def test_a_date_that_can_be_misread_is_refused_with_an_example(client, make_staff, typed):
    client.force_login(make_staff("Redaktör"))
    line = make_helpline()
    address = reverse("admin:organisation_helpline_change", args=[line.pk])
    response = client.post(address, {"verified_on": typed, "name": "Behållen"})
    errors = response.context["adminform"].form.errors["verified_on"]
    assert errors == ["Datumet går inte att läsa. Skriv år, månad och dag så här: 2026-03-05"]
    assert f'value="{typed}"' in response.content.decode()
    assert 'value="Behållen"' in response.content.decode()


def test_a_date_and_time_say_which_of_them_is_wrong(client, make_staff):
    client.force_login(make_staff("Redaktör"))
    page = make_page()
    address = reverse("admin:pages_page_change", args=[page.pk])
    sent = {"title": "x", "publish_from_0": "03/04/05", "publish_from_1": "halv tre"}
    response = client.post(address, sent | {"sections-TOTAL_FORMS": 0, "sections-INITIAL_FORMS": 0})
    assert response.context["adminform"].form.errors["publish_from"] == [
        "Datumet går inte att läsa. Skriv år, månad och dag så här: 2026-03-05",
        "Klockslaget går inte att läsa. Skriv timme och minut så här: 14:30",
    ]
