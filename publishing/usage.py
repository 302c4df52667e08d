"""Where something from the libraries is used: the pages whose columns point at it."""

from django.db.models import Q

from publishing.models import content_models

LIVE, DRAFT = "publicerad", "utkast"


def uses_of(obj):
    """[(page, "publicerad" or "utkast")] of every page that points at ``obj``, by title."""
    found = [page for model in content_models() for page in _pages_pointing_at(model, obj)]
    found.sort(key=lambda page: (page.title.casefold(), page.pk))
    return [(page, LIVE if page.is_published else DRAFT) for page in found]


def _pages_pointing_at(model, obj):
    fields = [
        field.name
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if field.related_model is type(obj)
    ]
    if not fields:
        return []
    named = Q()
    for name in fields:
        named |= Q(**{name: obj})
    return model._base_manager.filter(named).distinct()
