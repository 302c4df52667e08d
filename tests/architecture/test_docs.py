"""The documents keep up with the code: every app, command and environment variable is described."""

import re

import pytest
from django.core.management import get_commands

from tests.architecture.project import ROOT, files, local_apps

README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCS = README + "".join(
    path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").rglob("*.md"))
)
READS_ENVIRONMENT = re.compile(
    r"""\b(?:env(?:\.\w+)?\(|os\.environ(?:\.get\(|\[)|os\.getenv\()\s*["']([A-Z][A-Z0-9_]*)["']"""
)


def variables_read():
    """The names that our code asks the environment for, and PORT, which scripts/run reads."""
    found = {"PORT"}
    for name, text in files("*.py"):
        if name.split("/")[0] in local_apps():
            found.update(READS_ENVIRONMENT.findall(text))
    return sorted(found - {"DJANGO_SETTINGS_MODULE"})


def variables_in_the_table():
    return sorted(set(re.findall(r"^\| `([A-Z][A-Z0-9_]*)` \|", README, flags=re.MULTILINE)))


def own_commands():
    return sorted(name for name, app in get_commands().items() if app in local_apps())


@pytest.mark.parametrize("label", local_apps())
def test_every_app_is_described(label):
    assert f"`{label}/`" in DOCS or f"`{label}`" in DOCS


@pytest.mark.parametrize("command", own_commands())
def test_every_command_is_described(command):
    assert re.search(rf"manage(?:\.py)? {command}\b", DOCS)


def test_the_table_in_the_readme_names_every_variable_and_no_other():
    assert "SECRET_KEY" in variables_read(), "the pattern no longer fits settings.py"
    assert variables_in_the_table() == variables_read()


def test_links_between_the_documents_lead_somewhere():
    broken = [
        f"{name}: {target}"
        for name, text in files("*.md")
        for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text)
        if not (ROOT / name).parent.joinpath(target).exists()
    ]
    assert broken == []


def test_decisions_are_numbered_without_gaps():
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs" / "adr").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))
