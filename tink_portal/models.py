"""The memory of load_portal: what it has loaded, and how it looked then."""

from django.db import models


class LoadedItem(models.Model):
    """One row made from the content files. ``digest`` tells whether staff have changed it since."""

    model = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    object_id = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["model", "key"], name="loaded_item_once")]

    def __str__(self):
        return f"{self.model} {self.key}"
