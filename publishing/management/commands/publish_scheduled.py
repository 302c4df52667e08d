from django.core.management.base import BaseCommand

from publishing.drafts import publish_due
from publishing.models import EditingSession


class Command(BaseCommand):
    """Publish the versions whose time has come. Run by a timer every minute.

    A first publication with a later date needs no command: its window is read when the page is asked for.
    """

    help = "Publicerar schemalagda ändringar vars tid har kommit."

    def handle(self, *args, **options):
        EditingSession.objects.gone().delete()
        published, refused = publish_due()
        for revision in published:
            self.stdout.write(f"Publicerad: {revision}")
        for revision in refused:
            self.stderr.write(f"Kunde inte publiceras: {revision}")
