"""The picture library: every picture with its description, its photographer and its permission."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from pictures.alt import problem_with_alt
from pictures.processing import reencode
from pictures.stored import forget_files

#: How long before a consent ends the library begins to say so.
CONSENT_NOTICE = timedelta(days=30)


def library_path(picture, name):
    return f"bilder/{name}"


class PictureQuerySet(models.QuerySet):
    def usable(self, on=None):
        """Pictures whose consent has not ended on the date ``on`` (today when left out)."""
        on = on or timezone.localdate()
        return self.filter(models.Q(consent_until=None) | models.Q(consent_until__gte=on))

    def for_gallery(self):
        return self.usable().filter(in_gallery=True)


class Picture(models.Model):
    """One picture. The stored file is our own encoding of what was uploaded, under our own name."""

    file = models.FileField(
        _("bildfil"),
        upload_to=library_path,
        help_text=_("Jpg, png eller webp, högst 10 MB och 24 miljoner bildpunkter."),
    )
    title = models.CharField(
        _("namn i biblioteket"), max_length=120, help_text=_("Så att du hittar bilden igen.")
    )
    alt = models.CharField(
        _("bildbeskrivning"),
        max_length=250,
        blank=True,
        help_text=_(
            "Säg vad bilden visar för den som inte ser den. Exempel: Två fältsamordnare pratar med en "
            "ungdom. Skriv inte ”bild på”, det hörs ändå."
        ),
    )
    is_decorative = models.BooleanField(
        _("dekorativ"),
        default=False,
        help_text=_("Kryssa i bara om bilden inte säger något som läsaren behöver veta."),
    )
    caption = models.CharField(_("bildtext"), max_length=300, blank=True)
    credit = models.CharField(
        _("fotograf eller upphovsperson"), max_length=120, help_text=_("Visas vid bilden.")
    )
    licence = models.CharField(
        _("licens"), max_length=120, help_text=_("Exempel: Får användas av Norrtälje kommun")
    )
    consent_until = models.DateField(
        _("samtycke till och med"),
        null=True,
        blank=True,
        help_text=_("Om personer syns på bilden. Efter datumet visas bilden inte längre."),
    )
    focal_x = models.PositiveSmallIntegerField(
        _("viktigaste punkten, procent från vänster"),
        default=50,
        validators=[MaxValueValidator(100)],
    )
    focal_y = models.PositiveSmallIntegerField(
        _("viktigaste punkten, procent uppifrån"), default=50, validators=[MaxValueValidator(100)]
    )
    in_gallery = models.BooleanField(_("visas under ”Fler bilder från Norrtälje”"), default=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    # The widths of the narrower copies that lie beside the file. Empty: there are none.
    copies = models.JSONField(default=list, editable=False)

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("bild")
        verbose_name_plural = _("bilder")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(is_decorative=True) & models.Q(alt=""))
                | (models.Q(is_decorative=False) & ~models.Q(alt="")),
                name="pictures_alt_or_decorative",
                violation_error_message=_(
                    "Beskriv bilden eller markera den som dekorativ, inte båda."
                ),
            )
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        """Store the picture and its copies; those that it replaces go."""
        self._take_upload()
        copies, before = self.__dict__.pop("_copies_to_store", None), None
        if copies is not None and self.pk:
            before = Picture.objects.filter(pk=self.pk).first()
        super().save(*args, **kwargs)
        if copies is not None:
            self._store_copies(copies)
        if before is not None:
            forget_files(before.file.storage, before.stored_names())

    def clean(self):
        super().clean()
        self._clean_alt()
        try:
            self._take_upload()
        except ValidationError as error:
            raise ValidationError({"file": error.messages}) from error

    def _clean_alt(self):
        if self.is_decorative and self.alt:
            raise ValidationError(
                {"alt": _("En dekorativ bild ska inte ha någon bildbeskrivning. Ta bort texten.")}
            )
        if self.is_decorative:
            return
        if not self.alt:
            raise ValidationError({"alt": _("Beskriv bilden eller markera den som dekorativ")})
        uploaded = self.file.name if self.file and not self.file._committed else ""
        problem = problem_with_alt(self.alt, uploaded)
        if problem:
            raise ValidationError({"alt": problem})

    def _take_upload(self):
        """Replace a file that is not stored yet with our own encoding of it, once."""
        if (
            self.file
            and not self.file._committed
            and not getattr(self.file.file, "is_reencoded", False)
        ):
            encoded = reencode(self.file.file)
            self.width, self.height = encoded.width, encoded.height
            self.copies = list(encoded.copies)
            encoded.file.is_reencoded = True
            self.file = encoded.file
            self._copies_to_store = encoded.copies

    def _store_copies(self, copies):
        for width, content in copies.items():
            self.file.storage.save(self._copy_name(width), ContentFile(content))

    def _copy_name(self, width):
        return f"{self.file.name.rpartition('.')[0]}-{width}.webp"

    def stored_names(self):
        """Every file of this picture in the storage."""
        return [self.file.name, *(self._copy_name(width) for width in self.copies)]

    def open_stored(self, width=None):
        """The picture's file, or its copy of ``width``, for reading. FileNotFoundError when it is lost."""
        return self.file.storage.open(self._copy_name(width) if width else self.file.name)

    @property
    def file_is_lost(self):
        return not self.file.storage.exists(self.file.name)

    # --- How it is shown -------------------------------------------------------------------------

    def get_file_url(self):
        return self._url_of(self.file.name)

    @staticmethod
    def _url_of(name):
        return reverse("pictures:file", kwargs={"name": name.rpartition("/")[2]})

    @property
    def thumbnail_url(self):
        """The narrowest copy that there is."""
        return self._url_of(self._copy_name(self.copies[0]) if self.copies else self.file.name)

    @property
    def srcset(self):
        """The copies and the picture itself for a browser to choose from; "" when there is only one."""
        if not self.copies:
            return ""
        offers = [f"{self._url_of(self._copy_name(width))} {width}w" for width in self.copies]
        return ", ".join([*offers, f"{self.get_file_url()} {self.width}w"])

    @property
    def focal_classes(self):
        """Where a crop looks, in steps of ten percent: the classes of css/components/focal.css."""
        return " ".join(
            f"focal-{axis}-{(value + 5) // 10 * 10}"
            for axis, value in (("x", self.focal_x), ("y", self.focal_y))
        )

    @property
    def is_tall(self):
        """Whether it would fill a screen: such a picture is cropped to 3:2 at the top of a page."""
        return self.width * 2 < self.height * 3

    # --- Whether it is shown ---------------------------------------------------------------------

    @property
    def is_usable(self):
        return self.consent_until is None or self.consent_until >= timezone.localdate()

    @property
    def consent_in_words(self):
        if self.consent_until is None:
            return _("Får visas utan slutdatum")
        until = {"date": formats.date_format(self.consent_until, "DATE_FORMAT")}
        if not self.is_usable:
            return _("Visas inte. Samtycket slutade %(date)s") % until
        if self.consent_until <= timezone.localdate() + CONSENT_NOTICE:
            return _("Slutar snart: får visas till och med %(date)s") % until
        return _("Får visas till och med %(date)s") % until


@receiver(post_delete, sender=Picture)
def forget_deleted_picture(sender, instance, **kwargs):
    forget_files(instance.file.storage, instance.stored_names())
