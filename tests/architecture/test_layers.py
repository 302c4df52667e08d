"""The rooms depend downwards only, in imports and in the database.

import-linter sees imports; it cannot see ``ForeignKey("app.Model")``. So the models are walked too,
against the same list in pyproject.toml.
"""

import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps

from tests.architecture.project import ROOT, configuration, layers, local_apps


def depth(room):
    return next(number for number, rooms in enumerate(layers()) if room in rooms)


def may_depend(upper, lower):
    return upper == lower or depth(upper) < depth(lower)


def relations():
    """Every relation between two of our models: (model, field name, the model pointed at)."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label not in local_apps():
            continue
        for field in model._meta.get_fields():
            reverse = field.auto_created and not field.concrete
            target = field.related_model if field.is_relation and not reverse else None
            if target and target._meta.app_label in local_apps():
                yield model, field.name, target


@pytest.mark.parametrize(
    ("upper", "lower", "allowed"),
    [
        ("tink_portal", "pictures", True),
        ("pages", "pages", True),
        ("pages", "publishing", True),
        ("publishing", "pages", False),
        ("news", "pages", False),
        ("organisation", "pictures", False),
    ],
)
def test_the_rule_itself(upper, lower, allowed):
    assert may_depend(upper, lower) is allowed


def test_every_local_app_has_exactly_one_layer():
    placed = [room for rooms in layers() for room in rooms]
    assert sorted(placed) == sorted(local_apps())


def test_the_import_contract_knows_every_room():
    roots = configuration()["tool"]["importlinter"]["root_packages"]
    assert sorted(roots) == sorted(local_apps())


def test_relations_point_downwards():
    found = list(relations())
    assert found, "no relation was found: the walk itself is broken"
    upwards = [
        f"{model._meta.label}.{name} -> {target._meta.label}"
        for model, name, target in found
        if not may_depend(model._meta.app_label, target._meta.app_label)
    ]
    assert upwards == []


def test_imports_point_downwards():
    command = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run(
        [command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
