"""What happens on the website by itself, and when: scheduled versions, windows, review dates."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Q, Value
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from tasks.page_sources import newest_drafts, published_rows
from tasks.task import address_of, change_of

#: How far ahead the list looks.
DAYS_AHEAD = 366


@dataclass(frozen=True)
class Happening:
    """One thing that happens on ``day``, at ``clock`` ("" for the whole day)."""

    day: date
    clock: str
    what: str
    title: str
    place: tuple

    @property
    def url(self):
        return address_of(self.place)

    @property
    def rank(self):
        return self.day, self.clock, self.title


def happenings(models, first, last, with_reviews):
    """Everything from the day ``first`` to the day ``last``, in order."""
    found = [*_scheduled(models, first, last), *_windows(models, first, last)]
    if with_reviews:
        found += _reviews(models, first, last)
    return sorted(found, key=lambda happening: happening.rank)


def refused(models):
    """Scheduled versions that could not be published: (title, why, place)."""
    labels = _labels(models)
    return [
        (row.title, row.problem, address_of(change_of(labels[row.content_type_id], row.object_id)))
        for row in newest_drafts(labels).exclude(problem="")
    ]


def _labels(models):
    return {
        ContentType.objects.get_for_model(model).pk: model._meta.label_lower for model in models
    }


def _span(first, last):
    """The moments at which the day ``first`` begins and the day ``last`` ends, as people here count."""
    zone = timezone.get_current_timezone()
    return (
        datetime.combine(first, time.min, zone),
        datetime.combine(last + timedelta(days=1), time.min, zone),
    )


def _at(moment, what, title, place):
    local = timezone.localtime(moment)
    return Happening(local.date(), local.strftime("%H.%M"), what, title, place)


def _scheduled(models, first, last):
    labels, (start, end) = _labels(models), _span(first, last)
    rows = newest_drafts(labels).filter(publish_at__gte=start, publish_at__lt=end, problem="")
    for row in rows:
        place = change_of(labels[row.content_type_id], row.object_id)
        yield _at(row.publish_at, _("Ändringar publiceras"), row.title, place)


def _windows(models, first, last):
    start, end = _span(first, last)
    for column, what in (
        ("publish_from", _("Börjar visas")),
        ("publish_until", _("Slutar visas")),
    ):
        inside = Q(**{f"{column}__gte": start, f"{column}__lt": end})
        for label, pk, title, moment in _rows(models, inside, column):
            yield _at(moment, what, title, change_of(label, pk))


def _rows(models, inside, column):
    """Published rows, those included whose window has not begun or has ended."""
    first, *others = [
        model.objects.filter(inside, status=model.Status.PUBLISHED)
        .annotate(kind_label=Value(model._meta.label_lower, output_field=CharField()))
        .order_by()
        .values_list("kind_label", "pk", "title", column)
        for model in models
    ]
    return first.union(*others, all=True)


def _reviews(models, first, last):
    inside = Q(review_on__gte=first, review_on__lte=last)
    for label, pk, title, day in published_rows(models, lambda model: inside, "review_on"):
        yield Happening(day, "", _("Ska granskas senast"), title, change_of(label, pk))


def by_day(found):
    """[(day, its happenings)] for the list."""
    return [(day, list(rows)) for day, rows in groupby(found, key=lambda happening: happening.day)]


# --- The month -----------------------------------------------------------------------------------


def month_of(text):
    """The first day of the month in ``text`` ("2026-12"); of this month for anything else."""
    match = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", text or "", flags=re.ASCII)
    if match:
        return date(int(match[1]), int(match[2]), 1)
    return timezone.localdate().replace(day=1)


def neighbours(month):
    """The first days of the months before and after; None outside the years that ``month_of`` reads."""
    before = (month - timedelta(days=1)).replace(day=1)
    after = (month + timedelta(days=31)).replace(day=1)
    return (before if before.year >= 2000 else None), (after if after.year < 2100 else None)


def month_table(month, models, with_reviews):
    """{"weekdays", "weeks"}: the weeks from Monday, each day with what happens on it."""
    weeks = calendar.Calendar(calendar.MONDAY).monthdatescalendar(month.year, month.month)
    found = dict(by_day(happenings(models, weeks[0][0], weeks[-1][-1], with_reviews)))
    today = timezone.localdate()
    return {
        "weekdays": [WEEKDAYS[number] for number in range(7)],
        "weeks": [
            [
                {
                    "day": day,
                    "weekday": WEEKDAYS[day.weekday()],
                    "happenings": found.get(day, []),
                    "is_outside": day.month != month.month,
                    "is_today": day == today,
                }
                for day in week
            ]
            for week in weeks
        ],
    }
