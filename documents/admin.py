from datetime import timedelta

from django.contrib import admin
from django.db import models
from django.db.models import Q
from django.template.defaultfilters import filesizeformat
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from documents.models import REVIEW_NOTICE, Document
from organisation.models import Person
from pictures.filters import ConditionFilter
from pictures.stored_admin import PlainFileInput, StoredFileAdmin


def due_now():
    return Q(is_withdrawn=False, review_on__lte=timezone.localdate())


def due_soon():
    tomorrow = timezone.localdate() + timedelta(days=1)
    return Q(is_withdrawn=False, review_on__range=(tomorrow, timezone.localdate() + REVIEW_NOTICE))


class ReviewFilter(ConditionFilter):
    title = _("granskning")
    parameter_name = "granskning"
    conditions = {
        "nu": (_("Ska granskas nu"), due_now),
        "snart": (_("Ska granskas inom 30 dagar"), due_soon),
    }


class AccessibleFilter(ConditionFilter):
    title = _("tillgänglighet")
    parameter_name = "tillganglig"
    conditions = {
        "nej": (_("Ej tillgänglig pdf"), lambda: Q(is_accessible=False)),
        "ja": (_("Tillgänglig pdf"), lambda: Q(is_accessible=True)),
    }


class ShownFilter(ConditionFilter):
    title = _("synlighet")
    parameter_name = "visas"
    conditions = {
        "ja": (_("Går att öppna"), lambda: Q(is_withdrawn=False)),
        "nej": (_("Indraget"), lambda: Q(is_withdrawn=True)),
    }


@admin.register(Document)
class DocumentAdmin(StoredFileAdmin):
    formfield_overrides = {
        models.FileField: {
            "widget": PlainFileInput(attrs={"accept": ".pdf,application/pdf"}),
            "max_length": None,  # the stored name is our own
        }
    }
    list_display = ["title", "dated", "stored", "accessible", "responsible", "review"]
    list_filter = [ReviewFilter, AccessibleFilter, ShownFilter]
    list_select_related = ["responsible"]
    list_per_page = 50
    search_fields = ["title", "registration_number", "adopted_by"]
    search_help_text = _("Sök på namn, diarienummer eller vem som har antagit dokumentet.")
    autocomplete_fields = ["responsible"]
    change_form_template = "admin/document_change_form.html"
    change_list_template = "admin/library_change_list.html"
    fieldsets = [
        (None, {"fields": ["title", "file", "dated", "registration_number", "adopted_by"]}),
        (
            _("Tillgänglighet"),
            {
                "fields": ["is_accessible", "other_way"],
                "description": _("Den som inte kan läsa filen ska kunna få innehållet ändå."),
            },
        ),
        (
            _("Ansvar"),
            {
                "fields": ["responsible", "review_on"],
                "description": _("Vem som håller dokumentet aktuellt, och när det ska gås igenom."),
            },
        ),
        (
            _("Visning"),
            {
                "fields": ["in_list", "is_withdrawn"],
                "description": _("Dokumentet går att öppna för alla så snart du har sparat."),
            },
        ),
    ]

    def get_changeform_initial_data(self, request):
        """Where only one can be responsible, nobody has to choose."""
        people = list(Person.objects.active()[:2])
        initial = {"responsible": people[0].pk} if len(people) == 1 else {}
        return initial | super().get_changeform_initial_data(request)

    def view_on_site(self, obj):
        return obj.get_absolute_url() if obj.is_published else None

    @admin.display(description=_("fil"), ordering="size")
    def stored(self, document):
        if not document.is_published:
            return _("Indraget")
        size = _("Hämta, %(size)s") % {"size": filesizeformat(document.size)}
        return format_html('<a href="{}">{}</a>', document.get_absolute_url(), size)

    @admin.display(description=_("tillgänglighet"), ordering="is_accessible")
    def accessible(self, document):
        return _("Tillgänglig") if document.is_accessible else _("Ej tillgänglig")

    @admin.display(description=_("granskning"), ordering="review_on")
    def review(self, document):
        date = {"date": formats.date_format(document.review_on, "DATE_FORMAT")}
        if document.is_published and document.review_on <= timezone.localdate():
            return _("Ska granskas nu (%(date)s)") % date
        return _("Ska granskas %(date)s") % date
