"""Things that must not be in the tree, each with what to do instead."""

import re

import pytest

from tests.architecture.project import ROOT, files

#: The only places that may declare text safe, and why. Elsewhere: format_html, or the template.
MAY_MARK_SAFE = {
    "publishing/templatetags/publishing.py": "rich text, sanitised at every save and import",
    "handbook/chapters.py": "our own files, sanitised when they are drawn",
    "pages/templatetags/pages.py": "the same text with a number of our own put in",
}

IN_TEMPLATES = {
    r"\|\s*safe(?:seq)?\b": "Render rich text through publishing.richtext, which sanitises it.",
    r"\{%\s*autoescape\s+off": "The same: never switch escaping off.",
    r"\sstyle\s*=\s*[\"']": "The policy forbids inline style: write a class in static/css/.",
    r"<style\b(?![^>]*\snonce=)": "The same: styles lie in static/css/.",
    r"\son[a-z]+\s*=\s*[\"']": "The policy forbids handlers: listen in a file in static/js/.",
    r"<script(?![^>]*\ssrc=)[^>]*>": "The policy forbids inline script: write it in static/js/.",
    r"javascript:": "Write a button and listen to it in static/js/.",
    r"<(?:script|img|iframe|source|video|audio|link)\b[^>]*\s(?:src|href)=[\"'](?:https?:)?//": (
        "Nothing is loaded from a third party."
    ),
    r"<iframe\b": "Nothing is embedded.",
}

#: The only template that may embed: our own preview of a draft, for staff, at the width of a phone.
MAY_HOLD = {r"<iframe\b": {"templates/admin/content_frame.html"}}

IN_CODE = {
    r"\bcache_page\b": "No page cache in Django (ADR 0008): cache at the edge.",
    r"\b(?:UpdateCache|FetchFromCache)Middleware\b": "The same.",
    r"\bATOMIC_REQUESTS\b": "Every GET would take SQLite's write lock (ADR 0007).",
    r"\bSafe(?:String|Text)\(": "Use format_html.",
}

# In two parts, so that this file does not name what it looks for.
REGISTRIES = [
    "pypi" + ".org",
    "python" + "hosted.org",
    "npm" + "js.",
    "yarn" + "pkg.com",
    "deb.debian" + ".org",
    "unpkg" + ".com",
    "jsdelivr" + ".net",
]


def hits(pattern, found):
    return [
        f"{name}: {match.group(0).strip()}"
        for name, text in found
        for match in re.finditer(pattern, text, flags=re.IGNORECASE)
    ]


def templates():
    return [
        (name, text) for name, text in files("*.html", "*.svg") if not name.startswith("tests/")
    ]


def code():
    return [(name, text) for name, text in files("*.py") if not name.startswith("tests/")]


def test_there_is_something_to_look_through():
    assert templates()
    assert code()


@pytest.mark.parametrize(("pattern", "instead"), IN_TEMPLATES.items(), ids=list(IN_TEMPLATES))
def test_templates_hold_nothing_banned(pattern, instead):
    may = MAY_HOLD.get(pattern, set())
    assert hits(pattern, [found for found in templates() if found[0] not in may]) == [], instead


@pytest.mark.parametrize(("pattern", "instead"), IN_CODE.items(), ids=list(IN_CODE))
def test_code_holds_nothing_banned(pattern, instead):
    assert hits(pattern, code()) == [], instead


@pytest.mark.parametrize(
    ("pattern", "bad", "good"),
    [
        (r"\|\s*safe(?:seq)?\b", "{{ body|safe }}", "{{ body|safely }}"),
        (r"\sstyle\s*=\s*[\"']", '<p style="color:red">', '<p class="style">'),
        (r"\son[a-z]+\s*=\s*[\"']", '<a onclick="x()">', '<a data-on="x">'),
        (r"<script(?![^>]*\ssrc=)[^>]*>", "<script>x</script>", '<script src="x.js" defer>'),
    ],
)
def test_the_patterns_bite(pattern, bad, good):
    assert pattern in IN_TEMPLATES
    assert re.search(pattern, bad)
    assert not re.search(pattern, good)


def test_text_is_marked_safe_in_known_places_only():
    marking = {name for name, text in code() if re.search(r"\bmark_safe\b", text)}
    assert marking <= set(MAY_MARK_SAFE), "Use format_html, or add the file with its reason."


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_are_locked_and_name_no_host(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.findall(r"://|--(?:extra-)?index-url|--find-links", text)
    lines = text.splitlines()
    pinned = [line for line in lines if line and not line.startswith((" ", "#"))]
    assert pinned
    assert all("==" in line and line.endswith("\\") for line in pinned)


def test_both_locks_name_the_same_versions():
    def pins(name):
        text = (ROOT / name).read_text(encoding="utf-8")
        return set(re.findall(r"^\S+==[^ ]+", text, flags=re.MULTILINE))

    assert pins("requirements.txt") <= pins("requirements-dev.txt")


@pytest.mark.parametrize("host", REGISTRIES)
def test_no_file_names_a_package_registry(host):
    patterns = ["*.py", "*.md", "*.txt", "*.toml", "*.yml", "*.html", "*.js", "*.css", "*.sh"]
    plain = ["Makefile", "run", "venv"]
    naming = [name for name, text in files(*patterns, *plain) if host in text.lower()]
    assert naming == []
