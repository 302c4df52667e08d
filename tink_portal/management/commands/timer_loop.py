import io
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import Error, close_old_connections
from django.utils import timezone


class Command(BaseCommand):
    """Do what the timers of production do (docs/operations.md), every few seconds, for `make run`.

    Mail, schedule, old logins and links at every turn; reminders, texts and vocabulary once a day.
    """

    help = "Skickar väntande mejl, publicerar schemalagt och kontrollerar länkar tills det stoppas."
    #: All links at the start and then every night; a few of those that wait at every turn.
    links_at = None
    #: The day on which what is done once a day has been done.
    done_on = None

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
            self.check_links()
            if self.done_on != timezone.localdate():
                call_command("send_reminders", verbosity=0)
                call_command("rebuild_search", stdout=io.StringIO())
                with suppress(CommandError):  # what is wrong stands in "Mina uppgifter"
                    call_command("check_texts", stdout=io.StringIO())
                self.done_on = timezone.localdate()
        except Error as error:
            # Mail and schedule stay in the database; it may answer next time.
            self.stderr.write(f"Databasen svarar inte just nu: {type(error).__name__}")
        close_old_connections()

    def check_links(self):
        """Outer links are asked about two at a time, so that mail never waits long."""
        now = timezone.localtime()
        if self.links_at is None or now >= self.links_at:
            # Broken links make the command end with an error; here they stand in the admin's list.
            with suppress(CommandError):
                call_command("check_links", inner_only=True, stdout=io.StringIO())
            tomorrow = now + timedelta(days=now.hour >= 3)
            self.links_at = tomorrow.replace(hour=3, minute=0, second=0, microsecond=0)
        call_command("check_links", portion=2, stdout=io.StringIO())
