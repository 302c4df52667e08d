"""Information pages in a tree. A page is its text and an ordered list of sections.

A section may end with a live list (the goals, the platforms …), so that a fact is stored once and shown
wherever it belongs.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from publishing.models import PublishedContent
from publishing.redirects import MAX_ADDRESS, remember_address, too_long_address
from publishing.richtext import RichTextField

START_SLUG = "start"


class Page(PublishedContent):
    """A page at the address that its place in the tree gives it. The start page has the address "/"."""

    kind = _("Sida")
    search_fields = ("body", "sections__heading", "sections__text")
    owned = ("sections",)

    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("ligger under"),
        help_text=_("Tomt betyder att sidan ligger direkt under startsidan."),
    )
    path = models.CharField(_("adress"), max_length=300, null=True, editable=False)
    address_is_fixed = models.BooleanField(
        _("fast adress"),
        default=False,
        editable=False,
        help_text=_("Menyn och sidfoten länkar hit, så adressen kan inte ändras."),
    )

    class Meta(PublishedContent.Meta):
        verbose_name = _("sida")
        verbose_name_plural = _("sidor")
        # In a tree the whole address is unique, not its last part.
        constraints = [
            models.UniqueConstraint(
                fields=["path"],
                condition=Q(status="publicerad"),
                name="pages_page_unique_published_path",
                violation_error_message=_("Adressen används redan av en annan publicerad sida."),
            ),
            *PublishedContent.Meta.constraints[1:],
        ]

    def clean(self):
        super().clean()
        above = self.parent
        while above is not None:
            if above.pk == self.pk and self.pk is not None:
                raise ValidationError({"parent": _("En sida kan inte ligga under sig själv.")})
            above = above.parent
        self.path = self.own_path()
        if self._longest_address() > MAX_ADDRESS:
            raise ValidationError(too_long_address())

    def _longest_address(self):
        """How long the address of this page is, or that of the page furthest down that moves along."""
        if not self.path:
            return 0
        stored = Page.objects.filter(pk=self.pk).exclude(path=None).values_list("path", flat=True)
        old = stored.first()
        if old in {None, "/", self.path}:
            return len(self.path)
        below = Page.objects.filter(path__startswith=old).values_list("path", flat=True)
        return len(self.path) + max((len(path) for path in below), default=len(old)) - len(old)

    def validate_constraints(self, exclude=None):
        """Nobody types ``path``, so every form leaves it out; it is checked all the same."""
        super().validate_constraints(exclude=set(exclude or ()) - {"path"})

    def save(self, *args, **kwargs):
        """Keep the address, and those of the pages below, in step with the tree."""
        self.path = self.own_path()
        super().save(*args, **kwargs)
        for child in self.children.all():
            old = child.path
            if old != child.own_path(parent=self):
                child.parent = self
                child.save(update_fields=["path"])
                if child.is_published:
                    remember_address(old, child.path)

    def own_path(self, parent=None):
        """The address that the tree gives this page; None as long as it has no name there."""
        parent = parent or self.parent
        if not self.slug:
            return None
        if parent is None:
            return "/" if self.slug == START_SLUG else f"/{self.slug}/"
        return f"{parent.path}{self.slug}/" if parent.path else None

    @property
    def has_address(self):
        return bool(self.path)

    def set_address(self):
        self.path = self.own_path()

    def get_absolute_url(self):
        if self.path == "/":
            return reverse("start")
        return reverse("pages:page", kwargs={"path": self.path.strip("/")})

    @property
    def headings(self):
        """The sections that begin with a heading, for the table of contents."""
        return [section for section in self.sections.all() if section.heading]

    def ancestors(self):
        """Published pages above this one, from the top, in one query."""
        parts = (self.path or "").strip("/").split("/")
        paths = ["/" + "/".join(parts[:n]) + "/" for n in range(1, len(parts))]
        return Page.objects.published().filter(path__in=paths).order_by("path") if paths else []


class PageSection(models.Model):
    """A heading, a text and perhaps a live list."""

    class LiveList(models.TextChoices):
        """What a section can list. Each has a template of the same name in templates/pages/lists/."""

        GOALS = "goals", _("Målen")
        AWARDS = "awards", _("Resultat och utmärkelser, som meningar")
        TIMELINE = "timeline", _("Resultat och utmärkelser, år för år")
        AREAS = "areas", _("Verksamhetsområdena")
        AREA_NAMES = "area_names", _("Verksamhetsområdena, med beskrivning på en rad")
        PLATFORMS = "platforms", _("Plattformarna")
        PLATFORM_NAMES = "platform_names", _("Plattformarna, bara namnen")
        PARTNERS = "partners", _("Samverkansparterna efter slag")
        CONTACTS = "contacts", _("Kontaktvägarna")
        FUNCTIONS = "functions", _("Funktionerna i enheten")
        HELPLINES = "helplines", _("Hjälpnumren")
        PICTURES = "pictures", _("Bildgalleriet")
        DOCUMENTS = "documents", _("Dokumenten")
        NEWS = "news", _("Nyhetsarkivet")
        LATEST_NEWS = "latest_news", _("De senaste nyheterna")
        SUBPAGES = "subpages", _("Sidorna under den här")

    page = models.ForeignKey(Page, models.CASCADE, related_name="sections", verbose_name=_("sida"))
    order = models.PositiveSmallIntegerField(
        _("ordning"), default=0, help_text=_("Lägre nummer visas först.")
    )
    heading = models.CharField(
        _("rubrik"),
        max_length=160,
        blank=True,
        help_text=_("Tomt: avsnittet fortsätter det förra."),
    )
    text = RichTextField(
        _("text"),
        blank=True,
        default="",
        help_text=_(
            "Skriv [antal heltidsanställda] där antalet ska stå, så hämtas det från uppgiften."
        ),
    )
    live_list = models.CharField(
        _("lista som hämtas"), max_length=16, choices=LiveList.choices, blank=True
    )
    text_after = RichTextField(_("text efter listan"), blank=True, default="")

    class Meta:
        verbose_name = _("avsnitt")
        verbose_name_plural = _("avsnitt")
        ordering = ["order", "pk"]

    def __str__(self):
        return self.heading or self.get_live_list_display() or str(_("avsnitt utan rubrik"))

    @property
    def list_template(self):
        return f"pages/lists/{self.live_list}.html" if self.live_list else None
