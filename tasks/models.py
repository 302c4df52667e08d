from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class Reminder(models.Model):
    """One step of reminding about one page's review date. The row is the proof that it was done, once."""

    class Step(models.IntegerChoices):
        """Days from the review date."""

        AHEAD = -14, _("14 dagar före")
        DUE = 0, _("samma dag")
        LATE = 14, _("14 dagar efter")
        ESCALATED = 28, _("28 dagar efter")

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    due = models.DateField(_("ska granskas"))
    step = models.SmallIntegerField(_("steg"), choices=Step.choices)
    sent_on = models.DateField(_("skickad"), db_index=True)

    class Meta:
        verbose_name = _("påminnelse")
        verbose_name_plural = _("påminnelser")
        default_permissions = ()
        permissions = [
            ("hand_over", _("Får lämna över någons sidor till någon annan")),
            ("resend_mail", _("Får se vilka mejl som inte har skickats och försöka igen")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "due", "step"], name="tasks_reminder_once"
            )
        ]

    def __str__(self):
        return f"{self.get_step_display()} {self.due}"
