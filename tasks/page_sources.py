"""Tasks about pages: to review, without an owner, and drafts. One question each for all kinds of page."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Q, Value
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from organisation.models import Person
from publishing.models import Revision
from tasks.task import Task, change_of

#: How long before its date a page is shown as a task: when the first reminder is sent.
SHOWN_DAYS_BEFORE = 14


def published_rows(models, condition, *columns):
    """(label of the model, pk, title, and ``columns``) of published pages of all ``models``: one question."""
    if not models:
        return []
    first, *others = [
        model.objects.published()
        .filter(condition(model))
        .annotate(kind_label=Value(model._meta.label_lower, output_field=CharField()))
        .order_by()
        .values_list("kind_label", "pk", "title", *columns)
        for model in models
    ]
    return first.union(*others, all=True) if others else first


def _mine(viewer):
    """What limits pages to the viewer's own; None when they have none."""
    if viewer.person is None:
        return None
    return Q(responsible=viewer.person) | Q(deputy=viewer.person)


def _rows(viewer, condition, *columns):
    """The viewer's own pages, and of the kinds they may publish everybody's where that is asked for."""
    mine = _mine(viewer)
    shared = viewer.publishable if viewer.everyones else []
    models = viewer.editable if mine else shared
    return published_rows(
        models,
        lambda model: condition(model) if model in shared else condition(model) & mine,
        *columns,
    )


def reviews(viewer):
    """Pages to look through again, and pages whose kind is reviewed but that have no date."""
    today = timezone.localdate()
    soon = today + timedelta(days=SHOWN_DAYS_BEFORE)

    def due(model):
        undated = Q(review_on=None) if model.review_months else Q(pk=None)
        return Q(review_on__lte=soon) | undated

    return [
        Task(
            name=_("Sidan ”%(title)s”") % {"title": title},
            why=_why_review(review_on, today),
            button=_("Granskad – fortfarande aktuell"),
            place=change_of(label, pk),
            post_to=(f"admin:{label.replace('.', '_')}_review", pk),
            due=review_on,
            is_urgent=review_on is not None and review_on <= today,
        )
        for label, pk, title, review_on in _rows(viewer, due, "review_on")
    ]


def _why_review(review_on, today):
    if review_on is None:
        return _("Ingen har bestämt när sidan ska granskas. Läs igenom den.")
    if review_on < today:
        return _("Skulle ha granskats %(date)s.") % {"date": date_format(review_on)}
    if review_on == today:
        return _("Ska granskas i dag.")
    return _("Ska granskas senast %(date)s.") % {"date": date_format(review_on)}


def next_reviews(viewer):
    """(title, date) of the page that comes next, when nothing waits; None when none is planned."""
    rows = _rows(viewer, lambda model: Q(review_on__gt=timezone.localdate()), "review_on")
    found = rows.order_by("review_on")[:1] if rows else []
    return next(((title, review_on) for _label, _pk, title, review_on in found), None)


def ownerless(viewer):
    """Published pages without a deputy, or whose people have left, as soon as there is somebody to choose."""
    if Person.objects.active().count() < 2:
        return []
    gone = Q(responsible__is_active=False)
    missing = Q(deputy=None) | Q(deputy__is_active=False)
    rows = _rows(viewer, lambda model: gone | missing, "responsible__is_active")
    return [
        Task(
            name=_("Sidan ”%(title)s”") % {"title": title},
            why=_("Sidan saknar ersättare.") if works_here else _("Den ansvariga har slutat."),
            button=_("Välj ersättare") if works_here else _("Välj ansvarig"),
            place=change_of(label, pk),
        )
        for label, pk, title, works_here in rows
    ]


def drafts(viewer):
    """The newest version of a page when it is not published: to finish, to publish, or to mend."""
    labels = {
        ContentType.objects.get_for_model(model).pk: model._meta.label_lower
        for model in (viewer.publishable if viewer.everyones else viewer.editable)
    }
    rows = newest_drafts(labels).filter(Q(publish_at=None) | ~Q(problem=""))
    if not viewer.everyones:
        rows = rows.filter(_drafted_by_or_for(viewer))
    return [_draft_task(viewer, row, labels[row.content_type_id]) for row in rows]


def newest_drafts(kinds):
    """The newest unpublished version of every page that exists, of the content types ``kinds``."""
    drafts = Revision.objects.drafts().filter(_of_pages(kinds))
    return drafts.without_content().order_by("created_at")


def _of_pages(kinds, condition=None):
    """Versions of rows that are there; a deleted page has only its versions."""
    found = Q(pk=None)
    for kind in kinds:
        model = ContentType.objects.get_for_id(kind).model_class()
        rows = model._base_manager.filter(condition) if condition else model._base_manager.all()
        found |= Q(content_type=kind, object_id__in=rows.values("pk"))
    return found


def _drafted_by_or_for(viewer):
    mine = Q(created_by=viewer.user)
    if viewer.person is None:
        return mine
    kinds = [ContentType.objects.get_for_model(model).pk for model in viewer.editable]
    # A page that was never published has its people in the draft alone.
    named = Q(content__fields__responsible=viewer.person.pk)
    return mine | _of_pages(kinds, _mine(viewer)) | named


def _draft_task(viewer, row, label):
    saved = date_format(timezone.localdate(row.created_at))
    is_own = row.created_by_id == viewer.user.pk
    if row.problem:
        why = _("Kunde inte publiceras: %(why)s") % {"why": row.problem.split("\n")[0]}
    elif is_own or row.created_by is None:
        why = _("Utkast, sparat %(date)s.") % {"date": saved}
    else:
        why = _("Utkast, sparat %(date)s av %(who)s.") % {"date": saved, "who": row.created_by}
    return Task(
        name=row.title,
        why=why,
        button=_("Rätta") if row.problem else _("Fortsätt skriva") if is_own else _("Läs utkastet"),
        place=change_of(label, row.object_id),
        due=timezone.localdate(row.publish_at) if row.problem and row.publish_at else None,
        is_urgent=bool(row.problem),
    )
