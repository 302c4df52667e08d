"""PublishedContent: what every page that editors publish has in common.

Inherit it for anything that has an address of its own on the website. Do not use it for facts that only
appear inside pages (goals, awards, help lines): those are plain models.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.collation import Swedish
from publishing.richtext import RichTextField

#: How many changes a page tells about.
CHANGES_SHOWN = 20


class PublishedContentQuerySet(models.QuerySet):
    def published(self, at=None):
        """Rows a resident may see at the moment ``at`` (an aware datetime; now when left out).

        The same rule as ``PublishedContent.is_published``; a table test keeps them equal.
        """
        at = at or timezone.now()
        return self.filter(
            Q(publish_from=None) | Q(publish_from__lte=at),
            Q(publish_until=None) | Q(publish_until__gt=at),
            status=PublishedContent.Status.PUBLISHED,
        )

    def due_for_review(self, on=None):
        """Published rows whose review date has come on the date ``on`` (today when left out)."""
        return self.published().filter(review_on__lte=on or timezone.localdate())

    def in_swedish_order(self):
        return self.order_by(Swedish("title"), "pk")

    def with_page_parts(self):
        """Fetch in one query what every public page prints about itself."""
        return self.select_related("responsible", "deputy", "lead_picture")


class PublishedContent(models.Model):
    """A page with an address, someone responsible for it, and a life from draft to archive.

    Content columns may be empty in the database (``null=True``) but not in a form (``blank=False``): a new
    page starts as a row with only a title, and becomes complete when it is published.
    """

    class Status(models.TextChoices):
        DRAFT = "utkast", _("Utkast")
        PUBLISHED = "publicerad", _("Publicerad")
        ARCHIVED = "arkiverad", _("Arkiverad")

    #: Reverse relations whose rows belong to the page and are published with it.
    owned = ()
    #: What an editor would call a change of the content. Only these move "Senast ändrad".
    content_fields = ("title", "introduction", "body", "lead_picture")
    #: Rich text that the public template prints under a heading of its own.
    headed_fields = ()
    #: Where the search looks for words, besides title and introduction.
    search_fields = ("body",)
    #: One word for what kind of page this is, shown in search results.
    kind = _("Sida")
    #: How many months a reviewed page stays right; None: pages of this kind are not reviewed.
    review_months = 12

    title = models.CharField(
        _("rubrik"),
        max_length=200,
        help_text=_("Sidans namn, så som invånarna känner igen det. Exempel: Föräldraskapsstöd"),
    )
    slug = models.SlugField(
        _("adressnamn"),
        max_length=80,
        null=True,
        help_text=_("Sidans del av webbadressen, med små bokstäver. Exempel: foraldraskapsstod"),
    )
    introduction = models.TextField(
        _("ingress"),
        max_length=600,
        null=True,
        help_text=_(
            "En eller två meningar som säger vad sidan ger läsaren. Visas också i sökmotorer."
        ),
    )
    body = RichTextField(_("text"), blank=True, default="")
    lead_picture = models.ForeignKey(
        "pictures.Picture",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("bild"),
        related_name="+",
    )
    responsible = models.ForeignKey(
        "organisation.Person",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("ansvarig för sidan"),
        help_text=_("Får synpunkterna på sidan och håller den aktuell."),
    )
    deputy = models.ForeignKey(
        "organisation.Person",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ersättare"),
        help_text=_("Får synpunkterna när den ansvariga inte kan ta emot dem."),
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.DRAFT
    )
    publish_from = models.DateTimeField(
        _("visas från"),
        null=True,
        blank=True,
        help_text=_("Tomt betyder: så snart sidan är publicerad."),
    )
    publish_until = models.DateTimeField(
        _("visas till"), null=True, blank=True, help_text=_("Tomt betyder: tills vidare.")
    )
    content_changed_on = models.DateField(
        _("senast ändrad"),
        default=timezone.localdate,
        help_text=_("Datumet som invånarna ser. Flyttas när innehållet har ändrats."),
    )
    reviewed_on = models.DateField(_("senast granskad"), null=True, blank=True)
    review_on = models.DateField(_("ska granskas"), null=True, blank=True)
    is_sensitive = models.BooleanField(
        _("känslig sida"),
        default=False,
        help_text=_(
            "Kryssa i för sidor som någon kan vara i fara av att ha besökt, till exempel om våld."
        ),
    )
    changed_at = models.DateTimeField(_("sparad"), auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("sparad av"),
    )

    objects = PublishedContentQuerySet.as_manager()

    class Meta:
        abstract = True
        default_permissions = ("add", "change", "delete", "view", "publish")
        constraints = [
            models.UniqueConstraint(
                fields=["slug"],
                condition=Q(status="publicerad"),
                name="%(app_label)s_%(class)s_unique_published_slug",
                violation_error_message=_(
                    "Adressnamnet används redan av en annan publicerad sida. Välj ett annat."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(status="publicerad")
                | (
                    Q(slug__isnull=False)
                    & ~Q(slug="")
                    & Q(introduction__isnull=False)
                    & Q(responsible__isnull=False)
                ),
                name="%(app_label)s_%(class)s_published_is_complete",
                violation_error_message=_(
                    "En publicerad sida behöver adressnamn, ingress och en ansvarig."
                ),
            ),
            models.CheckConstraint(
                condition=Q(publish_until=None)
                | Q(publish_from=None)
                | Q(publish_until__gt=models.F("publish_from")),
                name="%(app_label)s_%(class)s_until_after_from",
                violation_error_message=_("”Visas till” måste vara efter ”visas från”."),
            ),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        super().clean()
        if self.deputy_id and self.deputy_id == self.responsible_id:
            raise ValidationError(
                {"deputy": _("Ersättaren måste vara någon annan än den som är ansvarig.")}
            )

    @property
    def is_published(self):
        return self.is_published_at(timezone.now())

    def is_published_at(self, at):
        """The same rule as ``PublishedContentQuerySet.published``."""
        return (
            self.status == self.Status.PUBLISHED
            and (self.publish_from is None or self.publish_from <= at)
            and (self.publish_until is None or self.publish_until > at)
        )

    @property
    def has_address(self):
        """Whether ``get_absolute_url`` can answer; a draft may lack what the address is made of."""
        return bool(self.slug)

    def set_address(self):
        """Work out again what the address is made of, after fields have been set in memory."""

    def change_notes(self):
        """What residents are told has changed: [{"note", "published_at"}], the newest first, in one question.

        ``coming_note`` is the one that a preview shows in advance.
        """
        coming = getattr(self, "coming_note", None)
        notes = Revision.objects.of(self).for_residents()[:CHANGES_SHOWN]
        return [*([coming] if coming else []), *notes][:CHANGES_SHOWN]

    @property
    def lead(self):
        """The introduction as a plain sentence; "" for a draft without one."""
        return self.introduction or ""


def content_models():
    """Every kind of page, in no registry to keep in step."""
    from django.apps import apps

    return [model for model in apps.get_models() if issubclass(model, PublishedContent)]


from publishing.editing import EditingSession  # noqa: E402, F401 - models of this app
from publishing.failed_check import FailedCheck  # noqa: E402, F401
from publishing.preview_link import PreviewLink  # noqa: E402, F401
from publishing.revision import Revision  # noqa: E402
