"""Two versions of a page side by side, field by field, with the words that differ marked."""

import difflib
import re

from django.db.models import DateTimeField
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from publishing.collation import SOFT_HYPHEN
from publishing.richtext import RichTextField, plain_as_written
from publishing.snapshots import content_columns, owned_relation, read_keys, read_value, row_columns

WORDS = re.compile(r"\s+|[^\s]+")


def compare(model, before, after):
    """What differs between two contents in Revision's shape: a list of {"label", "before", "after"}."""
    differences = [
        _difference(field, before["fields"].get(field.name), after["fields"].get(field.name))
        for field in content_columns(model)
    ]
    for field in model._meta.many_to_many:
        differences.append(
            _difference(field, before["m2m"].get(field.name, []), after["m2m"].get(field.name, []))
        )
    for name in model.owned:
        differences += _row_differences(
            owned_relation(model, name), before["rows"].get(name, []), after["rows"].get(name, [])
        )
    return [difference for difference in differences if difference]


def _row_differences(relation, before, after):
    """Rows are matched by their key; rows without one by their place."""
    columns, name = row_columns(relation), relation.related_model._meta.verbose_name
    old = {_key(row, place): row for place, row in enumerate(before)}
    new = {_key(row, place): row for place, row in enumerate(after)}
    found = []
    for number, key in enumerate(dict.fromkeys([*old, *new]), start=1):
        for field in columns:
            values = [
                rows[key]["fields"].get(field.name) if key in rows else None for rows in (old, new)
            ]
            if difference := _difference(field, *values):
                difference["label"] = f"{name.capitalize()} {number}: {difference['label']}"
                found.append(difference)
    return found


def _key(row, place):
    return ("pk", row["pk"]) if row["pk"] else ("place", place)


def _difference(field, before, after):
    old, new = _readable(field, before), _readable(field, after)
    if old == new:
        return None
    marked_old, marked_new = mark_words(old, new)
    return {
        "label": str(field.verbose_name).capitalize(),
        "before": marked_old,
        "after": marked_new,
    }


def _readable(field, value):
    if value in (None, "", []):
        return ""
    if not field.many_to_many:
        read, is_readable = read_value(field, {field.name: value})
        if not is_readable:
            return str(value)
        value = read
    if isinstance(field, RichTextField):
        return plain_as_written(value)
    if field.is_relation:
        keys = read_keys(field, value)[0] if field.many_to_many else [value]
        targets = field.related_model._base_manager.filter(pk__in=keys)
        return ", ".join(sorted(str(target) for target in targets)) or _("(borttagen)")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, DateTimeField):
        return date_format(localtime(value), "DATETIME_FORMAT")
    if isinstance(value, bool):
        return _("Ja") if value else _("Nej")
    return str(value).replace("\r\n", "\n")


def mark_words(before, after):
    """Both texts as safe HTML with <del> around words only in the first and <ins> only in the second.

    A soft hyphen makes no other word of it, unless soft hyphens are all that differs: then each is shown.
    """
    old, new = WORDS.findall(before), WORDS.findall(after)
    same_words = [[word.replace(SOFT_HYPHEN, "") for word in words] for words in (old, new)]
    if same_words[0] == same_words[1]:
        same_words = [old, new]
        old, new = ([word.replace(SOFT_HYPHEN, "·") for word in words] for words in (old, new))
    marked_old, marked_new = [], []
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(
        None, *same_words, autojunk=False
    ).get_opcodes():
        for words, tag, marked in (
            (old[i1:i2], "del", marked_old),
            (new[j1:j2], "ins", marked_new),
        ):
            if words:
                marked.append(_piece("" if kind == "equal" else tag, "".join(words)))
    join = [
        format_html_join("", "{}", ((piece,) for piece in marked))
        for marked in (marked_old, marked_new)
    ]
    return join[0], join[1]


def _piece(tag, text):
    if tag == "del":
        return format_html("<del>{}</del>", text)
    return format_html("<ins>{}</ins>", text) if tag == "ins" else format_html("{}", text)
