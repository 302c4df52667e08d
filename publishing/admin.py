"""The admin base that every kind of page shares, in the order of an editor's thoughts."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminSplitDateTime
from django.db import models
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from js_asset import Media

from publishing.models import PublishedContent


class LabelledSplitDateTime(AdminSplitDateTime):
    """Date and time with a name each; the stock widget leaves both without a label."""

    def __init__(self, attrs=None):
        super().__init__(attrs)
        for widget, name in zip(self.widgets, (_("Datum"), _("Klockslag")), strict=True):
            widget.attrs["aria-label"] = name


class ContentForm(forms.ModelForm):
    minor_change = forms.BooleanField(
        label=_("Liten ändring"),
        required=False,
        help_text=_(
            "Kryssa i när du bara rättar stavfel. Då ändras inte ”Senast ändrad” på sidan."
        ),
    )


class ContentAdmin(admin.ModelAdmin):
    """Set ``own_fieldsets`` to what is special to the kind of page; the rest is the same for all."""

    form = ContentForm
    formfield_overrides = {models.DateTimeField: {"widget": LabelledSplitDateTime}}
    #: Fieldsets between the text and the address.
    own_fieldsets = ()
    #: Fields shown first, beside title and introduction.
    first_fields = ()
    prepopulated_fields = {"slug": ["title"]}
    list_display = ["title", "status", "responsible", "content_changed_on", "public_link"]
    list_filter = ["status", "responsible", "is_sensitive"]
    list_select_related = ["responsible"]
    search_fields = ["title", "introduction", "body"]
    readonly_fields = ["content_changed_on"]
    autocomplete_fields = ["lead_picture", "responsible", "deputy"]
    list_per_page = 50
    change_form_template = "admin/content_change_form.html"

    class Media:
        js = ("js/editor.js",)

    def render_change_form(self, request, context, *args, **kwargs):
        # The editor's import map is an inline script: it needs this answer's nonce.
        context["media"] = Media.from_media(context["media"], nonce=str(request.csp_nonce))
        return super().render_change_form(request, context, *args, **kwargs)

    def get_fieldsets(self, request, obj=None):
        return [
            (
                None,
                {"fields": ["title", *self.first_fields, "introduction", "lead_picture", "body"]},
            ),
            *self.own_fieldsets,
            (
                _("Adress"),
                {
                    "fields": self.get_address_fields(),
                    "description": _("Var sidan ligger på webbplatsen."),
                },
            ),
            (
                _("Ansvar"),
                {
                    "fields": ["responsible", "deputy", "reviewed_on", "review_on"],
                    "description": _("Vem som får synpunkterna, och när sidan ska gås igenom."),
                },
            ),
            (
                _("Publicering"),
                {
                    "fields": [
                        *("status", "publish_from", "publish_until", "is_sensitive"),
                        *("content_changed_on", "minor_change"),
                    ],
                    "description": _("Bara sidor med status Publicerad syns för invånarna."),
                },
            ),
        ]

    def get_address_fields(self):
        return ["slug"]

    def save_model(self, request, obj, form, change):
        obj.changed_by = request.user
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        """Move "Senast ändrad" when the content changed: in the form or in rows that belong to the page."""
        super().save_related(request, form, formsets, change)
        changed = set(form.changed_data) & set(self.model.content_fields)
        in_rows = any(formset.has_changed() for formset in formsets)
        if change and (changed or in_rows) and not form.cleaned_data.get("minor_change"):
            form.instance.content_changed_on = timezone.localdate()
            form.instance.save(update_fields=["content_changed_on"])

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.is_published else None

    @admin.display(description=_("på webbplatsen"))
    def public_link(self, obj: PublishedContent):
        if not obj.is_published:
            return "–"
        return format_html('<a href="{}">{}</a>', obj.get_absolute_url(), _("Visa"))
