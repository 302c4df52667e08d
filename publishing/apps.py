from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = _("Publicering")

    def ready(self):
        from publishing import checks, collation, usage  # noqa: F401 - importing registers them
