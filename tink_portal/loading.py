"""Build the portal's rows from the content files, without ever overwriting what staff have changed.

A file holds tables named after models (``[["pages.Page"]]``). ``key`` names the row for ever; a relation
is written as the key of the other row; a list of tables under a reverse relation makes rows of its own.
"""

import hashlib
import json
import tomllib
from collections import Counter

from django.apps import apps
from django.core.files.base import ContentFile

from publishing.models import PublishedContent
from publishing.reviews import plan_review
from tink_portal.models import LoadedItem

FILES = ["organisation", "pictures", "platforms", "activities", "goals", "pages", "search"]


class Loader:
    """Load all files of ``directory``. ``results`` counts what became of each row."""

    def __init__(self, directory):
        self.directory = directory
        self.results = Counter()
        self.stored_files = []
        self.known = {(item.model, item.key): item for item in LoadedItem.objects.all()}

    def load_all(self):
        for name in FILES:
            with (self.directory / f"{name}.toml").open("rb") as file:
                for label, rows in tomllib.load(file).items():
                    for row in rows:
                        self._load_row(apps.get_model(label), dict(row))
        return self.results

    def _load_row(self, model, row, **owner):
        key = row.pop("key")
        children = {name: row.pop(name) for name in list(row) if _is_owned(model, name)}
        instance = self._create_or_update(model, key, owner | row)
        for name, rows in children.items():
            relation = model._meta.get_field(name)
            for number, child in enumerate(rows, start=1):
                if instance is not None:
                    child_key = {"key": f"{key}/{name}/{number}"}
                    self._load_row(
                        relation.related_model, child_key | child, **{relation.field.name: instance}
                    )

    def _create_or_update(self, model, key, values):
        """The row, or None when staff have deleted it."""
        item = self.known.get((model._meta.label, key))
        if item is None:
            return self._write(model, key, model(), values, "nya")
        instance = model._base_manager.filter(pk=item.object_id).first()
        if instance is None:
            self.results["borttagna av redaktionen"] += 1
        elif item.digest != digest(instance, values):
            self.results["ändrade av redaktionen"] += 1
        elif item.digest != self._wanted_digest(instance, values):
            return self._write(model, key, instance, values, "uppdaterade")
        else:
            self.results["oförändrade"] += 1
        return instance

    def _wanted_digest(self, instance, values):
        """The digest that the row would have after loading ``values``, files left as they are."""
        wanted = instance.__class__(pk=instance.pk)
        self._assign(wanted, {name: value for name, value in values.items() if name != "file"})
        many = {
            name: self._resolve_many(instance, name, values[name])
            for name in _many(instance, values)
        }
        return digest(wanted, values, many=many, file=getattr(instance, "file", None))

    def _write(self, model, key, instance, values, result):
        self._assign(instance, values, skip_file=instance.pk is not None)
        if isinstance(instance, PublishedContent) and instance.review_on is None:
            plan_review(instance)
        instance.save()
        for name in _many(instance, values):
            getattr(instance, name).set(self._resolve_many(instance, name, values[name]))
        if result == "nya" and "file" in values:
            self.stored_files += [(instance.file.storage, name) for name in instance.stored_names()]
        instance.refresh_from_db()
        self.known[model._meta.label, key], _created = LoadedItem.objects.update_or_create(
            model=model._meta.label,
            key=key,
            defaults={"object_id": instance.pk, "digest": digest(instance, values)},
        )
        self.results[result] += 1
        return instance

    def _assign(self, instance, values, skip_file=False):
        many = _many(instance, values)
        for name, value in values.items():
            if name in many or (name == "file" and skip_file):
                continue
            if name == "file":
                path = self.directory / "pictures" / value
                value = ContentFile(path.read_bytes(), name=path.name)
            elif isinstance(value, str) and _field(instance, name).is_relation:
                value = self._resolve(_field(instance, name).related_model, value)
            setattr(instance, name, value)

    def _resolve(self, model, key):
        item = self.known.get((model._meta.label, key))
        if item is None:
            raise KeyError(f"{model._meta.label} med nyckeln {key!r} finns inte i innehållsfilerna")
        return model._base_manager.get(pk=item.object_id)

    def _resolve_many(self, instance, name, keys):
        return [self._resolve(_field(instance, name).related_model, key) for key in keys]


def digest(instance, values, many=None, file=None):
    """A hash of the named values of ``instance`` as the database holds them."""
    parts = {}
    for name in values:
        field = _field(instance, name)
        if field.many_to_many:
            rows = many[name] if many is not None else getattr(instance, name).all()
            parts[name] = sorted(row.pk for row in rows)
        elif name == "file":
            parts[name] = str(file or instance.file)
        else:
            parts[name] = str(field.pre_save(instance, add=False))
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _field(instance, name):
    return instance._meta.get_field(name)


def _many(instance, values):
    return {name for name in values if _field(instance, name).many_to_many}


def _is_owned(model, name):
    return model._meta.get_field(name).one_to_many
