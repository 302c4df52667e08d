from django.core.management.base import BaseCommand

from search.index import rebuild


class Command(BaseCommand):
    help = "Räknar orden på webbplatsen och gör om sökregistret. Körs varje natt, och efter load_portal."

    def handle(self, **options):
        number = rebuild()
        self.stdout.write(f"{number} sidor och uppgifter är sökbara.")
