from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.models import ContactPoint, Headcount, Helpline, Organisation, Person

# An address typed without "https://" gets it; Django 5.2 would still guess "http://".
SECURE_ADDRESSES = {models.URLField: {"assume_scheme": "https"}}


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin):
    list_display = ["function", "name", "email", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["function", "name", "email"]
    fieldsets = [
        (_("Det invånarna ser"), {"fields": ["function", "email", "phone"]}),
        (_("Bara för redaktionen"), {"fields": ["name", "user", "is_active"]}),
    ]

    def get_search_results(self, request, queryset, search_term):
        """A form's own search offers only those who still work here."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        is_choice = "field_name" in request.GET and "model_name" in request.GET
        return (found.filter(is_active=True) if is_choice else found), may_repeat

    def get_readonly_fields(self, request, obj=None):
        """Who holds a function may decide whose pages they change: only who handles accounts says so."""
        readonly = super().get_readonly_fields(request, obj)
        return readonly if request.user.has_perm("auth.change_user") else [*readonly, "user"]


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    formfield_overrides = SECURE_ADDRESSES
    list_display = ["name", "kind", "website"]
    list_filter = ["kind"]
    search_fields = ["name"]


@admin.register(ContactPoint)
class ContactPointAdmin(admin.ModelAdmin):
    list_display = ["name", "phone", "email", "verified_on", "is_unit_mailbox"]
    list_filter = ["is_unit_mailbox", "verified_on"]
    search_fields = ["name", "purpose"]
    fieldsets = [
        (None, {"fields": ["name", "purpose", "phone", "email", "visit"]}),
        (_("Kontroll och ordning"), {"fields": ["verified_on", "is_unit_mailbox", "order"]}),
    ]


@admin.register(Helpline)
class HelplineAdmin(admin.ModelAdmin):
    formfield_overrides = SECURE_ADDRESSES
    list_display = ["name", "number", "verified_on", "review_by", "on_every_page", "on_start"]
    list_filter = ["on_every_page", "on_start", "verified_on"]
    search_fields = ["name", "number", "for_whom"]
    fieldsets = [
        (None, {"fields": ["number", "name", "for_whom", "hours", "website"]}),
        (
            _("Kontroll"),
            {
                "fields": ["source", "verified_on", "review_by"],
                "description": _("Ett fel nummer kan göra skada. Kontrollera hos den som svarar."),
            },
        ),
        (_("Var numret visas"), {"fields": ["on_every_page", "on_start", "order"]}),
    ]


@admin.register(Headcount)
class HeadcountAdmin(admin.ModelAdmin):
    list_display = ["full_time", "as_of", "source"]
    list_filter = ["as_of"]
    search_fields = ["source"]
