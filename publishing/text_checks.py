"""Proofreading of pages: which of their fields are text, and what their remarks stop.

Errors stop publishing. Warnings need a reason, which is kept with the version. Nothing is stored about the
remarks themselves: they follow from the text whenever somebody looks.
"""

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from proofreading.checking import proofread
from proofreading.texts import Kind, Text
from publishing.richtext import RichTextField, sanitise

KINDS = {"title": Kind.TITLE, "introduction": Kind.LEAD, "heading": Kind.HEADING}
NOT_PROSE = (models.SlugField, models.EmailField, models.URLField)


def kind_of(model, name):
    """What kind of text the field ``name`` holds; None for a field that holds none."""
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
    if isinstance(field, RichTextField):
        return Kind.HTML
    is_prose = isinstance(field, (models.CharField, models.TextField)) and field.editable
    if not is_prose or field.choices or isinstance(field, NOT_PROSE):
        return None
    return KINDS.get(name, Kind.LINE)


def _texts(model, values, place):
    """Texts among ``values`` ({name: value}); ``place(name)`` says what each is known by."""
    headed = getattr(model, "headed_fields", ())
    for name, value in values.items():
        kind = kind_of(model, name)
        if kind is Kind.HTML:
            value = sanitise(value)  # what will be stored, not what was posted
        if kind is not None and value:
            yield Text(place(name), str(value), kind, name in headed)


def _row_label(model, number, label):
    return f"{str(model._meta.verbose_name).capitalize()} {number}: {label}"


def _label(model, name):
    return str(model._meta.get_field(name).verbose_name).capitalize()


# --- A version, in Revision's shape ---------------------------------------------------------------


def remarks_on_content(model, content):
    """Remarks on a page of ``model`` that says ``content``; their places are the names of the fields."""
    texts = [*_texts(model, content["fields"], lambda name: _label(model, name))]
    for relation in model.owned:
        row_model = model._meta.get_field(relation).related_model
        for number, row in enumerate(content["rows"].get(relation, []), start=1):

            def place(name, row_model=row_model, number=number):
                return _row_label(row_model, number, _label(row_model, name))

            texts += _texts(row_model, row["fields"], place)
    return proofread(texts)


def require_publishable(model, revision):
    """The last gate, whoever publishes: ValidationError for errors, and for warnings without a reason."""
    remarks = remarks_on_content(model, revision.content)
    errors = [f"{remark.place}: {remark.sentence}" for remark in remarks if remark.is_error]
    if errors:
        raise ValidationError(errors)
    if remarks and not revision.check_reason:
        raise ValidationError(
            _("Texten har varningar. Skriv under Textkontroll varför den ska publiceras ändå.")
        )


# --- A form ---------------------------------------------------------------------------------------


def remember(formset):
    """Let the page's form find the rows that are edited with it."""
    formset.instance.__dict__.setdefault("checked_formsets", []).append(formset)


class FormChecks:
    """The remarks on what a ContentForm and its rows show. Asks the database nothing."""

    def __init__(self, form):
        self.form = form

    @cached_property
    def remarks(self):
        return proofread([*self._texts_of(self.form), *self._texts_of_rows()])

    @property
    def errors(self):
        return [remark for remark in self.remarks if remark.is_error]

    @property
    def warnings(self):
        return [remark for remark in self.remarks if not remark.is_error]

    @property
    def are_shown(self):
        """A new page says nothing until it has been saved."""
        return bool(self.remarks or self.form.instance.pk)

    def _texts_of(self, form, label="{}"):
        shown = {name: _value(form[name]) for name in form.fields}

        def place(name):
            bound = form[name]
            bound.place_label = label.format(bound.label)
            return bound

        return _texts(form._meta.model, shown, place)

    def _texts_of_rows(self):
        for formset in self.form.instance.__dict__.get("checked_formsets", []):
            for number, row in enumerate(_kept_rows(formset), start=1):
                yield from self._texts_of(row, _row_label(formset.model, number, "{}"))

    def refuse(self):
        """Turn what stops publishing into errors of the form and its rows."""
        for remark in self.errors:
            remark.place.form.add_error(remark.place.name, remark.sentence)
        if self.warnings and not self.reason:
            self.form.add_error("check_reason", self._ask_for_reason())

    @cached_property
    def reason(self):
        """The reason to keep with the version. One that was written for other warnings does not count."""
        written = self.form.cleaned_data.get("check_reason", "").strip()
        return written if self.warnings and not self._is_outgrown(written) else ""

    def _is_outgrown(self, written):
        """Whether ``written`` was taken over from a version that did not have all of these warnings."""
        newest = self.form.newest
        if not written or newest is None or written != newest.check_reason:
            return False
        before = {r.identity for r in remarks_on_content(type(self.form.instance), newest.content)}
        return any(remark.identity not in before for remark in self.warnings)

    def _ask_for_reason(self):
        if self.form.cleaned_data.get("check_reason", "").strip():
            return _(
                "Det finns fler varningar nu än när du skrev det här. "
                "Skriv varför texten ska publiceras ändå"
            )
        return _("Skriv varför texten ska publiceras ändå")

    def show_beneath_fields(self):
        """Add each field's remarks to its help text. What already is an error of the field is left out."""
        by_field = {}
        for remark in self.remarks:
            if remark.sentence not in remark.place.errors:
                by_field.setdefault(remark.place, []).append(remark)
        for bound, remarks in by_field.items():
            bound.help_text = format_html(
                '{}<ul class="tk-remarks">{}</ul>', bound.help_text, _items(remarks)
            )


def _items(remarks):
    return format_html_join(
        "",
        '<li class="tk-{}"><strong>{}</strong> {}</li>',
        ((r.level.value, _("Fel:") if r.is_error else _("Varning:"), r.sentence) for r in remarks),
    )


def _value(bound):
    cleaned = getattr(bound.form, "cleaned_data", {}) if bound.form.is_bound else {}
    return cleaned.get(bound.name, bound.value())


def _kept_rows(formset):
    """The rows that will be there after saving: not the ones taken away, nor the empty new ones."""
    if not formset.is_bound:
        return formset.forms
    formset.is_valid()  # cleans the rows
    return [
        row
        for row in formset.forms
        if not (formset.can_delete and formset._should_delete_form(row))
        and (row.instance.pk or row.has_changed())
    ]
