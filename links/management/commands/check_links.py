import fcntl
from contextlib import contextmanager, suppress
from datetime import timedelta

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from links.checking import check_all, check_portion
from links.collect import describe, rebuild
from links.models import Link


class Command(BaseCommand):
    """Check the links of the content. Ends with 1 when a published inner link is broken."""

    help = "Kontrollerar länkarna i innehållet och listar de trasiga."

    def add_arguments(self, parser):
        parser.add_argument(
            "--inner-only", action="store_true", help="Fråga inga andra webbplatser."
        )
        parser.add_argument(
            "--max-age",
            type=int,
            default=7,
            metavar="DAGAR",
            help="Fråga igen om fungerande yttre länkar när de är så här gamla (7).",
        )
        parser.add_argument(
            "--portion",
            type=int,
            metavar="ANTAL",
            help="Bara det som väntar på kontroll, och högst så många yttre länkar.",
        )

    def handle(self, *args, inner_only, max_age, portion, **options):
        outer = settings.CHECK_OUTER_LINKS and not inner_only
        with only_one() as is_alone:
            if not is_alone:
                self.stdout.write("En annan länkkontroll pågår redan.")
                return
            if portion is not None:
                check_portion(outer, portion)
                return
            rebuild()
            outcome = check_all(outer, ask_working_after=timedelta(days=max_age))
        self.report(outcome, outer)

    def report(self, outcome, outer):
        broken = list(Link.objects.broken())
        for link in broken:
            self.stdout.write(f"{link.get_status_display():10} {link.url}\n{'':10} {link.sentence}")
            for place in link.places.all():
                self.stdout.write(f"{'':10} {describe(place)}")
        moved = Link.objects.filter(status=Link.Status.MOVED).count()
        self.stdout.write(
            f"Kontrollerade: {outcome.inner} inre och {outcome.outer} yttre länkar. "
            f"Trasiga: {len(broken)}. Flyttade: {moved}."
        )
        if not outer:
            self.stdout.write("Yttre länkar kontrollerades inte (TINK_CHECK_OUTER_LINKS).")
        inner = [link for link in broken if link.kind != Link.Kind.OUTER and is_public(link)]
        if inner:
            raise CommandError(f"{len(inner)} inre länkar är trasiga.")


def is_public(link):
    return any(not place.is_draft for place in link.places.all())


@contextmanager
def only_one():
    """Whether no other check runs on this machine; two would ask a website twice as often."""
    with (settings.DATA_DIR / "check_links.lock").open("w") as file:
        is_alone = False
        with suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            is_alone = True
        yield is_alone
