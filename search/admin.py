from urllib.parse import urlencode

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from search.models import AskedFor, BestBet, Synonym


@admin.register(Synonym)
class SynonymAdmin(admin.ModelAdmin):
    list_display = ["word", "finds"]
    search_fields = ["word", "finds"]


@admin.register(BestBet)
class BestBetAdmin(admin.ModelAdmin):
    list_display = ["words", "entry_path"]
    search_fields = ["words", "entry_path"]


class WithoutHits(admin.SimpleListFilter):
    title = _("träffar")
    parameter_name = "traffar"

    def lookups(self, request, model_admin):
        return [("inga", _("Inga träffar"))]

    def queryset(self, request, queryset):
        return queryset.without_hits() if self.value() else queryset


@admin.register(AskedFor)
class AskedForAdmin(admin.ModelAdmin):
    """What residents look for; from a question without hits it is one click to a synonym or a best bet."""

    list_display = ["words", "times", "hits", "last_on", "mend"]
    list_filter = [WithoutHits]
    search_fields = ["words"]

    def get_queryset(self, request):
        return super().get_queryset(request).by_several()

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    @admin.display(description=_("hjälp den som söker"))
    def mend(self, asked):
        synonym = reverse("admin:search_synonym_add") + "?" + urlencode({"word": asked.words})
        bet = reverse("admin:search_bestbet_add") + "?" + urlencode({"words": asked.words})
        return format_html(
            '<a href="{}">{}</a> · <a href="{}">{}</a>',
            synonym,
            _("Ny synonym"),
            bet,
            _("Ny bästa träff"),
        )
