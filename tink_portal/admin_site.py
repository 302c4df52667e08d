from functools import update_wrapper

from django.contrib import admin
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from tink_portal.help_texts import Explained


class PortalAdminSite(admin.AdminSite):
    """The staff's side of the portal, named for the unit."""

    site_title = _("Redaktionen – Trygg i Norrtälje kommun")
    site_header = _("Trygg i Norrtälje kommun – redaktionen")
    index_title = _("Mina uppgifter")
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
        "documents",
        "organisation",
        "search",
        "links",
        "redirects",
    )

    #: Plainer names than the libraries' own.
    NAMES = {"auth": _("Konton"), "redirects": _("Gamla adresser")}

    def __init__(self, *args, **kwargs):
        from audit.deletions import delete_selected

        super().__init__(*args, **kwargs)
        self._actions = {"delete_selected": delete_selected}
        self._global_actions = self._actions.copy()

    # --- Who gets in --------------------------------------------------------------------------------

    def has_permission(self, request):
        """Staff, and with both steps of signing in done. The gate below says where to do the second."""
        from accounts.second_step import is_missing

        return super().has_permission(request) and not is_missing(request)

    def admin_view(self, view, cacheable=False):
        """The stock gate, which also asks for the second step and keeps what was typed too late."""
        inner = super().admin_view(view, cacheable)

        def gate(request, *args, **kwargs):
            from accounts import kept

            if self.has_permission(request):
                kept.forget_when_sent(request)
            elif kept_address := kept.keep(request):
                return HttpResponseRedirect(kept_address)
            elif self._waits_for_second_step(request):
                if request.path == reverse("admin:logout"):
                    return self.logout(request)
                return self._ask_second_step(request.get_full_path())
            return inner(request, *args, **kwargs)

        return update_wrapper(gate, inner)

    def login(self, request, extra_context=None):
        if request.method == "GET" and self._waits_for_second_step(request):
            return self._ask_second_step(request.GET.get("next", ""))
        return super().login(request, extra_context)

    def password_change(self, request, extra_context=None):
        """Django tells nobody of a new password of one's own: the log is told here."""
        from audit.log import Action, record

        response = super().password_change(request, extra_context)
        if request.method == "POST" and response.status_code == 302:
            record(request.user, Action.CHANGED, request.user, _("Lösenord"))
        return response

    @staticmethod
    def _waits_for_second_step(request):
        from accounts.second_step import is_missing

        return is_missing(request)

    @staticmethod
    def _ask_second_step(wanted):
        return HttpResponseRedirect(f"{reverse('admin:second_step')}?{urlencode({'next': wanted})}")

    def get_urls(self):
        from accounts.urls import admin_urls
        from publishing.editor_views import link_targets, picture_choices

        return [
            path("lankmal/", self.admin_view(link_targets), name="link_targets"),
            path("bildval/", self.admin_view(picture_choices), name="picture_choices"),
            *admin_urls(self.admin_view),
            *super().get_urls(),
        ]

    def each_context(self, request):
        """Besides the stock: how long the login lasts, for the warning (static/js/idle.js)."""
        from accounts.sessions import seconds_left

        context = super().each_context(request)
        if context["has_permission"]:
            context["seconds_left"] = seconds_left(request.session)
        return context

    # --- What is met there --------------------------------------------------------------------------
    def register(self, model_or_iterable, admin_class=None, **options):
        """Every room's screens say what tink_portal.help_texts says; the rooms need not know of it."""
        base = admin_class or admin.ModelAdmin
        explained = type(base.__name__, (Explained, base), {"__module__": base.__module__})
        super().register(model_or_iterable, explained, **options)

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        places = {label: place for place, label in enumerate(self.ORDER)}
        return sorted(apps, key=lambda app: places.get(app["app_label"], len(places)))

    def index(self, request, extra_context=None):
        from tasks.start import start_context

        return super().index(request, start_context(request) | (extra_context or {}))
