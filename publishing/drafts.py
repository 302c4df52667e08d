"""Drafts and versions: take a page apart into a Revision, and lay a Revision over a page.

The live row holds what was last published and nothing else. ``publish`` is the only writer of its content.
Nothing here writes to a page but ``publish`` and ``unpublish``.
"""

from functools import partial

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.log import Action, record
from publishing.collation import sort_key
from publishing.models import PublishedContent, Revision
from publishing.redirects import remember_address
from publishing.richtext import without_layout

#: Decided by publishing, not by what is written.
NOT_CONTENT = {"status", "content_changed_on"}


def content_columns(model):
    """The columns of ``model`` that an editor writes."""
    return [
        field
        for field in model._meta.concrete_fields
        if field.editable and not field.primary_key and field.name not in NOT_CONTENT
    ]


def owned_relation(model, name):
    """The reverse relation ``name`` of ``model`` whose rows belong to the page."""
    return model._meta.get_field(name)


def row_columns(relation):
    parent = relation.field.name
    return [field for field in content_columns(relation.related_model) if field.name != parent]


# --- Taking apart --------------------------------------------------------------------------------


def _values(row, columns):
    return {field.name: field.value_from_object(row) for field in columns}


def snapshot(page):
    """The content of ``page`` as the database holds it, in Revision's shape."""
    rows = {}
    for name in page.owned:
        relation = owned_relation(type(page), name)
        columns = row_columns(relation)
        rows[name] = [
            {"pk": row.pk, "fields": _values(row, columns)} for row in getattr(page, name).all()
        ]
    return {
        "fields": _values(page, content_columns(type(page))),
        "m2m": {
            field.name: sorted(row.pk for row in getattr(page, field.name).all())
            for field in type(page)._meta.many_to_many
        },
        "rows": rows,
    }


def snapshot_of_form(form, formsets):
    """The content of a valid bound ``form`` and its ``formsets``; what they do not show stays as it was."""
    page = form.instance
    content = {
        "fields": _values(page, content_columns(type(page))),
        "m2m": {},
        "rows": {},
    }
    for field in type(page)._meta.many_to_many:
        if field.name in form.cleaned_data:
            chosen = form.cleaned_data[field.name]
        else:
            chosen = getattr(page, field.name).all() if page.pk else []
        content["m2m"][field.name] = sorted(row.pk for row in chosen)
    for formset in formsets:
        relation = formset.fk.remote_field
        columns = row_columns(relation)
        kept = [form.instance for form in formset.forms if _is_kept(formset, form)]
        content["rows"][relation.name] = [
            {"pk": row.pk, "fields": _values(row, columns)} for row in [*kept, *formset.not_offered]
        ]
    return content


def _is_kept(formset, row_form):
    if formset.can_delete and formset._should_delete_form(row_form):
        return False
    return bool(row_form.instance.pk) or row_form.has_changed()


# --- Laying over ---------------------------------------------------------------------------------


def newest_revision(page):
    return Revision.objects.of(page).first() if page.pk else None


def draft_of(page):
    """The newest Revision if it is not published; None when the live page is the newest."""
    newest = newest_revision(page)
    return newest if newest and newest.published_at is None else None


def overlay(page, revision):
    """Set the content of ``revision`` on ``page`` in memory. Returns sentences about what is lost.

    Names that no longer exist are ignored, names that are new keep the live value, and targets that have
    been deleted become empty and are named.
    """
    lost = []
    content = revision.content
    columns = content_columns(type(page))
    targets = _targets(columns, [content["fields"]])
    _set_fields(page, columns, content["fields"], targets, lost)
    for field in type(page)._meta.many_to_many:
        if field.name in content["m2m"]:
            keys = content["m2m"][field.name]
            found = list(field.related_model._base_manager.filter(pk__in=keys))
            if len(found) < len(keys):
                lost.append(_lost(field))
            _place(page, field.name, field.related_model, found)
    for name in page.owned:
        if name in content["rows"]:
            _place(page, name, *_overlaid_rows(page, name, content["rows"][name], lost))
    return lost


def _overlaid_rows(page, name, rows, lost):
    """(model, instances) for the rows of one relation, in the order of its Meta.ordering."""
    relation = owned_relation(type(page), name)
    model, columns = relation.related_model, row_columns(relation)
    parent = relation.field.name
    # Only rows of this page: a key of another page's row is a new row here.
    live = (
        {row.pk: row for row in model._base_manager.filter(**{parent: page.pk})} if page.pk else {}
    )
    targets = _targets(columns, [row["fields"] for row in rows])
    instances = []
    for row in rows:
        instance = live.get(row["pk"]) or model()
        setattr(instance, parent, page)
        _set_fields(instance, columns, row["fields"], targets, lost)
        instances.append(instance)
    return model, _in_order(model, instances)


def _in_order(model, instances):
    """``instances`` as the database will sort them: by Meta.ordering, Swedish, new rows last."""
    for name in reversed([*model._meta.ordering, "pk"]):
        instances = sorted(instances, key=partial(_sortable, path=name.split("__")))
    return instances


def _sortable(row, path):
    value = row
    for name in path:
        value = getattr(value, name, None)  # an incomplete row has no target: it stands last
    return value is None, sort_key(value) if isinstance(value, str) else value


def _set_fields(row, columns, values, targets, lost):
    for field in columns:
        if field.name not in values:
            continue
        value, is_readable = read_value(field, values)
        if not is_readable:
            lost.append(_unreadable(field))
        elif value is None or not field.is_relation:
            setattr(row, field.attname, value)
        elif value in targets[field.name]:
            setattr(row, field.name, targets[field.name][value])
        else:
            lost.append(_lost(field))
            setattr(row, field.attname, None)


def read_value(field, values):
    """(value, whether it can be read): the kind of a column may have changed since it was saved."""
    try:
        return field.to_python(values.get(field.name)), True
    except (ValidationError, TypeError):
        return None, False


def _targets(columns, contents):
    """{name of column: {key: row}} of all that ``contents`` point at: one query for each column."""
    found = {}
    for field in columns:
        if field.is_relation:
            keys = {read_value(field, values)[0] for values in contents} - {None}
            found[field.name] = field.related_model._base_manager.in_bulk(keys) if keys else {}
    return found


def _lost(field):
    return _("%(field)s pekar på något som inte finns längre.") % {
        "field": str(field.verbose_name).capitalize()
    }


def _unreadable(field):
    return _("%(field)s kan inte läsas i den här versionen.") % {
        "field": str(field.verbose_name).capitalize()
    }


def _place(page, name, model, instances):
    """Let ``page.<name>.all()`` answer with ``instances`` without asking the database."""
    answer = model._default_manager.none()
    answer._result_cache = instances
    if not hasattr(page, "_prefetched_objects_cache"):
        page._prefetched_objects_cache = {}
    page._prefetched_objects_cache[name] = answer


# --- Publishing ----------------------------------------------------------------------------------


class SavedMeanwhile(Exception):
    """Somebody else has saved a version since this one was opened."""


def save_draft(page, content, number, user, **details):
    """Store ``content`` as version ``number``. Raises SavedMeanwhile when that number is taken.

    ``details`` are note, is_minor and publish_at. A newer version ends the schedule of an older one.
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
                title=page.title,
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
    _check(live)
    if not live.has_address:
        raise ValidationError(
            _("Sidan har ingen adress. Publicera först sidan som den ligger under.")
        )
    live.save()
    for name, targets in chosen.items():
        getattr(live, name).set(targets)
    for name, kept in rows.items():
        _write_rows(live, name, kept)
    if was_published and old_address:
        remember_address(old_address, _address(live))
    revision.content = snapshot(model._base_manager.get(pk=live.pk))
    if not revision.is_minor and _changed(model, before, revision.content):
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


def unpublish(page, user):
    """Take ``page`` off the website; what it said stays as its newest version."""
    live = type(page)._base_manager.get(pk=page.pk)
    live.status = PublishedContent.Status.DRAFT
    live.changed_by = user
    live.save()
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
    getattr(live, name).exclude(pk__in=[row.pk for row in kept if row.pk]).delete()
    for row in kept:
        setattr(row, relation.field.name, live)
        _check(row)
        row.save()


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


def _changed(model, before, after):
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
