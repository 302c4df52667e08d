"""The admin app with our own site; beside apps.py because Django lets a module hold one default only."""

from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    default_site = "tink_portal.admin_site.PortalAdminSite"
