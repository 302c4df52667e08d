"""Everything that becomes a task, in one list. A source is a function: a Viewer in, a list of Tasks out.

It asks the database a fixed number of questions, and answers [] for someone who may not mend the thing.
"""

from django.utils.translation import gettext_lazy as _

from tasks.fact_sources import (
    cases,
    contact_points,
    documents,
    helplines,
    links,
    mail,
    people,
    pictures,
    site_settings,
    texts,
)
from tasks.page_sources import drafts, ownerless, reviews
from tasks.task import Group

GROUPS = (
    Group("synpunkter", _("Synpunkter att svara på"), (cases,)),
    Group(
        "kontrollera",
        _("Uppgifter att kontrollera"),
        (
            *(site_settings, mail, helplines, reviews, links, texts, pictures, documents),
            *(contact_points, people, ownerless),
        ),
    ),
    Group("skriva", _("Att bli klar med"), (drafts,)),
)
