from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _

from tink_portal.admin_site import PortalAdminSite


class TinkPortalConfig(AppConfig):
    name = "tink_portal"
    verbose_name = _("Portalen")

    def ready(self):
        """The breadcrumbs say what the start page says."""
        for label, name in PortalAdminSite.NAMES.items():
            apps.get_app_config(label).verbose_name = name
