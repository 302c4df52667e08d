"""What stands on the staff's start page."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from feedback.models import Feedback
from publishing.models import content_models
from tasks.page_sources import newest_drafts, next_reviews, published_rows
from tasks.sources import GROUPS
from tasks.task import Viewer, in_words

SHOWN = 10
#: What staff make most often: (label of the model, its name in the list).
NEW = (
    ("alerts.alert", _("Viktigt meddelande")),
    ("news.newsitem", _("Nyhet")),
    ("pages.page", _("Sida")),
    ("activities.activity", _("Insats")),
    ("platforms.localareagroup", _("Lokal områdesgrupp")),
    ("pictures.picture", _("Bild")),
    ("organisation.helpline", _("Hjälpnummer")),
    ("auth.user", _("Konto")),
)


def viewer_of(request):
    """``?visa=alla`` or ``?visa=mina``; without a function of one's own: all one may publish."""
    viewer = Viewer(request.user)
    if viewer.may_choose:
        chosen = request.GET.get("visa")
        viewer.everyones = chosen == "alla" or (chosen != "mina" and viewer.person is None)
    return viewer


def start_context(request):
    viewer = viewer_of(request)
    groups, total, urgent = [], 0, 0
    for group in GROUPS:
        tasks = group.tasks(viewer)
        total += len(tasks)
        urgent += sum(task.is_urgent for task in tasks)
        if tasks:
            groups.append({"group": group, "tasks": tasks[:SHOWN], "number": len(tasks)})
    return {
        "viewer": viewer,
        "groups": groups,
        "shown": SHOWN,
        "lead": lead(total, urgent),
        "coming": None if total else next_reviews(viewer),
        "new": [
            (name, f"admin:{label.replace('.', '_')}_add")
            for label, name in NEW
            if viewer.may("{}.add_{}".format(*label.split(".")))
        ],
        "facts": facts(viewer),
        "may_hand_over": viewer.may("tasks.hand_over"),
    }


def lead(total, urgent):
    """ "Fem saker väntar på dig. Två är bråttom." """
    if not total:
        return ""
    sentence = ngettext("%(number)s sak väntar på dig.", "%(number)s saker väntar på dig.", total)
    sentence %= {"number": in_words(total).capitalize()}
    if urgent:
        hurry = _("%(number)s är bråttom.") % {"number": in_words(urgent).capitalize()}
        return f"{sentence} {hurry}"
    return sentence


def facts(viewer):
    """The state of the website: (name, value, URL name or "")."""
    everything = published_rows(content_models(), lambda model: Q())
    found = [(_("Sidor som är publicerade"), everything.count(), "")]
    if viewer.editable:
        kinds = [ContentType.objects.get_for_model(model).pk for model in viewer.editable]
        planned = newest_drafts(kinds).filter(problem="").exclude(publish_at=None)
        found.append((_("Ändringar som är planerade"), planned.count(), "tasks:planned"))
    if viewer.may("feedback.view_feedback"):
        month = timezone.localtime().replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        found.append(
            (
                _("Synpunkter den här månaden"),
                Feedback.objects.filter(created_at__gte=month).count(),
                "",
            )
        )
    return found
