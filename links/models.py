"""Every link in the content, whether it leads somewhere, and where it stands."""

from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

#: A passing fault must be seen twice, this far apart, before it is called one.
BETWEEN_FAILURES = timedelta(hours=12)
#: A link that does not work is asked daily; a little less, so that a nightly run is never a minute early.
ASK_BROKEN_AFTER = timedelta(hours=20)
ASK_WORKING_AFTER = timedelta(days=7)


class LinkQuerySet(models.QuerySet):
    def faulty(self):
        """Links that lead nowhere, and that nobody has said are right after all."""
        return self.filter(status__in=Link.BROKEN, ignored_because="")

    def broken(self):
        """The same with their places, in two queries however many there are: ``link.places.all()``."""
        return self.faulty().order_by("first_failed_at", "pk").prefetch_related("places")

    def inner(self):
        return self.exclude(kind=Link.Kind.OUTER)

    def waiting(self):
        return self.filter(checked_at=None)

    def due(self, at, ask_working_after=ASK_WORKING_AFTER):
        """Outer links on published pages whose turn it is at the moment ``at``, the longest waiting first."""
        works = Q(status__in=[Link.Status.OK, Link.Status.MOVED])
        turn = (
            Q(checked_at=None)
            | (works & Q(checked_at__lte=at - ask_working_after))
            | (~works & Q(checked_at__lte=at - ASK_BROKEN_AFTER))
        )
        allowed = Q(not_before=None) | Q(not_before__lte=at)
        return (
            self.filter(turn, allowed, kind=Link.Kind.OUTER)
            .exclude(status=Link.Status.REFUSED, checked_at__isnull=False)
            .order_by(models.F("checked_at").asc(nulls_first=True), "pk")
        )


class Link(models.Model):
    """One address, however often it is used."""

    class Kind(models.TextChoices):
        INNER = "inre", _("På vår webbplats")
        OUTER = "yttre", _("På en annan webbplats")
        CONTACT = "kontakt", _("E-post eller telefon")

    class Status(models.TextChoices):
        OK = "ok", _("Fungerar")
        BROKEN = "trasig", _("Trasig")
        MOVED = "flyttad", _("Flyttad")
        UNKNOWN = "okand", _("Vet inte")
        REFUSED = "otillaten", _("Otillåten")

    #: What is a fault that an editor must mend.
    BROKEN = (Status.BROKEN, Status.REFUSED)

    url = models.CharField(_("länk"), max_length=2000, unique=True)
    kind = models.CharField(_("slags länk"), max_length=8, choices=Kind.choices)
    host = models.CharField(_("webbplats"), max_length=255, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.UNKNOWN
    )
    code = models.PositiveSmallIntegerField(_("kod i svaret"), null=True, blank=True)
    sentence = models.TextField(_("förklaring"), blank=True)
    moved_to = models.CharField(_("ny adress"), max_length=2000, blank=True)
    first_failed_at = models.DateTimeField(_("fel sedan"), null=True, blank=True)
    checked_at = models.DateTimeField(_("kontrollerad"), null=True, blank=True)
    not_before = models.DateTimeField(_("fråga inte före"), null=True, blank=True)
    failures = models.PositiveSmallIntegerField(_("misslyckade försök"), default=0)
    ignored_because = models.CharField(_("stämmer ändå, därför att"), max_length=300, blank=True)
    ignored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("bestämt av"),
    )

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("länk")
        verbose_name_plural = _("trasiga länkar")
        default_permissions = ("view", "change")
        ordering = ["first_failed_at", "pk"]

    def __str__(self):
        return self.url

    def set_ok(self, code=None):
        self._set(self.Status.OK, "", code)
        self.first_failed_at, self.failures = None, 0

    def set_moved(self, moved_to, sentence, code=None):
        self.set_ok(code)
        self._set(self.Status.MOVED, sentence, code, moved_to)

    def set_failed(self, status, sentence, code=None):
        self._set(status, sentence, code)
        self.first_failed_at = self.first_failed_at or timezone.now()
        self.failures = min(self.failures + 1, 1000)

    def set_unknown(self, sentence, code=None):
        """No answer that tells: earlier failures neither grow nor are forgotten."""
        self._set(self.Status.UNKNOWN, sentence, code)

    def _set(self, status, sentence, code, moved_to=""):
        self.status, self.sentence, self.code = status, sentence, code
        self.moved_to = moved_to[:2000]
        self.checked_at = timezone.now()

    @property
    def is_web_address(self):
        """Whether a browser may be sent there: not a script, a mailbox or a choice made in the editor."""
        return self.url.startswith(("https://", "http://")) or (
            self.url.startswith("/") and not self.url.startswith("//")
        )

    @property
    def has_failed_long_enough(self):
        """Whether a fault seen now once more is no passing one."""
        return bool(
            self.first_failed_at and timezone.now() - self.first_failed_at >= BETWEEN_FAILURES
        )


class LinkPlace(models.Model):
    """Where a link stands; made anew at every run. The title is kept so that a list needs no page."""

    link = models.ForeignKey(Link, models.CASCADE, related_name="places", verbose_name=_("länk"))
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    title = models.CharField(_("sida"), max_length=250)
    field = models.CharField(_("ruta"), max_length=250)
    anchor = models.CharField(_("plats i formuläret"), max_length=80, blank=True)
    text = models.CharField(_("länktext"), max_length=250, blank=True)
    is_draft = models.BooleanField(_("bara i utkastet"), default=False)

    class Meta:
        verbose_name = _("plats för en länk")
        verbose_name_plural = _("platser för länkar")
        default_permissions = ()
        ordering = ["is_draft", "title", "pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="links_place_of_page")]

    def __str__(self):
        return f"{self.title}: {self.field}"

    @property
    def admin_address(self):
        """The form in which the link is mended; "" for what has none. Asks the database nothing."""
        kind = ContentType.objects.get_for_id(self.content_type_id)
        try:
            address = reverse(f"admin:{kind.app_label}_{kind.model}_change", args=[self.object_id])
        except NoReverseMatch:
            return ""
        return f"{address}#{self.anchor}" if self.anchor else address
