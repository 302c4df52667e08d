"""One walk over the whole website, made once; the tests of this folder look at what it found."""

import io

from django.conf import settings
from django.core.management import call_command
from django.test import Client

from pages.models import Page
from publishing.models import content_models
from tests.crawl import Fetched, crawl, fetch
from tests.documents.files import make_document
from tests.factories import (
    make_activity,
    make_area,
    make_feedback,
    make_local_group,
    make_news,
    make_person,
    make_platform,
)

#: Attributes through which a browser fetches or sends something, per element.
FETCHING = {
    "script": ["src"],
    "img": ["src", "srcset"],
    "source": ["src", "srcset"],
    "video": ["src", "poster"],
    "audio": ["src"],
    "iframe": ["src"],
    "embed": ["src"],
    "object": ["data"],
    "link": ["href"],
    "use": ["href", "{http://www.w3.org/1999/xlink}href"],
    "image": ["href"],
    "form": ["action"],
    "button": ["formaction"],
    "input": ["src", "formaction"],
}


def load_content():
    """The real content, and some of every kind that it lacks."""
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    call_command("load_portal", stdout=io.StringIO())
    lead = "Ett exempel på vad redaktionen skriver."
    area = make_area(introduction=lead)
    for _ in range(21):  # more than one page of the archive
        make_news(area=area, introduction=lead, body="<h2>Mellanrubrik</h2><p>Text.</p>")
    make_local_group(introduction=lead, platform=make_platform(introduction=lead))
    make_activity(introduction=lead, area=area, stage="pagar", target_group="Alla")
    make_documents(Page.objects.get(path="/om-webbplatsen/"))


def make_documents(page):
    """On ``page`` one of each: accessible or not, with and without a contact of its own."""
    page.sections.create(heading="Dokument", live_list="documents", order=900)
    make_document(is_accessible=True, registration_number="KS 2026-1", adopted_by="Nämnden")
    make_document(responsible=make_person(email="plan@kommun.se", phone="0176-123 45"))
    make_document(other_way="Innehållet finns på sidan Verksamheten.")
    make_document(in_list=True)


class Walk:
    """The pages of one walk: ``pages`` answer 200, ``errors`` are drawn with the site around them."""

    def __init__(self):
        client = Client()
        self.found = crawl(
            client,
            "/",
            "/sok/?q=trygg",
            "/sok/?q=finnsinte",
            "/nyheter/arkiv/?sida=2",
            self._receipt(),
        )
        bad_form = client.post(
            "/tyck-till/", {"sida": "/verksamheten/", "message": "", "email": "fel"}
        )
        self.form_with_errors = Fetched("/tyck-till/", bad_form)
        self.missing = fetch(client, "/finns-inte/")
        self.refused = Fetched("/verksamheten/", client.post("/verksamheten/"))
        self.bad_host = fetch(client, "/", headers={"host": "evil.example"})
        strict = Client(enforce_csrf_checks=True)
        self.forbidden = Fetched("/admin/login/", strict.post("/admin/login/", {"username": "x"}))
        self.published = {
            page.get_absolute_url()
            for model in content_models()
            for page in model.objects.published()
        }

        self.needed = self._fetch_needed(client)

    def _fetch_needed(self, client):
        """{address: response} of pictures, scripts, styles, fonts and icons."""
        wanted = {
            address
            for page in self.everything
            for element in page.elements
            for name in FETCHING.get(element.tag, [])
            if element.tag not in {"form", "button", "input"} and element.get("rel") != "canonical"
            for address in addresses_in(element, name)
        }
        responses = {address: client.get(address) for address in sorted(wanted)}
        return {address: (response, response.getvalue()) for address, response in responses.items()}

    @staticmethod
    def _receipt():
        return f"/tyck-till/tack/{make_feedback().reference}/"

    @property
    def pages(self):
        return [page for page in self.found.values() if page.is_html]

    @property
    def with_site(self):
        """All pages with the site's header and footer, error pages and the form with errors included."""
        return [*self.pages, self.form_with_errors, self.missing, self.refused, self.forbidden]

    @property
    def content(self):
        """What is neither the form nor its receipt."""
        return [page for page in self.pages if not page.path.startswith("/tyck-till/")]

    @property
    def everything(self):
        return [*self.with_site, self.bad_host]


def addresses_in(element, name):
    """The addresses of an attribute: one, none, or the several of a srcset."""
    value = element.get(name)
    if not value:
        return []
    return [offer.split()[0] for offer in value.split(",")] if name == "srcset" else [value]


def unless(right, found):
    """ "" when ``right``; otherwise what was found instead, which is never nothing."""
    return "" if right else f"found {found!r}"


def broken(pages, problem):
    """One line for each of ``pages`` for which ``problem(page)`` is not empty."""
    found = {page.address: problem(page) for page in pages}
    assert len(found) > 3 or len(pages) < 4
    return [f"{address}: {what}" for address, what in found.items() if what]
