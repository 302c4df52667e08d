from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from tink_portal.help_texts import Explained


class PortalAdminSite(admin.AdminSite):
    """The staff's side of the portal, named for the unit."""

    site_title = _("Redaktionen – Trygg i Norrtälje kommun")
    site_header = _("Trygg i Norrtälje kommun – redaktionen")
    index_title = _("Redaktionen")
    index_template = "admin/portal_index.html"
    site_url = "/"
    enable_nav_sidebar = False
    empty_value_display = "–"

    #: The order in which staff meet the rooms; the rest follows.
    ORDER = (
        "feedback",
        "alerts",
        "pages",
        "activities",
        "platforms",
        "goals",
        "news",
        "pictures",
        "organisation",
    )

    #: Plainer names than the libraries' own.
    NAMES = {"auth": _("Konton"), "redirects": _("Gamla adresser")}

    def register(self, model_or_iterable, admin_class=None, **options):
        """Every room's screens say what tink_portal.help_texts says; the rooms need not know of it."""
        base = admin_class or admin.ModelAdmin
        explained = type(base.__name__, (Explained, base), {"__module__": base.__module__})
        super().register(model_or_iterable, explained, **options)

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["name"] = self.NAMES.get(app["app_label"], app["name"])
        places = {label: place for place, label in enumerate(self.ORDER)}
        return sorted(apps, key=lambda app: places.get(app["app_label"], len(places)))

    def index(self, request, extra_context=None):
        from tink_portal.to_set import things_to_set, waiting

        context = {"things_to_set": things_to_set(request.user), "waiting": waiting(request.user)}
        return super().index(request, context | (extra_context or {}))
