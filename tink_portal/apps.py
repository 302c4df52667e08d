from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TinkPortalConfig(AppConfig):
    name = "tink_portal"
    verbose_name = _("Portalen")
