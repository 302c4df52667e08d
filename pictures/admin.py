from django.contrib import admin
from django.db import models
from django.db.models import Case, When
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from pictures.filters import ConsentFilter, DescriptionFilter, UseFilter, is_on_a_page
from pictures.models import Picture
from pictures.stored_admin import PlainFileInput, StoredFileAdmin


@admin.register(Picture)
class PictureAdmin(StoredFileAdmin):
    formfield_overrides = {
        models.FileField: {
            "widget": PlainFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
            "max_length": None,  # the stored name is our own
        }
    }
    list_display = ["preview", "title", "description", "consent", "place"]
    list_display_links = ["preview", "title"]
    list_filter = [ConsentFilter, UseFilter, DescriptionFilter]
    list_per_page = 48
    search_fields = ["title", "alt", "caption", "credit"]
    search_help_text = _("Sök på namn, bildbeskrivning, bildtext eller fotograf.")
    change_form_template = "admin/picture_change_form.html"
    change_list_template = "admin/library_change_list.html"
    fieldsets = [
        (None, {"fields": ["file", "title"]}),
        (
            _("Beskrivning"),
            {
                "fields": ["alt", "is_decorative", "caption"],
                "description": _(
                    "Beskriv bilden för den som inte ser den, eller markera den som dekorativ."
                ),
            },
        ),
        (
            _("Rättigheter"),
            {
                "fields": ["credit", "licence", "consent_until"],
                "description": _("Vem som har gjort bilden, och hur länge den får visas."),
            },
        ),
        (
            _("Viktigaste punkten"),
            {
                "fields": ["focal_x", "focal_y"],
                "description": _(
                    "Den del av bilden som ska synas även när bilden beskärs. 0 är längst till vänster "
                    "och högst upp, 100 är längst till höger och längst ner."
                ),
            },
        ),
        (_("Visning"), {"fields": ["in_gallery"]}),
    ]

    class Media:
        js = ("js/focal.js",)

    @admin.display(description=_("bild"))
    def preview(self, picture):
        if not picture.is_usable:
            return format_html('<span class="tk-thumb tk-thumb--gone">{}</span>', _("Visas inte"))
        return format_html(
            '<img class="tk-thumb {}" src="{}" alt="{}" width="96" height="96" loading="lazy">',
            picture.focal_classes,
            picture.thumbnail_url,
            # The link's name; the picture's own description stands beside it.
            _("Öppna %(title)s") % {"title": picture.title},
        )

    @admin.display(description=_("beskrivning"), ordering="alt")
    def description(self, picture):
        said = _("Dekorativ") if picture.is_decorative else picture.alt
        return format_html('{}<small class="tk-small">{}</small>', said, picture.credit)

    @admin.display(description=_("samtycke"), ordering="consent_until")
    def consent(self, picture):
        return picture.consent_in_words

    @admin.display(description=_("användning"))
    def place(self, picture):
        if not picture.is_on_a_page:
            return _("I bildgalleriet") if picture.in_gallery else _("Används inte")
        return _("På sidor och i bildgalleriet") if picture.in_gallery else _("På sidor")

    def get_queryset(self, request):
        on_a_page = Case(When(is_on_a_page(), then=True), default=False)
        return super().get_queryset(request).annotate(is_on_a_page=on_a_page)
