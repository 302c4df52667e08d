"""The picture library: every picture with its description, its photographer and its permission."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pictures.processing import reencode


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
            "Säg vad bilden visar för den som inte ser den. Exempel: Två fältsamordnare pratar med en ungdom."
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
        self._take_upload()
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        if self.is_decorative and self.alt:
            raise ValidationError(
                {"alt": _("En dekorativ bild ska inte ha någon bildbeskrivning. Ta bort texten.")}
            )
        if not self.is_decorative and not self.alt:
            raise ValidationError({"alt": _("Beskriv bilden eller markera den som dekorativ")})
        try:
            self._take_upload()
        except ValidationError as error:
            raise ValidationError({"file": error.messages}) from error

    def _take_upload(self):
        """Replace a file that is not stored yet with our own encoding of it, once."""
        if (
            self.file
            and not self.file._committed
            and not getattr(self.file.file, "is_reencoded", False)
        ):
            content, self.width, self.height = reencode(self.file.file)
            content.is_reencoded = True
            self.file = content

    def get_file_url(self):
        return reverse("pictures:file", kwargs={"name": self.file.name.rpartition("/")[2]})

    @property
    def is_usable(self):
        return self.consent_until is None or self.consent_until >= timezone.localdate()
