"""What an editor's browser does in the admin: fetch a page's form, fill it in and send it as it stands."""

import html5lib
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import models
from django.urls import reverse

from publishing.models import Revision
from publishing.richtext import RichTextField
from tests import factories
from tests.crawl import words

#: A word that is in no content, no template and no test but where a draft is written.
MARKER = "Zebrafink"


def url(page, name="change"):
    """The address of one of the admin's screens for ``page``, which may also be a model for "add"."""
    kind = f"{page._meta.app_label}_{page._meta.model_name}"
    return reverse(f"admin:{kind}_{name}", args=[] if isinstance(page, type) else [page.pk])


def parse(response):
    return html5lib.parse(response.content.decode(), namespaceHTMLElements=False)


def form_fields(response):
    """{name: value} of the content form in ``response``, as a browser would send it, without a button."""
    (form,) = (
        form for form in parse(response).iter("form") if form.get("id", "").endswith("_form")
    )
    return {
        element.get("name"): _value(element)
        for element in form.iter()
        if element.get("name") and _is_sent(element)
    }


def _is_sent(element):
    if element.tag not in {"input", "textarea", "select"} or element.get("disabled") is not None:
        return False
    if element.get("type") in {"checkbox", "radio"}:
        return element.get("checked") is not None
    return element.get("type") not in {"submit", "button"}


def _value(element):
    if element.tag == "textarea":
        # The first line break belongs to the markup; a browser sends every other as two signs.
        return "".join(element.itertext()).removeprefix("\n").replace("\n", "\r\n")
    if element.tag == "select":
        options = list(element.iter("option"))
        chosen = [
            option.get("value", "") for option in options if option.get("selected") is not None
        ]
        if element.get("multiple") is not None:
            return chosen
        return (chosen or [option.get("value", "") for option in options[:1]] or [""])[0]
    return element.get("value", "on" if element.get("type") == "checkbox" else "")


def open_form(client, page):
    """The fields of the change form of ``page``, or of the add form of a model."""
    response = client.get(url(page, "add" if isinstance(page, type) else "change"))
    assert response.status_code == 200
    return form_fields(response)


def post(client, page, fields, button="_save"):
    address = url(page, "add" if isinstance(page, type) else "change")
    return client.post(address, fields | {button: "1"})


def change(client, page, button="_save", **typed):
    """Open the form, type and press a button. Fails with the form's errors unless it is accepted."""
    response = post(client, page, open_form(client, page) | typed, button)
    assert response.status_code == 302, errors(response)
    return response


def make_new(client, model, button="_save", **typed):
    """Fill in the add form: the row that it makes."""
    response = change(client, model, button, **typed)
    return model.objects.get(pk=response["Location"].split("/")[-3])


def add_row(fields, prefix, **values):
    """``fields`` with one more inline row, as the button "Lägg till" makes it."""
    number = int(fields[f"{prefix}-TOTAL_FORMS"])
    empty = {
        name.replace("__prefix__", str(number)): value
        for name, value in fields.items()
        if name.startswith(f"{prefix}-__prefix__-")
    }
    assert empty, "the form serves no empty row to copy"
    typed = {f"{prefix}-{number}-{name}": value for name, value in values.items()}
    return fields | empty | typed | {f"{prefix}-TOTAL_FORMS": str(number + 1)}


def rows_in(fields, prefix, name):
    """The values of one column of the inline rows that the form shows, in order."""
    return [fields[f"{prefix}-{n}-{name}"] for n in range(int(fields[f"{prefix}-TOTAL_FORMS"]))]


def errors(response):
    """What the form complains about, as a list of sentences."""
    lists = [e for e in parse(response).iter("ul") if "errorlist" in e.get("class", "").split()]
    return [words(item) for found in lists for item in found.iter("li")]


def messages(response):
    """What the page says above its content."""
    lists = [e for e in parse(response).iter("ul") if "messagelist" in e.get("class", "").split()]
    return [words(item) for found in lists for item in found.iter("li")]


def buttons(response):
    return {e.get("name") for e in parse(response).iter("button") if e.get("name")}


def marked_texts(model):
    """A marked value for every text of ``model`` that an editor writes freely."""
    texts = {}
    for field in model._meta.concrete_fields:
        free = isinstance(field, (models.CharField, models.TextField)) and not field.choices
        if free and field.editable and not isinstance(field, models.SlugField):
            text = f"{MARKER} {field.name}"
            texts[field.name] = f"<p>{text}</p>" if isinstance(field, RichTextField) else text
    return texts


def versions(page):
    return Revision.objects.of(page)


def newest(page):
    return versions(page).first()


def make_member(username, *codenames):
    """Staff with exactly these permissions, written as in "pages.change_page"."""
    user = get_user_model().objects.create_user(username, password="langt losenord", is_staff=True)
    for label in codenames:
        app, codename = label.split(".")
        user.user_permissions.add(
            Permission.objects.get(content_type__app_label=app, codename=codename)
        )
    return user


# --- Pages with everything on them ----------------------------------------------------------------


def full_page():
    page = factories.make_page(body="<p>Text.</p>")
    page.sections.create(order=1, heading="Första", text="<p>Ett.</p>", live_list="subpages")
    page.sections.create(order=2, heading="Andra", text="<p>Två.</p>")
    page.sections.create(order=3, heading="Tredje", text="<p>Tre.</p>")
    factories.make_page(parent=page, title="Under")
    factories.make_page(parent=page, title="Opublicerad under", status="utkast")
    return page


def full_platform():
    platform = factories.make_platform(
        purpose="<p>Uppdrag.</p>", level="lokal", contact=factories.make_contact_point()
    )
    for name in ("Östra", "Aros", "Ängen"):
        organisation = factories.make_organisation(name=f"{name} {platform.pk}")
        platform.memberships.create(organisation=organisation)
    factories.make_platform()
    factories.make_local_group(platform=platform, place="Ådalen")
    factories.make_local_group(platform=platform, place="Berga", title="Andra gruppen")
    factories.make_local_group(platform=platform, place="Gömd", status="utkast")
    return platform


def full_local_group():
    return factories.make_local_group(coordinator=factories.make_person(), body="<p>Text.</p>")


def full_area():
    area = factories.make_area(for_whom="<p>För dig.</p>", what_you_can_do="<p>Ring.</p>")
    area.helplines.set([factories.make_helpline(), factories.make_helpline()])
    area.contacts.set([factories.make_contact_point(), factories.make_contact_point()])
    for title in ("Övning", "Ansvar", "Åtgärd"):
        factories.make_activity(area=area, title=title)
    factories.make_activity(area=area, title="Opublicerad insats", status="utkast")
    return area


def full_activity():
    return factories.make_activity(platform=factories.make_platform(), stage="pagar")


def full_news():
    return factories.make_news(area=factories.make_area(), platform=factories.make_platform())


FULL = [full_page, full_platform, full_local_group, full_area, full_activity, full_news]
