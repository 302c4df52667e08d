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
    """A condition: some page, or a draft's row, names the picture."""
    named = Q(pk=None)  # nothing yet
    for relation in relations_to(Picture):
        rows = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
        named |= Q(Exists(rows))
    return named


def is_used():
    return Q(in_gallery=True) | is_on_a_page()


class ConditionFilter(admin.SimpleListFilter):
    """A filter in words: ``conditions`` is {value in the address: (words, a function that gives a Q)}."""

    conditions = {}

    def lookups(self, request, model_admin):
        return [(value, words) for value, (words, _condition) in self.conditions.items()]

    def queryset(self, request, queryset):
        _words, condition = self.conditions.get(self.value(), (None, None))
        return queryset.filter(condition()) if condition else queryset


def consent_ends_soon():
    today = timezone.localdate()
    return Q(consent_until__range=(today, today + CONSENT_NOTICE))


def consent_has_ended():
    return Q(consent_until__lt=timezone.localdate())


class ConsentFilter(ConditionFilter):
    title = _("samtycke")
    parameter_name = "samtycke"
    conditions = {
        "snart": (_("Slutar inom 30 dagar"), consent_ends_soon),
        "slut": (_("Har slutat"), consent_has_ended),
        "inget": (_("Inget slutdatum"), lambda: Q(consent_until=None)),
    }


class UseFilter(ConditionFilter):
    title = _("användning")
    parameter_name = "anvands"
    conditions = {
        "nej": (_("Används inte"), lambda: ~is_used()),
        "ja": (_("Används"), is_used),
        "galleri": (_("I bildgalleriet"), lambda: Q(in_gallery=True)),
    }


class DescriptionFilter(ConditionFilter):
    title = _("beskrivning")
    parameter_name = "beskrivning"
    conditions = {
        "dekorativ": (_("Dekorativ"), lambda: Q(is_decorative=True)),
        "beskriven": (_("Beskriven med ord"), lambda: Q(is_decorative=False)),
    }
