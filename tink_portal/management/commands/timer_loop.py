import time
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, call_command
from django.db import Error, close_old_connections


class Command(BaseCommand):
    """Send waiting mail, publish what is scheduled and forget old logins, every few seconds, for `make run`.

    In production two timers do it instead (docs/operations.md).
    """

    help = "Skickar väntande mejl och publicerar schemalagt, gång på gång tills programmet stoppas."

    def add_arguments(self, parser):
        parser.add_argument("--every", type=int, default=20, help="Sekunder mellan gångerna.")

    def handle(self, *args, every, **options):
        # A lock left by a killed sender would stop the mail for ever once its process number is used again.
        Path(f"{self.lockfile}.lock").unlink(missing_ok=True)
        try:
            while True:
                self.run_once()
                time.sleep(every)
        except KeyboardInterrupt:
            pass

    @property
    def lockfile(self):
        return str(settings.DATA_DIR / "send_mail")

    def run_once(self):
        try:
            call_command("send_queued_mail", lockfile=self.lockfile, verbosity=0)
            call_command("publish_scheduled", verbosity=0)
            call_command("forget_sign_ins", verbosity=0)
        except Error as error:
            # Mail and schedule stay in the database; it may answer next time.
            self.stderr.write(f"Databasen svarar inte just nu: {type(error).__name__}")
        close_old_connections()
