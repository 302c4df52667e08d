"""Walk the website as a reader would: from the start page along every internal link.

The answers are kept, so that many tests can look at one walk. Nothing here asserts.
"""

from collections import deque
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urldefrag, urlsplit
from xml.etree.ElementTree import Element

import html5lib

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass
class Fetched:
    """One answer and its parsed document. ``address`` holds path and query."""

    address: str
    response: object

    @property
    def path(self):
        return urlsplit(self.address).path

    @property
    def is_html(self):
        return self.response.get("Content-Type", "").startswith("text/html")

    @cached_property
    def text(self):
        return self.response.content.decode()

    @cached_property
    def parsed(self):
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        tree = parser.parse(self.text)
        for element in tree.iter():
            if isinstance(element.tag, str):  # comments have no name
                element.tag = element.tag.rpartition("}")[2]
        return tree, parser.errors

    @property
    def document(self) -> Element:
        return self.parsed[0]

    @property
    def parse_errors(self):
        return [f"line {place[0]}: {code} {data}" for place, code, data in self.parsed[1]]

    def all(self, tag):
        return list(self.document.iter(tag))

    def words(self, tag):
        return [words(element) for element in self.all(tag)]

    @property
    def links(self):
        return [link.get("href") for link in self.all("a") if link.get("href") is not None]

    @property
    def ids(self):
        return [element.get("id") for element in self.elements if element.get("id") is not None]

    @property
    def elements(self):
        """Every element, comments left out."""
        return [element for element in self.document.iter() if isinstance(element.tag, str)]

    def meta(self, name):
        return [meta.get("content") for meta in self.all("meta") if meta.get("name") == name]

    def canonical(self):
        return [link.get("href") for link in self.all("link") if link.get("rel") == "canonical"]


def words(element):
    """The text of ``element`` with single spaces."""
    return " ".join("".join(element.itertext()).split())


def is_internal(href):
    parts = urlsplit(href)
    return not parts.scheme and not parts.netloc


def fetch(client, address, **kwargs):
    return Fetched(address, client.get(address, **kwargs))


def crawl(client, *starts, limit=500):
    """{address: Fetched} of everything that links lead to from ``starts``, but for the admin."""
    found, waiting = {}, deque(starts)
    while waiting:
        address = waiting.popleft()
        if address in found or address.startswith("/admin/"):
            continue
        if len(found) >= limit:
            raise RuntimeError(f"more than {limit} pages: does a link make addresses without end?")
        page = found[address] = fetch(client, address)
        if page.is_html and page.response.status_code == 200:
            here = page.path
            for href in page.links:
                target = urldefrag(href).url
                if is_internal(href) and target:
                    waiting.append(target if target.startswith("/") else here + target)
    return found
