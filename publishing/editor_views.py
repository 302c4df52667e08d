"""What the rich text editor asks for while somebody writes, as JSON: pages to link to, and pictures."""

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import JsonResponse
from django.utils.translation import gettext as _

from publishing.collation import Fold, Swedish, fold, sort_key
from publishing.models import content_models
from publishing.references import DOCUMENT, PICTURE, model_of, reference_to, target_of

MOST = 20
MAX_QUERY = 100


def link_targets(request):
    """``?q=words``: pages and documents whose title holds every word. ``?ref=sida:…``: those very ones."""
    models = [model for model in _linkable() if _may_view(request.user, model)]
    if not models:
        raise PermissionDenied
    references = request.GET.getlist("ref")[:MOST]
    if references:
        rows = [row for model in models for row in _named(model, references)]
    else:
        rows = [row for model in models for row in _titled(model, request.GET.get("q", ""))]
        rows.sort(key=lambda row: (not _is_shown(row), sort_key(str(row))))
    return JsonResponse({"targets": [_target(row) for row in rows[:MOST]]})


def picture_choices(request):
    """``?q=words``: usable pictures. ``?ref=bild:…``: those very ones, if they are usable."""
    picture = apps.get_model(PICTURE)
    if not _may_view(request.user, picture):
        raise PermissionDenied
    references = request.GET.getlist("ref")[:MOST]
    if references:
        rows = picture.objects.usable().filter(pk__in=_keys(PICTURE, references))
    else:
        names = ("title", "alt", "caption")
        rows = _holding(picture.objects.usable(), names, request.GET.get("q", ""))
        rows = rows.order_by(Swedish("title"), "pk")
    return JsonResponse({"pictures": [_picture(row) for row in rows[:MOST]]})


def _linkable():
    return [*content_models(), *filter(None, [model_of(DOCUMENT)])]


def _may_view(user, model):
    return user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}")


def _keys(label, references):
    targets = filter(None, map(target_of, references))
    return [key for name, key in targets if name == label]


def _named(model, references):
    keys = _keys(model._meta.label_lower, references)
    return model._base_manager.filter(pk__in=keys) if keys else []


def _titled(model, query):
    return _holding(model._default_manager.all(), ["title"], query).order_by(
        Swedish("title"), "pk"
    )[:MOST]


def _holding(rows, names, query):
    """``rows`` in which every word of ``query`` stands in one of the columns ``names``."""
    rows = rows.annotate(**{f"folded_{name}": Fold(name) for name in names})
    for word in fold(query[:MAX_QUERY].replace("\x00", "")).split():
        holds = Q()
        for name in names:
            holds |= Q(**{f"folded_{name}__contains": word})
        rows = rows.filter(holds)
    return rows


def _is_shown(row):
    return getattr(row, "is_published", True)


def _target(row):
    kind = getattr(row, "kind", None) or row._meta.verbose_name
    return {
        "reference": reference_to(row),
        "title": str(row),
        "kind": str(kind),
        "note": "" if _is_shown(row) else _("Syns inte på webbplatsen nu"),
    }


def _picture(row):
    return {
        "reference": f"bild:{row.pk}",
        "title": row.title,
        "alt": row.alt,
        "caption": row.caption,
        "credit": row.credit,
        "address": row.get_file_url(),
    }
