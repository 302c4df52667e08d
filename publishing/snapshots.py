"""Take a page apart into a Revision's content, and lay such a content over a page in memory.

Nothing here writes.
"""

from functools import partial

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from publishing.collation import sort_key

#: Decided by publishing and by reviewing, not by what is written.
NOT_CONTENT = {"status", "content_changed_on", "reviewed_on", "review_on"}


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
            keys, are_readable = read_keys(field, content["m2m"][field.name])
            found = list(field.related_model._base_manager.filter(pk__in=keys))
            if not are_readable:
                lost.append(_unreadable(field))
            elif len(found) < len(keys):
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


def read_keys(field, stored):
    """(set of keys, whether all can be read): the same for a relation to many."""
    if not isinstance(stored, list):
        return set(), False
    keys, are_readable = set(), True
    for key in stored:
        try:
            keys.add(field.related_model._meta.pk.to_python(key))
        except (ValidationError, TypeError):
            are_readable = False
    return keys - {None}, are_readable


def _targets(columns, contents):
    """{name of column: {key: row}} of all that ``contents`` point at: one query for each model."""
    relations = [field for field in columns if field.is_relation]
    keys = {field.related_model: set() for field in relations}
    for field in relations:
        keys[field.related_model] |= {read_value(field, values)[0] for values in contents} - {None}
    rows = {model: model._base_manager.in_bulk(own) if own else {} for model, own in keys.items()}
    return {field.name: rows[field.related_model] for field in relations}


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
