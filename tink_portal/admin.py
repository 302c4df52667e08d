"""Redirects, and what staff do not need to see."""

from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.contrib.redirects.models import Redirect
from django.contrib.sites.models import Site
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from post_office.models import Attachment, Email, EmailTemplate, Log

from publishing.redirects import collapse_chains
from tink_portal.redirect_form import RedirectForm

# The outbox holds answers to residents: nobody reads it in the admin. The keys of the second step are read by
# nobody either. Accounts and groups are shown by accounts/admin.py; the group table is in groups.py.
admin.site.unregister([Attachment, Email, EmailTemplate, Log, Site, Group, User, Redirect])
admin.site.unregister([StaticDevice, TOTPDevice])


@admin.register(Redirect)
class RedirectAdmin(admin.ModelAdmin):
    form = RedirectForm
    list_display = ["old_path", "new_path"]
    search_fields = ["old_path", "new_path"]
    fields = ["old_path", "new_path"]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        collapse_chains(obj)
