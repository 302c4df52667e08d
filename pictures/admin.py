from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from pictures.models import Picture


@admin.register(Picture)
class PictureAdmin(admin.ModelAdmin):
    list_display = ["title", "preview", "alt", "credit", "consent_until", "in_gallery"]
    list_filter = ["in_gallery", "is_decorative", "consent_until"]
    search_fields = ["title", "alt", "caption", "credit"]
    readonly_fields = ["preview"]
    fieldsets = [
        (None, {"fields": ["title", "file", "preview"]}),
        (
            _("Beskrivning"),
            {
                "fields": ["alt", "is_decorative", "caption"],
                "description": _(
                    "Beskriv bilden för den som inte ser den, eller markera den som dekorativ."
                ),
            },
        ),
        (_("Rättigheter"), {"fields": ["credit", "licence", "consent_until"]}),
        (_("Visning"), {"fields": ["focal_x", "focal_y", "in_gallery"]}),
    ]

    @admin.display(description=_("bild"))
    def preview(self, picture):
        if not picture.pk or not picture.is_usable:
            return "–"
        return format_html(
            '<img class="tk-thumb" src="{}" alt="" width="120" loading="lazy">',
            picture.get_file_url(),
        )
