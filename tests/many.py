"""Many rows of everything, hung on the same few pages, written in bulk."""

from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.contrib.redirects.models import Redirect

from activities.models import Activity, GoalArea
from alerts.models import Alert
from audit.models import Event
from documents.models import Document
from feedback.models import CaseEntry, Feedback
from goals.models import Award, Goal
from links.models import Link, LinkPlace
from news.models import NewsItem
from organisation.models import ContactPoint, Headcount, Helpline, Organisation, Person
from pages.models import Page, PageSection
from pictures.models import Picture
from platforms.models import LocalAreaGroup, Membership, Platform
from search.models import AskedFor, BestBet, Synonym


def content(number, person, **values):
    return {
        "title": f"Trygg rubrik {number}",
        "slug": f"rad-{number}",
        "introduction": f"Ingress {number}.",
        "body": "<p>En trygg text.</p>",
        "status": "publicerad",
        "responsible": person,
        "deputy": person,
    } | values


def make_many(numbers):
    """One row of everything for each of ``numbers``; the rows of one number belong to each other.

    Everything also hangs on the real pages: the area ANDT, the TiNK-rådet and /verksamheten/.
    """
    area, platform = GoalArea.objects.get(slug="andt"), Platform.objects.get(slug="tink-radet")
    above = Page.objects.get(path="/verksamheten/")
    people = Person.objects.bulk_create(Person(function=f"Funktion {n}") for n in numbers)
    pairs = list(zip(numbers, people, strict=True))
    Document.objects.bulk_create(
        Document(
            title=f"Dokument {n}",
            file=f"dokument/{uuid4()}.pdf",
            size=n,
            dated="2026-03-01",
            review_on="2027-03-01",
            responsible=p,
        )
        for n, p in pairs
    )
    make_facts(numbers, area)
    Alert.objects.bulk_create(
        Alert(
            level="information",
            heading=f"Rad {n}",
            sentence="Text.",
            path="/samverkan/",
            starts_at="2020-01-01T00:00Z",
            ends_at="2100-01-01T00:00Z",
        )
        for n in numbers
    )
    pictures = Picture.objects.bulk_create(
        Picture(
            title=f"Bild {n}",
            alt=f"Bild {n}",
            file=f"bilder/{uuid4()}.png",
            width=8,
            height=6,
            in_gallery=True,
        )
        for n in numbers
    )
    GoalArea.objects.bulk_create(
        GoalArea(
            **content(
                n, p, icon="andt", short_title=f"Kort {n}", summary="text", lead_picture=picture
            )
        )
        for (n, p), picture in zip(pairs, pictures, strict=True)
    )
    platforms = Platform.objects.bulk_create(Platform(**content(n, p)) for n, p in pairs)
    Activity.objects.bulk_create(
        Activity(**content(n, p, area=area, platform=other, kind_of_activity="program"))
        for (n, p), other in zip(pairs, platforms, strict=True)
    )
    LocalAreaGroup.objects.bulk_create(
        LocalAreaGroup(**content(n, p, platform=platform, coordinator=p, place=f"Ort {n}"))
        for n, p in pairs
    )
    NewsItem.objects.bulk_create(
        NewsItem(**content(n, p, area=area, platform=platform)) for n, p in pairs
    )
    Page.objects.bulk_create(
        Page(**content(n, p, parent=above, path=f"{above.path}rad-{n}/")) for n, p in pairs
    )
    PageSection.objects.bulk_create(
        PageSection(page=above, heading=f"Avsnitt {n}", text="<p>En trygg text.</p>", order=900)
        for n in numbers
    )
    organisations = Organisation.objects.bulk_create(
        Organisation(name=f"Organisation {n}", kind="forening") for n in numbers
    )
    Membership.objects.bulk_create(
        Membership(platform=platform, organisation=organisation) for organisation in organisations
    )


def make_facts(numbers, area):
    """Rows without a page of their own."""
    points = ContactPoint.objects.bulk_create(
        ContactPoint(name=f"Väg {n}", email=f"vag{n}@kommun.example") for n in numbers
    )
    lines = Helpline.objects.bulk_create(
        Helpline(
            number=f"020-{n:05d}",
            name=f"Linje {n}",
            for_whom="Alla",
            on_every_page=True,
            on_start=True,
        )
        for n in numbers
    )
    goals = Goal.objects.bulk_create(Goal(text=f"Mål {n}") for n in numbers)
    for relation, rows, name in (
        (GoalArea.contacts.through, points, "contactpoint"),
        (GoalArea.helplines.through, lines, "helpline"),
        (Goal.areas.through, goals, "goal"),
    ):
        relation.objects.bulk_create(relation(goalarea=area, **{name: row}) for row in rows)
    Award.objects.bulk_create(Award(title=f"Pris {n}", year=2015, kind="vinst") for n in numbers)
    Headcount.objects.bulk_create(
        Headcount(full_time=n, as_of=f"{1000 + n}-01-01", source="Test") for n in numbers
    )
    Redirect.objects.bulk_create(
        Redirect(site_id=1, old_path=f"/gammal-{n}/", new_path="/verksamheten/") for n in numbers
    )
    Synonym.objects.bulk_create(Synonym(word=f"ord {n}", finds="trygg") for n in numbers)
    BestBet.objects.bulk_create(BestBet(words=f"ord {n}", entry_path="/") for n in numbers)
    AskedFor.objects.bulk_create(
        AskedFor(words=f"ord {n}", times=AskedFor.SEVERAL, hits=0, last_on="2026-01-01")
        for n in numbers
    )
    links = Link.objects.bulk_create(
        Link(url=f"/rad-{n}/", kind="inre", status="trasig") for n in numbers
    )
    kind = ContentType.objects.get_for_model(GoalArea)
    LinkPlace.objects.bulk_create(
        LinkPlace(link=link, content_type=kind, object_id=area.pk, title=str(area), field="Text")
        for link in links
    )
    written = Feedback.objects.bulk_create(
        Feedback(submission=uuid4(), message="Text", page_path="/", page_title=f"Sida {n}")
        for n in numbers
    )
    CaseEntry.objects.bulk_create(
        CaseEntry(feedback=written[0], kind="anteckning", text=f"Rad {n}") for n in numbers
    )
    Event.objects.bulk_create(Event(action="andrad", object_name=f"Rad {n}") for n in numbers)
