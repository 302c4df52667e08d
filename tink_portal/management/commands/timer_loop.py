import time
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, call_command
from django.db import Error, close_old_connections
from django.utils import timezone


class Command(BaseCommand):
    """Send waiting mail and publish what is scheduled, every few seconds, for `make run`; remind once a day.

    In production timers do it instead (docs/operations.md).
    """

    help = "Skickar väntande mejl och publicerar schemalagt, gång på gång tills programmet stoppas."

    #: The day on which reminders have been sent.
    reminded_on = None

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
            if self.reminded_on != timezone.localdate():
                call_command("send_reminders", verbosity=0)
                self.reminded_on = timezone.localdate()
        except Error as error:
            # Mail and schedule stay in the database; it may answer next time.
            self.stderr.write(f"Databasen svarar inte just nu: {type(error).__name__}")
        close_old_connections()
