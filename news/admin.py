from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from news.models import NewsItem
from publishing.admin import ContentAdmin


@admin.register(NewsItem)
class NewsItemAdmin(ContentAdmin):
    list_display = ["title", "published_on", "state", "responsible", "public_link"]
    date_hierarchy = "published_on"
    own_fieldsets = [(_("Nyheten"), {"fields": ["published_on", "area", "platform"]})]
    autocomplete_fields = [*ContentAdmin.autocomplete_fields, "area", "platform"]
