"""Accounts, redirects and what staff do not need to see."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.contrib.redirects.models import Redirect
from django.contrib.sites.models import Site
from django.utils.translation import gettext_lazy as _
from post_office.models import Attachment, Email, EmailTemplate, Log

from publishing.redirects import collapse_chains
from tink_portal.redirect_form import RedirectForm

# The outbox holds answers to residents: nobody reads it in the admin. The group table is in groups.py.
admin.site.unregister([Attachment, Email, EmailTemplate, Log, Site, Group, User, Redirect])


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Accounts. What only a technician may hand out is out of an Administratör's reach."""

    list_display = ["username", "first_name", "last_name", "is_active", "last_login"]
    list_filter = ["is_active", "groups"]

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

    def save_model(self, request, obj, form, change):
        """A new account is made for someone who is to work here."""
        if not change:
            obj.is_staff = True
        super().save_model(request, obj, form, change)

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


@admin.register(Redirect)
class RedirectAdmin(admin.ModelAdmin):
    form = RedirectForm
    list_display = ["old_path", "new_path"]
    search_fields = ["old_path", "new_path"]
    fields = ["old_path", "new_path"]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        collapse_chains(obj)
