"""Facts without a page of their own that residents look for, and the page on which each stands."""

from typing import NamedTuple

from django.db.models import Model

from goals.models import Award, Goal
from organisation.models import ContactPoint, Helpline, Person
from pages.models import Page, PageSection

#: Each kind of fact: the live lists that show it, and its title, introduction and other words.
FACTS = {
    Helpline: (
        ["helplines"],
        lambda line: (
            f"{line.name} {line.number}",
            line.for_whom,
            line.hours if line.is_verified else "",
        ),
    ),
    ContactPoint: (
        ["contacts"],
        lambda point: (point.name, point.purpose, f"{point.phone} {point.visit}"),
    ),
    Person: (["functions"], lambda person: (person.function, "", "")),
    Goal: (["goals"], lambda goal: (goal.text, "", "")),
    Award: (
        ["timeline", "awards"],
        lambda award: (award.title, award.note, f"{award.giver} {award.year or ''}"),
    ),
}


class Fact(NamedTuple):
    """A row, the words that say what it is, and the address of the page on which it stands."""

    row: Model
    title: str
    introduction: str
    body: str
    path: str


def facts(model, **which):
    """A Fact for each row of ``model``, or for those that ``which`` names; none while no page shows them."""
    lists, text_of = FACTS[model]
    path = _address_of(lists)
    if path is None:
        return []
    rows = model.objects.active() if model is Person else model.objects.all()
    return [Fact(row, *text_of(row), path) for row in rows.filter(**which)]


def _address_of(lists):
    """The address of the page whose subject the list is: the one with the fewest sections that shows it."""
    shown = PageSection.objects.filter(live_list__in=lists, page__in=Page.objects.published())
    pages = {section.page_id: section.page for section in shown.select_related("page")}
    found = sorted(pages.values(), key=lambda page: (page.sections.count(), page.path))
    return found[0].path if found else None
