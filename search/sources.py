"""Facts without a page of their own that residents look for, and the page on which each stands."""

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


def fact_entries(model, parts, make_entry):
    """The entries of all rows of ``model``; none while no published page shows them."""
    lists, text_of = FACTS[model]
    path = _address_of(lists)
    if path is None:
        return []
    rows = model.objects.active() if model is Person else model.objects.all()
    entries = []
    for row in rows:
        title, introduction, body = text_of(row)
        entries.append(
            make_entry(
                parts,
                row,
                kind=model._meta.model_name,
                title=title,
                introduction=introduction,
                body=body,
                path=path,
            )
        )
    return entries


def _address_of(lists):
    """The address of the page whose subject the list is: the one with the fewest sections that shows it."""
    shown = PageSection.objects.filter(live_list__in=lists, page__in=Page.objects.published())
    pages = {section.page_id: section.page for section in shown.select_related("page")}
    found = sorted(pages.values(), key=lambda page: (page.sections.count(), page.path))
    return found[0].path if found else None
