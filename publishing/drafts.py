"""Drafts and versions: store them, publish them, take pages off the website and bring them back.

The live row holds what was last published and nothing else. ``publish`` is the only writer of its content.
Nothing here writes to a page but ``publish`` and ``unpublish``.
"""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.log import Action, record
from publishing.models import PublishedContent, Revision
from publishing.redirects import MAX_ADDRESS, free_address, remember_address, too_long_address
from publishing.reviews import ownership_errors, plan_review
from publishing.richtext import without_layout
from publishing.snapshots import overlay, owned_relation, snapshot
from publishing.text_checks import require_publishable


def newest_revision(page):
    return Revision.objects.of(page).select_related("created_by").first() if page.pk else None


def draft_of(page):
    """The newest Revision if it is not published; None when the live page is the newest."""
    return as_draft(newest_revision(page))


def as_draft(newest):
    return newest if newest and newest.published_at is None else None


class SavedMeanwhile(Exception):
    """Somebody else has saved a version since this one was opened."""


def save_draft(page, content, number, user, **details):
    """Store ``content`` as version ``number``. Raises SavedMeanwhile when that number is taken.

    ``details`` are note, check_reason, is_minor and publish_at. A newer version ends the schedule of an older
    one.
    """
    with transaction.atomic():
        newest = Revision.objects.of(page).values_list("number", flat=True).first()
        if (newest or 0) >= number:
            raise SavedMeanwhile
        if newest is None:
            _keep_original(page)
        revision = _insert(page, content, number, user, details)
        _end_schedules(page, except_for=revision)
        if revision.publish_at:
            record(user, Action.SCHEDULED, page)
        return revision


def _keep_original(page):
    """What was published before anybody drafted anything becomes version 0, so that it can be restored."""
    live = type(page)._base_manager.get(pk=page.pk)
    if live.status == PublishedContent.Status.PUBLISHED:
        details = {"note": _("Som sidan var från början"), "published_at": timezone.now()}
        _insert(live, snapshot(live), 0, None, details)


def _end_schedules(page, except_for=None):
    scheduled = Revision.objects.of(page).exclude(publish_at=None)
    scheduled.exclude(pk=except_for and except_for.pk).update(publish_at=None)


def _insert(page, content, number, user, details):
    try:
        with transaction.atomic():
            return Revision.objects.create(
                content_type=ContentType.objects.get_for_model(page),
                object_id=page.pk,
                number=number,
                title=content["fields"].get("title") or page.title,
                content=content,
                created_by=user,
                **details,
            )
    except IntegrityError as error:
        raise SavedMeanwhile from error


@transaction.atomic
def publish(page, revision, user):
    """Make ``revision`` the live content of ``page``, or raise ValidationError and change nothing.

    Returns the live row.
    """
    model = type(page)
    live = model._base_manager.select_for_update(of=("self",)).get(pk=page.pk)
    was_published, old_address = live.is_published, _address(live)
    before = snapshot(live)
    if lost := overlay(live, revision):
        raise ValidationError(lost)
    chosen, rows = _unplace(live)
    live.status = PublishedContent.Status.PUBLISHED
    live.changed_by = user
    plan_review(live)
    _check(live)
    if errors := ownership_errors(live.responsible, live.deputy):
        raise ValidationError(list(errors.values()))
    require_publishable(model, revision)
    _check_address(live)
    live.save()
    for name, targets in chosen.items():
        getattr(live, name).set(targets)
    for name, kept in rows.items():
        _write_rows(live, name, kept)
    if was_published and old_address:
        remember_address(old_address, _address(live))
    free_address(_address(live))
    revision.content = snapshot(model._base_manager.get(pk=live.pk))
    if not revision.is_minor and content_changed(model, before, revision.content):
        live.content_changed_on = timezone.localdate()
        model._base_manager.filter(pk=live.pk).update(content_changed_on=live.content_changed_on)
    revision.published_at = timezone.now()
    revision.publish_at, revision.problem = None, ""
    revision.save(update_fields=["content", "published_at", "publish_at", "problem"])
    _end_schedules(live)
    record(user, Action.PUBLISHED, live)
    return live


def publish_due(at=None):
    """Publish every scheduled version whose time has come, each by itself: (published, refused) lists.

    A version that is refused stays a draft and says why, for the editor to see.
    """
    published, refused = [], []
    for revision in Revision.objects.due(at or timezone.now()).select_related("created_by"):
        model = revision.content_type.model_class()
        page = model._base_manager.filter(pk=revision.object_id).first()
        try:
            if page is None:
                raise ValidationError(_("Sidan är borttagen."))
            publish(page, revision, revision.created_by)
        except ValidationError as error:
            Revision.objects.filter(pk=revision.pk).update(problem="\n".join(error.messages))
            refused.append(revision)
        else:
            published.append(revision)
    return published, refused


@transaction.atomic
def bring_back(revision, user):
    """Make a deleted page again from its last version: the old key, not published, with a draft."""
    model = revision.content_type.model_class()
    shell = model(pk=revision.object_id, title=revision.title, changed_by=user)
    shell.save(force_insert=True)
    save_draft(
        shell, revision.content, revision.number + 1, user, note=_("Tillbaka från borttagna")
    )
    record(user, Action.BROUGHT_BACK, shell)
    return shell


@transaction.atomic
def unpublish(page, user):
    """Take ``page`` off the website. What it said stays; no schedule puts it back."""
    live = type(page)._base_manager.get(pk=page.pk)
    live.status = PublishedContent.Status.DRAFT
    live.changed_by = user
    live.save()
    _end_schedules(live)
    record(user, Action.UNPUBLISHED, live)


def _address(page):
    return page.get_absolute_url() if page.has_address else ""


def _unplace(live):
    """What ``overlay`` placed, taken out again so that managers ask the database: (m2m, rows)."""
    placed = live.__dict__.pop("_prefetched_objects_cache", {})
    chosen = {
        field.name: list(placed[field.name])
        for field in type(live)._meta.many_to_many
        if field.name in placed
    }
    return chosen, {name: list(placed[name]) for name in live.owned if name in placed}


def _write_rows(live, name, kept):
    relation = owned_relation(type(live), name)
    rows = getattr(live, name)
    rows.exclude(pk__in=[row.pk for row in kept if row.pk]).delete()
    for row in kept:
        setattr(row, relation.field.name, live)
    # Two rows may change places although what they swap is unique: the one whose place another takes is
    # lifted out first and comes back with its key. Raw, so that nothing goes with it.
    lifted = _rows_to_lift(rows, kept)
    if lifted:
        rows.filter(pk__in=lifted)._raw_delete(rows.db)
    for row in kept:
        _check(row)
        row.save(force_insert=row.pk in lifted)


def _rows_to_lift(rows, kept):
    """The keys of stored rows that leave a unique value which another of ``kept`` takes over."""
    lifted = set()
    stored = {row.pk: row for row in rows.filter(pk__in=[row.pk for row in kept if row.pk])}
    for names in _unique_together(rows.model):
        wanted = [(row.pk, _column_values(row, names)) for row in kept]
        for key, old in stored.items():
            value = _column_values(old, names)
            if any(value == new and other != key for other, new in wanted):
                lifted.add(key)
    return lifted


def _unique_together(model):
    """The names of columns that are unique among rows of ``model``, one tuple for each rule."""
    alone = [(f.name,) for f in model._meta.concrete_fields if f.unique and not f.primary_key]
    together = [tuple(c.fields) for c in model._meta.total_unique_constraints]
    return [*alone, *together, *model._meta.unique_together]


def _column_values(row, names):
    return tuple(row._meta.get_field(name).value_from_object(row) for name in names)


def _check_address(live):
    if not live.has_address:
        raise ValidationError(
            _("Sidan har ingen adress. Publicera först sidan som den ligger under.")
        )
    if len(live.get_absolute_url()) > MAX_ADDRESS:
        raise ValidationError(too_long_address())


def _check(row):
    """``full_clean`` whose sentences name the field, for there may be no form to show them beside."""
    try:
        row.full_clean()
    except ValidationError as error:
        raise ValidationError(
            [
                sentence if name == NON_FIELD_ERRORS else f"{_label(row, name)}: {sentence}"
                for name, sentences in error.message_dict.items()
                for sentence in sentences
            ]
        ) from error


def _label(row, name):
    return str(row._meta.get_field(name).verbose_name).capitalize()


def content_changed(model, before, after):
    """Whether what residents would call the content differs; keys of rows do not count."""

    def plain(content):
        fields = {
            name: without_layout(content["fields"].get(name)) for name in model.content_fields
        }
        rows = {
            name: [
                {key: without_layout(value) for key, value in row["fields"].items()} for row in rows
            ]
            for name, rows in content["rows"].items()
        }
        return fields, rows, content["m2m"]

    return plain(before) != plain(after)
