"""The log: who did what, when. Rows are added and read; nothing changes or removes one but retention."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class LogIsClosed(Exception):
    """Somebody tried to change or remove what the log says."""


class EventQuerySet(models.QuerySet):
    def update(self, **values):
        raise LogIsClosed

    def bulk_update(self, *args, **options):
        raise LogIsClosed

    def delete(self):
        raise LogIsClosed


class Event(models.Model):
    """One thing that somebody did. Holds names of fields, never their values, and no address."""

    class Action(models.TextChoices):
        LOGGED_IN = "inloggad", _("Inloggad")
        LOGIN_FAILED = "misslyckad-inloggning", _("Misslyckad inloggning")
        LOCKED_OUT = "sparrad", _("Inloggningen spärrad")
        UNLOCKED = "upplast", _("Inloggningen upplåst")
        LOGGED_OUT = "utloggad", _("Utloggad")
        SESSION_ENDED = "tiden-ute", _("Utloggad för att tiden gick ut")
        SESSIONS_ENDED = "utloggad-overallt", _("Utloggad överallt")
        SECOND_STEP_ADDED = "tvasteg-skapad", _("Tvåstegsinloggning inställd")
        SECOND_STEP_PASSED = "tvasteg-godkand", _("Tvåstegsinloggning godkänd")
        SECOND_STEP_FAILED = "tvasteg-fel", _("Fel kod vid tvåstegsinloggning")
        SECOND_STEP_RESET = "tvasteg-nollstalld", _("Tvåstegsinloggning nollställd")
        RECOVERY_CODE_USED = "aterstallningskod", _("Återställningskod använd")
        RECOVERY_CODES_MADE = "nya-koder", _("Nya återställningskoder")
        GROUPS_CHANGED = "grupper", _("Grupper ändrade")
        ADDED = "skapad", _("Skapad")
        CHANGED = "andrad", _("Ändrad")
        DELETED = "borttagen", _("Borttagen")
        PUBLISHED = "publicerad", _("Publicerad")
        SCHEDULED = "schemalagd", _("Schemalagd")
        UNPUBLISHED = "avpublicerad", _("Avpublicerad")
        RESTORED = "aterstalld", _("Äldre version återställd")
        BROUGHT_BACK = "tillbaka", _("Hämtad från borttagna")
        READ = "last", _("Synpunkt läst")
        EXPORTED = "exporterad", _("Uppgifter hämtade som fil")
        WEEDED = "gallrad", _("Loggen gallrad")

    at = models.DateTimeField(_("tid"), auto_now_add=True, db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("konto"),
    )
    username = models.CharField(_("vem"), max_length=150, blank=True)
    action = models.CharField(_("vad"), max_length=30, choices=Action.choices)
    object_type = models.CharField(_("slag"), max_length=100, blank=True)
    object_id = models.CharField(_("nummer"), max_length=64, blank=True)
    object_name = models.CharField(_("gäller"), max_length=200, blank=True)
    details = models.CharField(_("uppgifter"), max_length=500, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("händelse")
        verbose_name_plural = _("händelser")
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["object_type", "object_id"], name="audit_object")]

    def __str__(self):
        return f"{self.get_action_display()} {self.object_name}".strip()

    def save(self, *args, **options):
        if not self._state.adding:
            raise LogIsClosed
        super().save(*args, **options)

    def delete(self, *args, **options):
        raise LogIsClosed
