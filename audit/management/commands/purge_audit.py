from datetime import datetime, time, timedelta

from django.core.management import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone
from django.utils.dateparse import parse_date

from audit.guard import lifted
from audit.log import Action, record

MONTHS = 24


class Command(BaseCommand):
    """Retention: remove what is older than the plan for documents allows. Leaves a row that says so."""

    help = "Gallrar loggen: tar bort det som är äldre än 24 månader, eller äldre än --before."

    def add_arguments(self, parser):
        parser.add_argument("--before", metavar="ÅÅÅÅ-MM-DD", help="Ta bort det som hände före.")
        parser.add_argument("--dry-run", action="store_true", help="Räkna bara.")

    def handle(self, *args, before, dry_run, **options):
        moment = start_of(before)
        with lifted(), connection.cursor() as cursor:
            # Past the model on purpose: it refuses to remove anything.
            cursor.execute("SELECT COUNT(*) FROM audit_event WHERE at < %s", [moment])
            (count,) = cursor.fetchone()
            if not dry_run:
                cursor.execute("DELETE FROM audit_event WHERE at < %s", [moment])
                record(None, Action.WEEDED, details=f"före {moment:%Y-%m-%d}: {count}")
        verb = "skulle tas bort" if dry_run else "togs bort"
        self.stdout.write(f"{count} händelser före {moment:%Y-%m-%d} {verb}.")


def start_of(text):
    """The first moment of the day ``text``; without one, 24 months ago."""
    if text:
        try:
            day = parse_date(text)
        except ValueError:
            day = None
        if day is None:
            raise CommandError(f"”{text}” är inget datum. Skriv så här: 2026-11-22")
    else:
        day = timezone.localdate() - timedelta(days=round(MONTHS * 365.25 / 12))
    moment = timezone.make_aware(datetime.combine(day, time.min))
    if moment > timezone.now():
        raise CommandError("Datumet ligger i framtiden.")
    return moment
