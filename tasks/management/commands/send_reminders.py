from django.core.management.base import BaseCommand

from tasks.reminders import send_reminders


class Command(BaseCommand):
    """Put the day's reminders about pages to review in the outbox. Run by a timer every morning."""

    help = "Lägger dagens påminnelser om sidor att granska i utkorgen, ett mejl till var och en."

    def handle(self, *args, verbosity, **options):
        number = send_reminders()
        if verbosity:
            self.stdout.write(f"Påminnelser: {number} mejl.")
