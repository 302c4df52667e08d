from django.apps import AppConfig
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Sök")

    def ready(self):
        for signal in (post_save, post_delete):
            signal.connect(_changed, dispatch_uid=f"search.{id(signal)}")


def _changed(sender, instance, raw=False, **kwargs):
    """Index a page again when it, or a row of its own, has been written or removed."""
    from search.index import pages_behind, update_soon

    if not raw:
        for model, key in pages_behind(sender, instance):
            update_soon(model, key)
