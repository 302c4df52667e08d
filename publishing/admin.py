"""The admin base that every kind of page shares: a draft beside the live page, in an editor's order."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from js_asset import Media

from organisation.models import Person
from publishing import rights
from publishing.compare import compare
from publishing.draft_forms import (
    PREVIEW,
    PUBLISH,
    SCHEDULE,
    ContentForm,
    DraftFormSet,
    LabelledSplitDateTime,
    is_for_publishing,
    require_publishing_right,
)
from publishing.draft_views import (
    compare_view,
    deleted_view,
    preview_view,
    restore_view,
    versions_view,
)
from publishing.drafts import (
    SavedMeanwhile,
    as_draft,
    draft_of,
    newest_revision,
    publish,
    save_draft,
)
from publishing.editing import editing_view, others_in, saved_lately
from publishing.leaving import LeavingForm, lead_on, leaving_context, unpublish_view
from publishing.models import Revision
from publishing.review_views import may_review, review_view
from publishing.reviews import next_review
from publishing.share_views import frame_view, share_view
from publishing.snapshots import overlay, snapshot, snapshot_of_form


class OwnedInline(admin.StackedInline):
    """Rows that belong to a page and are drafted and published with it."""

    formset = DraftFormSet
    extra = 0

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        parent = self.admin_site.get_model_admin(self.parent_model)
        formset.is_only_shown = obj is not None and not parent.has_change_permission(request, obj)
        return formset


def _has_changed(form, formsets):
    return form.has_changed() or any(formset.has_changed() for formset in formsets)


class ContentAdmin(admin.ModelAdmin):
    """Set ``own_fieldsets`` to what is special to the kind of page; the rest is the same for all."""

    form = ContentForm
    formfield_overrides = {models.DateTimeField: {"widget": LabelledSplitDateTime}}
    #: Fieldsets between the text and the address.
    own_fieldsets = ()
    #: Fields shown first, beside title and introduction.
    first_fields = ()
    prepopulated_fields = {"slug": ["title"]}
    list_display = ["title", "state", "responsible", "content_changed_on", "public_link"]
    list_filter = ["status", "responsible", "is_sensitive"]
    list_select_related = ["responsible"]
    search_fields = ["title", "introduction", "body"]
    readonly_fields = ["content_changed_on", "reviewed_on", "review_on"]
    autocomplete_fields = ["lead_picture", "responsible", "deputy"]
    list_per_page = 50
    change_form_template = "admin/content_change_form.html"
    change_list_template = "admin/content_change_list.html"
    delete_confirmation_template = "admin/content_delete.html"

    class Media:
        js = ("js/editor-dialog.js", "js/editor.js", "js/text-checks.js")

    # --- What the screen looks like ---------------------------------------------------------------

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
                    "classes": ["tk-after-rows"],
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
                        *("publish_from", "publish_until", "is_sensitive", "content_changed_on"),
                        *("minor_change", "note", "show_note", "publish_at", "base"),
                    ],
                    "description": _("Inget syns för invånarna förrän du väljer Publicera."),
                },
            ),
        ]

    def get_address_fields(self):
        return ["slug"]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        # The editor's import map is an inline script: it needs this answer's nonce.
        context["media"] = Media.from_media(context["media"], nonce=str(request.csp_nonce))
        form = context["adminform"].form
        form.checks.show_beneath_fields()
        context |= {
            "may_publish": self.has_publish_permission(request, obj),
            "is_somebody_elses": obj is not None
            and rights.has_right(request.user, "change", self.model)
            and not self.has_change_permission(request, obj),
            "draft": getattr(obj, "draft", None),
            "may_review": bool(obj and obj.live_address) and may_review(request, self, obj),
            "next_review": next_review(obj) if obj else None,
            "differences": self._differences(context) if getattr(form, "is_stale", False) else None,
        }
        if obj is not None and self.has_change_permission(request, obj):
            context["others_in"] = others_in(obj, request.user)
            context["saved_lately"] = saved_lately(context["draft"], request.user)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def _differences(self, context):
        """What somebody else's newer version says beside what this editor wrote."""
        form = context["adminform"].form
        if form.newest is None:
            return None
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        return compare(self.model, form.newest.content, snapshot_of_form(form, formsets))

    def get_changeform_initial_data(self, request):
        """Where only one can be responsible, nobody has to choose."""
        people = list(Person.objects.active()[:2])
        initial = {"responsible": people[0].pk} if len(people) == 1 else {}
        return initial | super().get_changeform_initial_data(request)

    def view_on_site(self, obj):
        return obj.live_address

    @admin.display(description=_("status"), ordering="status")
    def state(self, obj):
        if obj.has_draft and obj.is_published:
            return _("Publicerad, ändringar i utkast")
        return obj.get_status_display()

    @admin.display(description=_("på webbplatsen"))
    def public_link(self, obj):
        if not obj.is_published:
            return "–"
        return format_html('<a href="{}">{}</a>', obj.get_absolute_url(), _("Visa"))

    def get_queryset(self, request):
        kind = models.Value(self.opts.label_lower.partition(".")[0])
        newest = Revision.objects.filter(
            content_type__app_label=kind,
            content_type__model=self.opts.model_name,
            object_id=models.OuterRef("pk"),
        ).order_by("-number")
        unpublished = newest.annotate(
            is_draft=models.Case(
                models.When(published_at=None, then=True),
                default=False,
                output_field=models.BooleanField(),
            )
        )
        return (
            super()
            .get_queryset(request)
            .annotate(has_draft=models.Subquery(unpublished.values("is_draft")[:1]))
        )

    # --- Who may ----------------------------------------------------------------------------------

    def has_publish_permission(self, request, obj=None):
        return rights.may_publish(request.user, self.model, obj)

    def has_change_permission(self, request, obj=None):
        may = super().has_change_permission(request, obj)
        return may and (obj is None or rights.may_reach(request.user, obj))

    def has_delete_permission(self, request, obj=None):
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or rights.may_reach(request.user, obj))

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.editor = request.user
        return form

    # --- Drafts -----------------------------------------------------------------------------------

    def get_object(self, request, object_id, from_field=None):
        """The row with its draft laid over it, when it is shown and when it is posted."""
        page = super().get_object(request, object_id, from_field)
        if page is not None:
            page.live_people = (page.responsible_id, page.deputy_id)
            page.live_address = page.get_absolute_url() if page.is_published else None
            page.newest_version = newest_revision(page)
            page.draft = as_draft(page.newest_version)
            if page.draft:
                for sentence in overlay(page, page.draft):
                    if request.method == "GET":
                        messages.warning(request, sentence)
        return page

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except SavedMeanwhile:
            # Lost by a hair: the same post once more is refused by the form, with the text in it.
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        """A new page becomes a row with only a title; an existing row is not touched."""
        if is_for_publishing(request.POST):
            require_publishing_right(request, self, obj)
        if not change:
            shell = self.model(title=obj.title, changed_by=request.user)
            shell.save()
            obj.pk = shell.pk
            obj._state.adding = False

    def save_related(self, request, form, formsets, change):
        for formset in formsets:
            formset.save(commit=False)  # fills the lists that the log reads
        if change and PREVIEW in request.POST and not _has_changed(form, formsets):
            return
        revision = save_draft(
            form.instance,
            snapshot_of_form(form, formsets),
            (form.current_number if change else 0) + 1,
            request.user,
            note=form.cleaned_data["note"],
            is_note_public=form.cleaned_data["show_note"],
            check_reason=form.checks.reason,
            is_minor=form.cleaned_data["minor_change"],
            publish_at=form.cleaned_data["publish_at"] if SCHEDULE in request.POST else None,
        )
        if PUBLISH in request.POST:
            self._publish(request, form.instance, revision)

    def _publish(self, request, page, revision):
        try:
            with transaction.atomic():
                publish(page, revision, request.user)
        except ValidationError as error:
            messages.error(request, _("Sidan är sparad som utkast men inte publicerad."))
            for sentence in error.messages:
                messages.error(request, sentence)
        else:
            messages.success(request, _("Sidan är publicerad."))

    def _answer(self, request, obj):
        if SCHEDULE in request.POST:
            messages.success(
                request, _("Ändringarna är sparade och publiceras på den tid du valde.")
            )
        elif PUBLISH not in request.POST and PREVIEW not in request.POST:
            messages.success(request, _("Utkastet är sparat. Det syns inte på webbplatsen än."))
        if PREVIEW in request.POST:
            return HttpResponseRedirect(self._url("frame", obj.pk))
        return HttpResponseRedirect(self._url("change", obj.pk))

    def log_change(self, request, obj, message):
        """Looking at a page that nobody has changed is nothing to remember."""
        if PREVIEW not in request.POST or message:
            super().log_change(request, obj, message)

    def response_add(self, request, obj, post_url_continue=None):
        if "_popup" in request.POST:
            return super().response_add(request, obj, post_url_continue)
        return self._answer(request, obj)

    def response_change(self, request, obj):
        return self._answer(request, obj)

    def delete_view(self, request, object_id, extra_context=None):
        """Ask, with the pages that link here beside it; a choice that will not do is refused first."""
        page = self.model._base_manager.filter(pk=unquote(object_id)).first()
        if page is None or not self.has_delete_permission(request, page):
            return super().delete_view(request, object_id, extra_context)
        if request.method == "POST":
            form = LeavingForm(page, request.POST)
            if not form.is_valid():
                for sentence in form.errors["leads_to"]:
                    messages.error(request, sentence)
                return HttpResponseRedirect(self._url("delete", page.pk))
            return super().delete_view(request, object_id, extra_context)
        context = leaving_context(page) | (extra_context or {})
        return super().delete_view(request, object_id, context)

    def delete_model(self, request, obj):
        live = self.model._base_manager.get(pk=obj.pk)
        self._keep_last_version(request, obj)
        super().delete_model(request, obj)
        if target := lead_on(live, request.POST):
            messages.success(request, _("Adressen leder nu vidare till %s.") % target)

    def delete_queryset(self, request, queryset):
        for obj in queryset:
            self._keep_last_version(request, obj)
        super().delete_queryset(request, queryset)

    def _keep_last_version(self, request, obj):
        """What the website showed; of a page that it does not show, the draft, which is all there is."""
        live = self.model._base_manager.get(pk=obj.pk)
        draft = None if live.status == live.Status.PUBLISHED else draft_of(live)
        newest = Revision.objects.of(live).values_list("number", flat=True).first() or 0
        content = draft.content if draft else snapshot(live)
        save_draft(live, content, newest + 1, request.user, note=str(_("Före borttagning")))

    # --- Pages of their own -----------------------------------------------------------------------

    def get_urls(self):
        info = self.opts.app_label, self.opts.model_name
        views = {
            "versioner": ("versions", versions_view),
            "jamfor": ("compare", compare_view),
            "forhandsgranska": ("preview", preview_view),
            "aterstall": ("restore", restore_view),
            "avpublicera": ("unpublish", unpublish_view),
            "granskad": ("review", review_view),
            "redigerar": ("editing", editing_view),
            "visa": ("frame", frame_view),
            "dela": ("share", share_view),
        }
        own = [
            path(
                f"<path:object_id>/{address}/",
                self.admin_site.admin_view(self._side_view(view)),
                name="{}_{}_{}".format(*info, name),
            )
            for address, (name, view) in views.items()
        ]
        deleted = path(
            "borttagna/",
            self.admin_site.admin_view(self._deleted_view),
            name="{}_{}_deleted".format(*info),
        )
        return [deleted, *own, *super().get_urls()]

    def _deleted_view(self, request):
        if not self.has_add_permission(request):
            raise PermissionDenied
        return deleted_view(request, self)

    def _side_view(self, view):
        """Every side view asks for the right to see the page before anything else."""

        def checked(request, object_id):
            page = self.model._base_manager.filter(pk=unquote(object_id)).first()
            if not self.has_view_permission(request, page):
                raise PermissionDenied
            if page is None:
                return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
            return view(request, self, page)

        return checked

    def _url(self, name, *args):
        return reverse(
            f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_{name}", args=args
        )
