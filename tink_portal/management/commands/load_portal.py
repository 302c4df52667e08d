from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from search.index import rebuild
from tink_portal.loading import Loader


class Command(BaseCommand):
    """Build the portal's content from content/*.toml.

    Safe to run again: a row that staff have changed or deleted is left alone; a row that nobody has touched
    follows the files. All or nothing, in one transaction.
    """

    help = "Läser in innehållet från mappen content, utan att skriva över vad redaktionen ändrat."

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run", action="store_true", help="Visa vad som skulle hända, spara inget."
        )

    def handle(self, *args, **options):
        with transaction.atomic():
            loader = Loader(settings.CONTENT_DIR)
            results = loader.load_all()
            if options["dry_run"]:
                transaction.set_rollback(True)
                for storage, name in loader.stored_files:
                    storage.delete(name)
        for result, number in sorted(results.items()):
            self.stdout.write(f"{number:4d} {result}")
        if options["dry_run"]:
            self.stdout.write("Provkörning: inget är sparat.")
        else:
            rebuild()
