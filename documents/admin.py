from django.contrib import admin
from django.db import models
from django.template.defaultfilters import filesizeformat
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from documents.models import REVIEW_NOTICE, Document
from organisation.models import Person
from pictures.stored_admin import PlainFileInput, StoredFileAdmin


class ReviewFilter(admin.SimpleListFilter):
    title = _("granskning")
    parameter_name = "granskning"

    def lookups(self, request, model_admin):
        return [("nu", _("Ska granskas nu")), ("snart", _("Ska granskas inom 30 dagar"))]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        if self.value() == "nu":
            return queryset.due_for_review()
        if self.value() == "snart":
            soon = {"review_on__gt": today, "review_on__lte": today + REVIEW_NOTICE}
            return queryset.public().filter(**soon)
        return queryset


class AccessibleFilter(admin.SimpleListFilter):
    title = _("tillgänglighet")
    parameter_name = "tillganglig"

    def lookups(self, request, model_admin):
        return [("nej", _("Ej tillgänglig pdf")), ("ja", _("Tillgänglig pdf"))]

    def queryset(self, request, queryset):
        wanted = {"ja": True, "nej": False}.get(self.value())
        return queryset if wanted is None else queryset.filter(is_accessible=wanted)


class ShownFilter(admin.SimpleListFilter):
    title = _("på webbplatsen")
    parameter_name = "visas"

    def lookups(self, request, model_admin):
        return [("ja", _("Går att öppna")), ("nej", _("Indraget"))]

    def queryset(self, request, queryset):
        wanted = {"ja": False, "nej": True}.get(self.value())
        return queryset if wanted is None else queryset.filter(is_withdrawn=wanted)


@admin.register(Document)
class DocumentAdmin(StoredFileAdmin):
    formfield_overrides = {
        models.FileField: {
            "widget": PlainFileInput(attrs={"accept": ".pdf,application/pdf"}),
            "max_length": None,  # the stored name is our own
        }
    }
    list_display = ["title", "dated", "state", "accessible", "responsible", "review", "public_link"]
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
        return obj.get_absolute_url() if obj.is_public else None

    @admin.display(description=_("fil"), ordering="size")
    def state(self, document):
        size = filesizeformat(document.size)
        return _("%(size)s, indraget") % {"size": size} if document.is_withdrawn else size

    @admin.display(description=_("tillgänglighet"), ordering="is_accessible")
    def accessible(self, document):
        return _("Tillgänglig") if document.is_accessible else _("Ej tillgänglig")

    @admin.display(description=_("ska granskas"), ordering="review_on")
    def review(self, document):
        date = formats.date_format(document.review_on, "SHORT_DATE_FORMAT")
        if document.is_public and document.review_on <= timezone.localdate():
            return _("Ska granskas nu (%(date)s)") % {"date": date}
        return date

    @admin.display(description=_("på webbplatsen"))
    def public_link(self, document):
        if not document.is_public:
            return "–"
        return format_html('<a href="{}">{}</a>', document.get_absolute_url(), _("Hämta"))
