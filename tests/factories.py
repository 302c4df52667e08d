"""The smallest valid object of each kind, with keyword overrides. Nothing random."""

from datetime import timedelta
from itertools import count
from uuid import uuid4

from django.utils import timezone

from activities.models import Activity, GoalArea
from alerts.models import Alert
from feedback.models import Feedback
from news.models import NewsItem
from organisation.models import ContactPoint, Helpline, Organisation, Person
from pages.models import Page
from platforms.models import LocalAreaGroup, Platform

NUMBERS = count(1)


def make_person(**values):
    number = next(NUMBERS)
    return Person.objects.create(
        **{"function": f"Funktion {number}", "email": f"funktion{number}@kommun.example"} | values
    )


def make_organisation(**values):
    return Organisation.objects.create(
        **{"name": f"Organisation {next(NUMBERS)}", "kind": "forening"} | values
    )


def make_contact_point(**values):
    return ContactPoint.objects.create(**{"name": f"Kontaktväg {next(NUMBERS)}"} | values)


def make_helpline(**values):
    number = next(NUMBERS)
    return Helpline.objects.create(
        **{
            "number": f"020-{number:05d}",
            "name": f"Linje {number}",
            "for_whom": "För alla.",
            "source": "Test",
        }
        | values
    )


def content_values(**values):
    """What every published page needs; ``status="utkast"`` and the like override it."""
    number = next(NUMBERS)
    base = {
        "title": f"Rubrik {number}",
        "slug": f"rubrik-{number}",
        "introduction": f"Ingress {number}.",
        "status": "publicerad",
    }
    base |= values
    for name in ("responsible", "deputy"):
        if name not in base:
            base[name] = make_person()
    return base


def make_page(**values):
    return Page.objects.create(**content_values(**values))


def make_platform(**values):
    return Platform.objects.create(**content_values(**values))


def make_local_group(**values):
    platform = values.pop("platform", None) or make_platform()
    return LocalAreaGroup.objects.create(
        platform=platform, **{"place": "Rimbo"} | content_values(**values)
    )


def make_area(**values):
    return GoalArea.objects.create(
        **{"icon": "andt", "short_title": "Område", "summary": "beskrivning"}
        | content_values(**values)
    )


def make_activity(**values):
    area = values.pop("area", None) or make_area()
    return Activity.objects.create(
        area=area, **{"kind_of_activity": "program"} | content_values(**values)
    )


def make_news(**values):
    return NewsItem.objects.create(**content_values(**values))


CONTENT_FACTORIES = [
    make_page,
    make_platform,
    make_local_group,
    make_area,
    make_activity,
    make_news,
]


def make_feedback(**values):
    base = {
        "submission": uuid4(),
        "message": "Sidan saknar öppettider.",
        "page_path": "/verksamheten/",
        "page_title": "Verksamheten",
    }
    return Feedback.objects.create(**base | values)


def make_alert(**values):
    now = timezone.now()
    base = {
        "level": "information",
        "heading": "Vi har stängt på fredag",
        "sentence": "Ring växeln om du behöver nå oss.",
        "starts_at": now - timedelta(hours=1),
        "ends_at": now + timedelta(hours=1),
    }
    return Alert.objects.create(**base | values)
