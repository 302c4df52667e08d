"""What a resident's browser does: fetch the form, fill it in, send it; and how to read the answer."""

import html5lib

from tests.factories import make_page

FORM = "/tyck-till/"
HELPLESS = "Sidan säger inte när ni har öppet."


def parse(response):
    """The page as an element tree, read the way a browser reads it."""
    return html5lib.parse(response.content.decode(), namespaceHTMLElements=False)


def words(element):
    return " ".join("".join(element.itertext()).split())


def one(tree, xpath):
    (element,) = tree.findall(xpath)
    return element


def by_id(tree, name):
    return one(tree, f".//*[@id='{name}']")


def form_fields(response):
    """{name: value} of the feedback form in ``response``, its hidden fields included."""
    form = by_id(parse(response), "tyck-till")
    fields = {
        field.get("name"): field.get("value", "")
        for field in form.iter("input")
        if field.get("type") != "submit"
    }
    return fields | {field.get("name"): field.text or "" for field in form.iter("textarea")}


def fetch(client, path="/", **headers):
    return client.get(FORM, {"sida": path}, headers=headers)


def filled(client, path="/", **typed):
    """The form as fetched, with what a resident typed."""
    return form_fields(fetch(client, path)) | {"message": HELPLESS} | typed


def send(client, fields, **options):
    return client.post(FORM, fields, **options)


def post(client, path="/", **typed):
    """Fetch the form, fill it in and send it."""
    return send(client, filled(client, path, **typed))


def make_start(**values):
    """The page at "/", which every test of the form can write about."""
    return make_page(**{"slug": "start", "title": "Startsidan"} | values)
