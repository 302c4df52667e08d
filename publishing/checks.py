"""System checks for mistakes that otherwise stay silent."""

from django.core.checks import Error, register
from django.db.models import UniqueConstraint

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
