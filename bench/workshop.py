"""How long do the editors wait? Server time and queries of the screens they use most, at their largest.

`make bench` runs it; alone: `.venv/bin/python bench/workshop.py`, with DATABASE_URL for PostgreSQL. It makes
a database of its own with a page of 50 sections and 500 versions and a list of 10 000 pages, and removes it
again. Each screen is also given as a ratio to /halsa/, which on a shared machine says more than milliseconds.
Ends with 1 when a promise is broken.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
SECTIONS, VERSIONS, PAGES, ROUNDS = 50, 500, 10_000, 15
MAX_QUERIES = 12
MAX_WRITES = 0


class Screen(NamedTuple):
    """What is measured; ``limit`` in milliseconds and ``queries`` are promises, None where there is none."""

    name: str
    call: object
    limit: int | None = None
    queries: int | None = None


def set_up():
    os.environ |= {
        "SECRET_KEY": "only-for-the-bench-" + "0" * 50,
        "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
        "TINK_HTTPS": "off",
        "TINK_DATA_DIR": tempfile.mkdtemp(prefix="tink-bench-"),
        "DJANGO_SETTINGS_MODULE": "tink_portal.settings",
    }
    sys.path.insert(0, str(ROOT))
    import django
    from django.conf import settings

    settings.STATIC_ROOT.mkdir()
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        # A file as in production; the name of a test database in memory would flatter us.
        folder = Path(os.environ["TINK_DATA_DIR"])
        settings.DATABASES["default"]["TEST"] = {"NAME": str(folder / "bench.sqlite3")}
    django.setup()
    from django.test.utils import setup_databases

    setup_databases(verbosity=0, interactive=False)


def make_content():
    """The long page with its versions, the editor, and the many pages."""
    from django.contrib.auth import get_user_model
    from django.contrib.contenttypes.models import ContentType

    from pages.models import Page, PageSection
    from publishing.models import Revision
    from publishing.snapshots import snapshot
    from tests import factories

    page = factories.make_page(title="En lång sida", slug="en-lang-sida")
    PageSection.objects.bulk_create(
        PageSection(page=page, order=n, heading=f"Avsnitt {n}", text="<p>En text.</p>" * 5)
        for n in range(SECTIONS)
    )
    content = snapshot(Page.objects.get(pk=page.pk))
    kind = ContentType.objects.get_for_model(Page)
    Revision.objects.bulk_create(
        Revision(content_type=kind, object_id=page.pk, number=n, title=page.title, content=content)
        for n in range(1, VERSIONS + 1)
    )
    Page.objects.bulk_create(
        Page(
            title=f"Sida {n}",
            slug=f"sida-{n}",
            path=f"/sida-{n}/",
            introduction="Ingress.",
            status="publicerad",
            responsible=page.responsible,
        )
        for n in range(PAGES)
    )
    return page, get_user_model().objects.create_superuser("bench", password="x" * 20)


def screens(client, page):
    from django.urls import reverse

    from publishing.drafts import draft_of, publish
    from tests.publishing.posting import open_form, post

    def address(name, *args):
        return reverse(f"admin:pages_page_{name}", args=args)

    def get(path):
        response = client.get(path)
        assert response.status_code == 200, (path, response.status_code)

    def save(button):
        fields = open_form(client, page)
        fields["title"] = f"En lång sida {time.monotonic_ns()}"

        def send():
            response = post(client, page, fields, button)
            assert response.status_code == 302, response.content[:2000]

        return send

    def publish_only():
        save("_save")()
        revision = draft_of(page)
        return lambda: publish(page, revision, None)

    form = address("change", page.pk)
    return [
        Screen("/halsa/", lambda: lambda: get("/halsa/")),
        Screen("Formulär, utkast", lambda: lambda: get(form), 300, MAX_QUERIES),
        Screen(
            "Lista, 10 000 sidor", lambda: lambda: get(address("changelist")), None, MAX_QUERIES
        ),
        Screen("Lista, sökning", lambda: lambda: get(address("changelist") + "?q=lang"), None, 12),
        Screen("Versioner", lambda: lambda: get(address("versions", page.pk))),
        Screen("Jämför", lambda: lambda: get(address("compare", page.pk) + "?fran=1")),
        Screen("Förhandsgranska", lambda: lambda: get(address("preview", page.pk))),
        Screen("Mina uppgifter", lambda: lambda: get(reverse("admin:index"))),
        Screen("Spara utkast", lambda: save("_save")),
        Screen("Spara och publicera", lambda: save("_publish")),
        Screen("Publicera", publish_only, 150),
    ]


def measure(screen):
    """(median ms, queries, writes) of ``screen``; what it needs is prepared outside the clock."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    times = []
    for _round in range(ROUNDS):
        act = screen.call()
        began = time.perf_counter()
        act()
        times.append((time.perf_counter() - began) * 1000)
    act = screen.call()
    with CaptureQueriesContext(connection) as captured:
        act()
    asked = [entry["sql"] for entry in captured.captured_queries]
    writes = [sql for sql in asked if sql.startswith(("INSERT", "UPDATE", "DELETE"))]
    return statistics.median(times), len(asked), len(writes)


def main():
    set_up()
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import teardown_databases

    settings.DEBUG = False
    page, user = make_content()
    client = Client()
    client.force_login(user)
    print(f"{connection.vendor}: {SECTIONS} avsnitt, {VERSIONS} versioner, {PAGES} sidor\n")
    print(f"{'':24}{'ms':>8}{'gånger /halsa/':>16}{'frågor':>8}{'skrivn.':>8}  löfte")
    broken, base = [], None
    for screen in screens(client, page):
        spent, queries, writes = measure(screen)
        base = base or spent
        promises = [
            *([f"≤ {screen.limit} ms"] if screen.limit else []),
            *([f"≤ {screen.queries} frågor, ingen skrivning"] if screen.queries else []),
        ]
        kept = (screen.limit is None or spent <= screen.limit) and (
            screen.queries is None or (queries <= screen.queries and writes <= MAX_WRITES)
        )
        if not kept:
            broken.append(screen.name)
        print(
            f"{screen.name:24}{spent:8.1f}{spent / base:16.1f}{queries:8}{writes:8}  "
            f"{', '.join(promises)}{'' if kept else '  BRUTET'}"
        )
    teardown_databases([(connection, settings.DATABASES["default"]["NAME"], True)], verbosity=0)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
