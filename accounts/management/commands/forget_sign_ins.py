from django.core.management import BaseCommand, call_command

from accounts.lockout import forget_attempts


class Command(BaseCommand):
    """Remove sessions that are over and failed logins older than a day. Run by the timer."""

    help = "Tar bort utgångna inloggningar och misslyckade försök som är äldre än ett dygn."

    def handle(self, *args, verbosity, **options):
        call_command("clearsessions")
        count = forget_attempts()
        if verbosity > 1:
            self.stdout.write(f"{count} misslyckade försök togs bort.")
