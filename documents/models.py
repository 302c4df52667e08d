"""The documents: what must be a file. What can be a page is a page."""

from datetime import timedelta
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from documents.pdf import read_pdf
from organisation.models import public_email, tel_link
from pictures.stored import forget_files

#: How long before its review date a document is said to be due.
REVIEW_NOTICE = timedelta(days=30)


def stored_path(document, name):
    """A random name: what the file was called tells nobody anything and reaches no file system."""
    return f"dokument/{uuid4()}.pdf"


class DocumentQuerySet(models.QuerySet):
    def published(self):
        """What residents may fetch. The same rule as ``Document.is_published``."""
        return self.filter(is_withdrawn=False)

    def for_list(self):
        return self.published().filter(in_list=True).select_related("responsible")

    def due_for_review(self, on=None):
        """Public documents whose review date has come on the date ``on`` (today when left out)."""
        return self.published().filter(review_on__lte=on or timezone.localdate())


class Document(models.Model):
    """One PDF at an address that stays the same when the file is replaced or renamed."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    title = models.CharField(
        _("namn"),
        max_length=160,
        help_text=_(
            "Vad dokumentet heter för den som läser, inte vad filen heter. "
            "Exempel: Handlingsplan mot våld 2026–2028."
        ),
    )
    file = models.FileField(
        _("pdf-fil"),
        upload_to=stored_path,
        help_text=_(
            "Pdf, högst 20 MB. Kan innehållet stå på en sida i stället? Då når det fler. "
            "När du byter fil behåller dokumentet sin adress."
        ),
    )
    dated = models.DateField(
        _("dokumentets datum"),
        help_text=_("Dagen då dokumentet beslutades eller skrevs. Exempel: 2026-03-01"),
    )
    registration_number = models.CharField(
        _("diarienummer"),
        max_length=40,
        blank=True,
        help_text=_("Frivilligt. Exempel: KS 2026-123"),
    )
    adopted_by = models.CharField(
        _("antaget av"),
        max_length=120,
        blank=True,
        help_text=_("Frivilligt. Exempel: Kommunstyrelsen"),
    )
    is_accessible = models.BooleanField(
        _("tillgänglig pdf"),
        default=False,
        help_text=_(
            "Kryssa i bara om filen har uppmärkta rubriker, bildbeskrivningar och rätt läsordning. "
            "I Word: Granska, Kontrollera tillgänglighet, innan du sparar som pdf. Är du osäker: låt bli."
        ),
    )
    other_way = models.TextField(
        _("så får man innehållet på annat sätt"),
        max_length=400,
        blank=True,
        help_text=_(
            "För dokument som inte är tillgängliga. Exempel: Innehållet finns också på sidan Våld i nära "
            "relation. Tomt: läsaren får veta hur den ansvariga nås."
        ),
    )
    responsible = models.ForeignKey(
        "organisation.Person",
        models.PROTECT,
        related_name="+",
        verbose_name=_("ansvarig för dokumentet"),
        help_text=_("Håller dokumentet aktuellt och hjälper den som behöver det på annat sätt."),
    )
    review_on = models.DateField(
        _("ska granskas"),
        help_text=_(
            "Dagen då någon ska avgöra om dokumentet fortfarande gäller. Exempel: 2027-03-01"
        ),
    )
    in_list = models.BooleanField(
        _("visas i listan ”Dokumenten”"),
        default=True,
        help_text=_("Kryssa ur om det bara ska gå att nå genom länkar i texter."),
    )
    is_withdrawn = models.BooleanField(
        _("indraget"),
        default=False,
        help_text=_(
            "Kryssa i när dokumentet inte gäller längre. Då går det inte att öppna för någon utanför."
        ),
    )
    size = models.PositiveIntegerField(editable=False)
    pages = models.PositiveIntegerField(null=True, editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("dokument")
        verbose_name_plural = _("dokument")
        ordering = ["-dated", "title", "pk"]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        """Store the file; the one that it replaces goes."""
        before = None
        if self._take_upload() and self.pk:
            before = Document.objects.filter(pk=self.pk).first()
        super().save(*args, **kwargs)
        if before is not None:
            forget_files(before.file.storage, [before.file.name])

    def get_absolute_url(self):
        return reverse("documents:file", kwargs={"uuid": self.uuid, "slug": self.slug})

    def clean(self):
        super().clean()
        try:
            self._take_upload()
        except ValidationError as error:
            raise ValidationError({"file": error.messages}) from error

    def _take_upload(self):
        """Whether there is a file that is not stored yet; what it says about itself is read."""
        if not self.file or self.file._committed:
            return False
        self.size, self.pages = read_pdf(self.file.file)
        return True

    @property
    def slug(self):
        return slugify(self.title)[:80].strip("-") or "dokument"

    @property
    def is_published(self):
        """The same rule as ``DocumentQuerySet.published``."""
        return not self.is_withdrawn

    @property
    def file_is_lost(self):
        return not self.file.storage.exists(self.file.name)

    # --- What stands beside a link to it ---------------------------------------------------------

    @property
    def link_facts(self):
        """What a reader wants to know before fetching it: what kind, how large, from when."""
        return f"(pdf, {filesizeformat(self.size)}, {self.dated:%Y-%m-%d})"

    @property
    def link_text(self):
        return f"{self.title} {self.link_facts}"

    @property
    def contact(self):
        """How a resident reaches the one responsible: {"email", "phone", "tel"}, or None."""
        email, phone = public_email(self.responsible.email), self.responsible.phone
        if not self.responsible.is_active or not (email or phone):
            return None
        return {"email": email, "phone": phone, "tel": tel_link(phone)}


@receiver(post_delete, sender=Document)
def forget_deleted_document(sender, instance, **kwargs):
    forget_files(instance.file.storage, [instance.file.name])
