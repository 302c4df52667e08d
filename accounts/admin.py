"""Accounts and groups, and what an Administratör does about somebody's login."""

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.forms import CheckboxSelectMultiple
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _

from accounts import lockout, second_step
from accounts.sessions import end_sessions
from audit.log import Action, record


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Accounts. What only a technician may hand out is out of an Administratör's reach."""

    list_display = ["username", "first_name", "last_name", "is_active", "last_login"]
    list_filter = ["is_active", "groups"]
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined"]
    change_form_template = "admin/account_change_form.html"
    change_list_template = "admin/account_change_list.html"

    def get_fieldsets(self, request, obj=None):
        """Rights come from groups alone; only a technician sees who is one."""
        hidden = {"user_permissions"}
        if not request.user.is_superuser:
            hidden.add("is_superuser")
        return [
            (name, options | {"fields": [f for f in options["fields"] if f not in hidden]})
            for name, options in super().get_fieldsets(request, obj)
        ]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "is_staff":
            field.label = _("Får logga in i redaktionen")
            field.help_text = ""
        return field

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Three groups are three boxes to tick."""
        if db_field.name == "groups":
            kwargs |= {"widget": CheckboxSelectMultiple, "help_text": ""}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None:
            context |= {
                "has_app": second_step.app_of(obj) is not None,
                "codes_left": second_step.recovery_codes_left(obj),
                "locked_until": lockout.locked_accounts().get(obj),
                "is_own": obj.pk == request.user.pk,
            }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    # --- Saving ---------------------------------------------------------------------------------------

    def save_model(self, request, obj, form, change):
        """A new account is made for someone who is to work here. One that is switched off is logged out."""
        if not change:
            obj.is_staff = True
        super().save_model(request, obj, form, change)
        if change and not (obj.is_active and obj.is_staff):
            end_sessions(obj)

    def save_related(self, request, form, formsets, change):
        before = set(form.instance.groups.values_list("name", flat=True))
        super().save_related(request, form, formsets, change)
        after = set(form.instance.groups.values_list("name", flat=True))
        if before != after:
            added = [f"+{name}" for name in sorted(after - before)]
            removed = [f"−{name}" for name in sorted(before - after)]
            record(request.user, Action.GROUPS_CHANGED, form.instance, ", ".join(added + removed))

    # --- Somebody's login -----------------------------------------------------------------------------

    def get_urls(self):
        own = [
            path(
                f"<int:pk>/{address}/",
                self.admin_site.admin_view(self._for_account(action)),
                name=f"auth_user_{name}",
            )
            for address, name, action in (
                ("las-upp", "unlock", self._unlock),
                ("nollstall-tva-steg", "reset_second_step", self._reset_second_step),
                ("logga-ut", "log_out", self._log_out),
            )
        ]
        return [*own, *super().get_urls()]

    def _for_account(self, action):
        """A button on the account's form: a post, by someone who may change that very account."""

        def checked(request, pk):
            if request.method != "POST" or not self.has_change_permission(request):
                raise PermissionDenied
            user = self.get_object(request, str(pk))
            if user is None:
                raise Http404
            if not self.has_change_permission(request, user):
                raise PermissionDenied
            messages.success(request, action(request, user))
            return redirect("admin:auth_user_change", user.pk)

        return checked

    def _unlock(self, request, user):
        lockout.unlock(user)
        record(request.user, Action.UNLOCKED, user)
        return _("%s kan försöka logga in igen.") % user

    def _reset_second_step(self, request, user):
        """For a colleague only: one's own second step is changed with a code, under Säkerhet."""
        if user.pk == request.user.pk:
            raise PermissionDenied
        second_step.reset(user)
        end_sessions(user)
        record(request.user, Action.SECOND_STEP_RESET, user)
        return _("%s ställer in tvåstegsinloggning på nytt vid nästa inloggning.") % user

    def _log_out(self, request, user):
        end_sessions(user)
        record(request.user, Action.SESSIONS_ENDED, user)
        return _("%s är utloggad överallt.") % user

    # --- Rights ---------------------------------------------------------------------------------------

    def _is_out_of_reach(self, request, obj):
        return obj is not None and obj.is_superuser and not request.user.is_superuser

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not self._is_out_of_reach(
            request, obj
        )

    def has_delete_permission(self, request, obj=None):
        """An account is switched off, not deleted: what its owner did keeps a name."""
        return False


@admin.register(Group)
class GroupAdmin(admin.ModelAdmin):
    """The groups can be looked at; what they may do is decided in the code."""

    fields = ["name"]
    search_fields = ["name"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
