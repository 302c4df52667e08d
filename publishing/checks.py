"""System checks for mistakes that otherwise stay silent."""

from django.contrib import admin
from django.core.checks import Error, register
from django.db.models import FileField, UniqueConstraint

from publishing.models import content_models


@register()
def content_keeps_the_base_constraints(app_configs, **kwargs):
    """A Meta that does not inherit ``PublishedContent.Meta`` loses its constraints without a word."""
    return [
        Error(
            f"{model._meta.label} saknar basens villkor.",
            hint="Låt klassens Meta ärva PublishedContent.Meta och utöka dess constraints.",
            obj=model,
            id="publishing.E001",
        )
        for model in content_models()
        if not _has_base_constraints(model)
    ]


def _has_base_constraints(model):
    constraints = model._meta.constraints
    ends = ("_published_is_complete", "_until_after_from")
    return all(any(c.name.endswith(end) for c in constraints) for end in ends) and any(
        isinstance(c, UniqueConstraint) and c.condition for c in constraints
    )


@register()
def drafts_can_hold_every_page(app_configs, **kwargs):
    """What a Revision cannot hold would be lost, or published, without a word."""
    return [
        Error(sentence, obj=model, id="publishing.E002")
        for model in content_models()
        for sentence in [*_model_faults(model), *_admin_faults(model)]
    ]


def _model_faults(model):
    owned = [model._meta.get_field(name).related_model for name in model.owned]
    for kind in (model, *owned):
        if any(isinstance(field, FileField) for field in kind._meta.concrete_fields):
            yield f"{kind._meta.label}: en fil kan inte ligga i ett utkast. Peka på en bild i stället."
    for field in model._meta.many_to_many:
        if not field.remote_field.through._meta.auto_created:
            yield f"{field}: ett utkast kan inte hålla en egen mellantabell."


def _admin_faults(model):
    from publishing.admin import ContentAdmin, OwnedInline

    screen = admin.site._registry.get(model)
    if screen is None:
        return
    if not isinstance(screen, ContentAdmin):
        yield f"{model._meta.label}: redigeras utanför ContentAdmin, alltså utan utkast."
        return
    if screen.list_editable:
        yield f"{model._meta.label}: list_editable skriver förbi utkasten."
    inlines = {inline.model: inline for inline in screen.inlines}
    owned = {model._meta.get_field(name).related_model for name in model.owned}
    if set(inlines) != owned or not all(issubclass(i, OwnedInline) for i in inlines.values()):
        yield f"{model._meta.label}: owned och inlines måste stämma överens och vara OwnedInline."
