"""What the search knows: one row per public page, the words that occur, and what editors have taught it."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from publishing.addresses import find_page
from search.analysis import WORD


class SearchEntryQuerySet(models.QuerySet):
    def of(self, source):
        kind = ContentType.objects.get_for_model(source)
        return self.filter(content_type=kind, object_id=source.pk)


class SearchEntry(models.Model):
    """One hit: a page, or a fact on one. The three ``terms`` are distinct and space-separated."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=40)
    area = models.PositiveBigIntegerField(null=True)
    path = models.CharField(max_length=400)
    title = models.CharField(max_length=400)
    introduction = models.TextField(blank=True)
    body = models.TextField(blank=True)
    date = models.DateField(null=True)
    weight = models.PositiveSmallIntegerField(default=0)
    visible_from = models.DateTimeField(null=True)
    visible_until = models.DateTimeField(null=True)
    title_terms = models.TextField()
    introduction_terms = models.TextField()
    body_terms = models.TextField()

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("sökbar sida")
        verbose_name_plural = _("sökbara sidor")
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id"], name="search_entry_once")
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return self.path


class Word(models.Model):
    """A word that occurs on the website, and on how many pages: for spelling and for suggestions."""

    word = models.CharField(max_length=40, unique=True)
    folded = models.CharField(max_length=40, db_index=True)
    pages = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("ord på webbplatsen")
        verbose_name_plural = _("ord på webbplatsen")

    def __str__(self):
        return self.word


class Synonym(models.Model):
    """What residents say, and what the website calls it."""

    word = models.CharField(
        _("när någon söker på"),
        max_length=60,
        unique=True,
        help_text=_("Ordet som invånarna använder. Exempel: knark"),
    )
    finds = models.CharField(
        _("hitta även"),
        max_length=200,
        help_text=_("Ordet på webbplatsen. Flera ord skiljs med komma. Exempel: narkotika"),
    )

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonymer")
        ordering = ["word"]

    def __str__(self):
        return f"{self.word} → {self.finds}"

    @property
    def alternatives(self):
        """The words of each alternative: "våld i nära relation, misshandel" gives two lists."""
        return [[word.casefold() for word in WORD.findall(part)] for part in self.finds.split(",")]


class BestBet(models.Model):
    """The page that stands first when somebody asks with certain words."""

    words = models.CharField(
        _("när någon söker på"),
        max_length=60,
        unique=True,
        help_text=_("Ett eller flera ord. Exempel: bli nattvandrare"),
    )
    entry_path = models.CharField(
        _("visa först"),
        max_length=400,
        help_text=_("Sidans adress på webbplatsen. Exempel: /kontakt/"),
    )

    class Meta:
        verbose_name = _("bästa träff")
        verbose_name_plural = _("bästa träffar")
        ordering = ["words"]

    def __str__(self):
        return f"{self.words} → {self.entry_path}"

    def clean(self):
        try:
            find_page(self.entry_path)
        except Http404 as error:
            raise ValidationError(
                {
                    "entry_path": _(
                        "Här finns ingen publicerad sida. Kopiera adressen från webbplatsen."
                    )
                }
            ) from error


class AskedForQuerySet(models.QuerySet):
    def without_hits(self):
        return self.filter(hits=0)

    def by_several(self):
        """Asked often enough to be more than one person's words."""
        return self.filter(times__gte=AskedFor.SEVERAL)


class AskedFor(models.Model):
    """How often residents have looked for certain words. Nothing about who."""

    SEVERAL = 3

    words = models.CharField(_("sökord"), max_length=60, unique=True)
    times = models.PositiveIntegerField(_("gånger"), default=1)
    hits = models.PositiveIntegerField(_("träffar"))
    last_on = models.DateField(_("senast"))

    objects = AskedForQuerySet.as_manager()

    class Meta:
        verbose_name = _("sökning")
        verbose_name_plural = _("vad invånarna söker")
        ordering = ["-times", "words"]

    def __str__(self):
        return self.words
