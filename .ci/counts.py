"""How many tests ran where, read from what pytest itself wrote.

    counts.py FOLDER    with FOLDER/sqlite.xml and FOLDER/postgresql.xml

Writes FOLDER/summary.txt, one line per place, and fails when a place ran nothing: a suite that ran
no test must never look like one that passed.
"""

import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path


def outcomes(report):
    """Test name -> passed, failed or skipped, of one junit report."""
    found = {}
    for case in ElementTree.parse(report).iter("testcase"):
        kinds = {child.tag for child in case}
        if kinds & {"failure", "error"}:
            outcome = "failed"
        elif "skipped" in kinds:
            outcome = "skipped"
        else:
            outcome = "passed"
        found[f"{case.get('classname')}.{case.get('name')}"] = outcome
    return found


def browser_tests():
    """The names, as junit writes them, of the tests marked ``browser``."""
    listing = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-m", "browser"],
        capture_output=True,
        text=True,
        check=False,  # 5 means that nothing was collected, which the caller reports
    ).stdout
    return {junit_name(line) for line in listing.splitlines() if ".py::" in line}


def junit_name(node):
    path, _, rest = node.partition(".py::")
    # A parameter may itself hold "::", so only what stands before it is taken apart.
    test, bracket, parameter = rest.partition("[")
    return f"{path}.{test}".replace("/", ".").replace("::", ".") + bracket + parameter


def line(place, found):
    count = Counter(found.values())
    if not count["passed"]:
        raise SystemExit(f"{place}: no test was run")
    parts = [f"{count[outcome]} {outcome}" for outcome in ("passed", "failed", "skipped")]
    return f"{place}: {', '.join(parts)}"


def main(folder):
    sqlite = outcomes(folder / "sqlite.xml")
    marked = browser_tests()
    chromium = {name: outcome for name, outcome in sqlite.items() if name in marked}
    summary = [
        line("SQLite", sqlite),
        line("PostgreSQL", outcomes(folder / "postgresql.xml")),
        line("Chromium", chromium),
    ]
    if len(chromium) != len(marked):
        raise SystemExit(f"Of {len(marked)} browser tests {len(chromium)} are in the report.")
    (folder / "summary.txt").write_text("\n".join(summary) + "\n")
    print("The SQLite run holds the Chromium tests.")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
