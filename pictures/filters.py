"""The library's own filters, in the words of those who look for a picture."""

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pictures.models import CONSENT_NOTICE, Picture


def relations_to(model):
    """Every foreign key in the portal that may point at ``model``, without knowing the rooms above."""
    return [
        relation
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete and relation.one_to_many
    ]


def is_on_a_page():
    """A condition: some page names the picture, or it hangs in the gallery."""
    named = Q(in_gallery=True)
    for relation in relations_to(Picture):
        rows = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
        named |= Q(Exists(rows))
    return named


class ConsentFilter(admin.SimpleListFilter):
    title = _("samtycke")
    parameter_name = "samtycke"

    def lookups(self, request, model_admin):
        return [
            ("snart", _("Slutar inom 30 dagar")),
            ("slut", _("Har slutat")),
            ("inget", _("Inget datum")),
        ]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        conditions = {
            "snart": Q(consent_until__gte=today, consent_until__lte=today + CONSENT_NOTICE),
            "slut": Q(consent_until__lt=today),
            "inget": Q(consent_until=None),
        }
        condition = conditions.get(self.value())
        return queryset.filter(condition) if condition else queryset


class UseFilter(admin.SimpleListFilter):
    title = _("användning")
    parameter_name = "anvands"

    def lookups(self, request, model_admin):
        return [("nej", _("Används inte")), ("ja", _("Används"))]

    def queryset(self, request, queryset):
        if self.value() == "ja":
            return queryset.filter(is_on_a_page())
        if self.value() == "nej":
            return queryset.exclude(is_on_a_page())
        return queryset
