"""What the architecture tests read: the rooms, their layers, and the project's own files."""

import os
import tomllib
from fnmatch import fnmatch
from pathlib import Path

from django.apps import apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
#: Folders beside the code that hold nothing of ours.
NOT_OURS = {".venv", "var", "shots", "bench-results", "node_modules", "vendor"}


def configuration():
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def layers():
    """The list that import-linter holds the imports to, highest first: [["tink_portal"], ...]."""
    contract = configuration()["tool"]["importlinter"]["contracts"][0]
    return [[room.strip() for room in line.split("|")] for line in contract["layers"]]


def local_apps():
    """The labels of the apps that lie in this repository, whatever the settings list says."""
    return [config.label for config in apps.get_app_configs() if Path(config.path).parent == ROOT]


def files(*patterns):
    """The project's own files that match, as (path from the root, text)."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(
            name
            for name in folders
            if name not in NOT_OURS and (not name.startswith(".") or name == ".ci")
        )
        for name in sorted(names):
            if any(fnmatch(name, pattern) for pattern in patterns):
                path = Path(folder, name)
                yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")
