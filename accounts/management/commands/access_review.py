from django.contrib.auth import get_user_model
from django.core.management import BaseCommand
from django.db.models import Count, Exists, OuterRef
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from audit.csv_export import write_csv
from audit.log import Action, record

UNUSED_DAYS = 180
HEADER = [
    *("Användarnamn", "Namn", "Grupper", "Aktivt", "Tekniker", "Senast inloggad"),
    *("Tvåsteg", "Återställningskoder kvar", "Dagar utan inloggning", "Att se över"),
]


class Command(BaseCommand):
    """The yearly look at who has access: one row for each account, with what should be looked at."""

    help = "Skriver alla konton som en fil för den årliga genomgången av behörigheter."

    def add_arguments(self, parser):
        parser.add_argument("--output", metavar="FIL", help="Filen som skrivs; annars skärmen.")

    def handle(self, *args, output, **options):
        app = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        users = (
            get_user_model()
            .objects.order_by("username")
            .prefetch_related("groups")
            .annotate(has_app=Exists(app), codes=Count("staticdevice__token_set"))
        )
        text = write_csv(HEADER, [row_of(user) for user in users])
        record(None, Action.EXPORTED, details="Behörighetslista")
        if output:
            with open(output, "w", encoding="utf-8", newline="") as file:
                file.write(text)
        else:
            self.stdout.write(text, ending="")


def row_of(user):
    last = user.last_login or user.date_joined
    unused = (timezone.now() - last).days
    groups = [group.name for group in user.groups.all()]
    return [
        user.username,
        user.get_full_name(),
        ", ".join(sorted(groups)),
        yes_or_no(user.is_active),
        yes_or_no(user.is_superuser),
        timezone.localtime(user.last_login).strftime("%Y-%m-%d") if user.last_login else "aldrig",
        yes_or_no(user.has_app),
        user.codes,
        unused,
        "; ".join(warnings(user, groups, unused)),
    ]


def yes_or_no(value):
    return "ja" if value else "nej"


def warnings(user, groups, unused):
    """What somebody should decide about; nothing for an account that is switched off."""
    if not user.is_active:
        return []
    found = {
        f"har inte använts på mer än {UNUSED_DAYS} dagar": unused > UNUSED_DAYS,
        "har aldrig loggat in": user.last_login is None,
        "saknar tvåstegsinloggning": user.is_staff and not user.has_app,
        "har få återställningskoder kvar": user.has_app and user.codes <= 3,
        "är med i ingen grupp": user.is_staff and not user.is_superuser and not groups,
        "är tekniker och får göra allt": user.is_superuser,
        "både sköter konton och läser synpunkter": {"Administratör", "Handläggare"} <= set(groups),
    }
    return [sentence for sentence, holds in found.items() if holds]
