import csv
from collections import defaultdict

from django.contrib.contenttypes.models import ContentType
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from publishing.drafts import draft_of
from publishing.models import FailedCheck, content_models
from publishing.snapshots import overlay, snapshot
from publishing.text_checks import remarks_on_content

COLUMNS = ("sida", "adress", "fält", "nivå", "regel", "anmärkning")


class Command(BaseCommand):
    """Proofread what is published, with the rules that the form has. Exit code 1 when there are errors.

    What is wrong is also kept for "Mina uppgifter", unless it is the drafts that are read.
    """

    help = "Kontrollerar texten på alla publicerade sidor. Slutar med kod 1 om något är fel."

    def add_arguments(self, parser):
        parser.add_argument("--format", choices=["table", "csv"], default="table")
        parser.add_argument(
            "--drafts", action="store_true", help="Kontrollera utkasten där det finns sådana."
        )

    def handle(self, *args, **options):
        self.faults = defaultdict(list)
        found = list(self._rows(options["drafts"]))
        if not options["drafts"]:
            self._keep_faults()
        if options["format"] == "csv":
            writer = csv.writer(self.stdout, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows(found)
        else:
            self._print_table(found)
        errors = sum(level == "fel" for _page, _address, _field, level, *_rest in found)
        if errors:
            raise CommandError(f"{errors} fel måste rättas.")

    def _rows(self, with_drafts):
        for page in self._pages(with_drafts):
            address = page.get_absolute_url() if page.has_address else ""
            for remark in remarks_on_content(type(page), snapshot(page)):
                if remark.level.value == "fel":
                    self.faults[page].append(f"{remark.place}: {remark.sentence}")
                yield (
                    page.title,
                    address,
                    remark.place,
                    remark.level.value,
                    remark.rule,
                    remark.sentence,
                )

    @transaction.atomic
    def _keep_faults(self):
        FailedCheck.objects.all().delete()
        FailedCheck.objects.bulk_create(
            FailedCheck(
                content_type=ContentType.objects.get_for_model(page),
                object_id=page.pk,
                title=page.title,
                sentences="\n".join(sentences),
            )
            for page, sentences in self.faults.items()
        )

    def _pages(self, with_drafts):
        for model in content_models():
            pages = model.objects.exclude(status=model.Status.ARCHIVED)
            if not with_drafts:
                pages = model.objects.filter(status=model.Status.PUBLISHED)
            related = [*model.owned, *(field.name for field in model._meta.many_to_many)]
            for page in pages.prefetch_related(*related).order_by("pk"):
                draft = draft_of(page) if with_drafts else None
                if draft:
                    overlay(page, draft)
                yield page

    def _print_table(self, found):
        above = None
        for title, address, field, level, rule, sentence in found:
            if (title, address) != above:
                above = title, address
                self.stdout.write(f"\n{title}  {address}")
            self.stdout.write(f"  {level:8}{field}: {sentence} [{rule}]")
        errors = sum(row[3] == "fel" for row in found)
        self.stdout.write(f"\n{errors} fel, {len(found) - errors} varningar.")
