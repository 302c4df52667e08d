"""What the forms of everything that stores an uploaded file share."""

from django import forms
from django.contrib import admin, messages
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _


class PlainFileInput(forms.FileInput):
    """Django's own widget links to the stored file's address, which is not how our files are served."""

    def use_required_attribute(self, initial):
        return not initial and super().use_required_attribute(initial)


class StoredFileForm(forms.ModelForm):
    """A browser sends a chosen file once: when the form comes back with an error, that is said."""

    def full_clean(self):
        super().full_clean()
        if self.errors and self.files.get("file") and "file" not in self.errors:
            self.add_error(
                "file", _("Välj filen igen. Den följde inte med när något annat var fel.")
            )


class StoredFileAdmin(admin.ModelAdmin):
    """A form that survives a disk that is full: the file is refused with a sentence, the text stays."""

    form = StoredFileForm
    disk_full = _(
        "Filen kunde inte sparas eftersom servern inte kan ta emot den just nu. Försök igen om en stund. "
        "Hjälper det inte, kontakta den som sköter driften. Inget annat har ändrats."
    )

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except OSError:
            if request.method != "POST":
                raise
            request.cannot_store = True
            messages.error(request, self.disk_full)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        if change and "file" in form.base_fields:
            field = form.base_fields["file"]
            kept = _("Välj en fil bara om den ska ersätta den som finns.")
            field.help_text = format_html("{} {}", kept, field.help_text)
        if not getattr(request, "cannot_store", False):
            return form

        class Refused(form):
            def clean(self):
                super().clean()
                self.add_error("file", _("Filen är inte sparad. Välj den igen."))

        return Refused
