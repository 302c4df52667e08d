"""Where something is used: pages that link to a page, or show a picture or a document, drafts included.

PROTECT sees the foreign keys of live rows. This sees rich text and the JSON of drafts too.
"""

from django.conf import settings
from django.db.models import ProtectedError, Q
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils.translation import gettext as _

from publishing.models import PublishedContent, Revision, content_models
from publishing.richtext import RichTextField
from publishing.snapshots import content_columns, owned_relation, read_keys, read_value, row_columns

LIVE, DRAFTED = "publicerad", "utkast"
#: What is never deleted while it is used, and what a rich text calls it: <… "bild:12">.
GUARDED = {"pictures.picture": "bild", "documents.document": "dokument"}


class InUse(ProtectedError):
    """Raised instead of deleting something that a page or a draft shows. ``str()`` is for the editor."""

    def __str__(self):
        return self.args[0]


def uses_of(obj):
    """[(page, LIVE or DRAFTED)] of the pages that use ``obj``, by title. No question for each row."""
    if obj.pk is None:
        return []
    needles = _needles(obj)
    rows = [page for model in content_models() for page in _rows_that_use(model, obj, needles)]
    newest = Revision.objects.drafts().select_related("content_type")
    drafts = [draft for draft in newest if _draft_uses(draft, obj, needles)]
    # The draft first: its title is the newer one. A page that is not published is one use, not two.
    found = {(page, DRAFTED): page for page in _pages_of(drafts)}
    for page in rows:
        found.setdefault((page, LIVE if page.status == page.Status.PUBLISHED else DRAFTED), page)
    found = [(page, state) for (page, state) in found if page != obj]
    return sorted(found, key=lambda use: (use[0].title.lower(), use[0].pk, use[1] != LIVE))


def pages_linking_to(page):
    """The same for a page: those that link to it or point at it, itself left out."""
    return uses_of(page)


def _needles(obj):
    """The beginnings of what a rich text says when it refers to ``obj``, each whole up to what may follow."""
    label = obj._meta.label_lower
    exact = []
    if isinstance(obj, PublishedContent):
        exact.append(f'"sida:{label}:{obj.pk}')
        if obj.has_address:
            exact += _address_needles(obj.get_absolute_url())
    elif label in GUARDED:
        exact.append(f'"{GUARDED[label]}:{obj.pk}')
        if hasattr(obj, "get_file_url"):
            exact += _address_needles(obj.get_file_url())
    return [needle + end for needle in exact for end in ('"', "?", "#")]


def _address_needles(address):
    bare = address.rstrip("/")
    forms = {address, bare} if bare else {address}
    return [f'"{site}{form}' for site in ("", settings.SITE_URL) for form in sorted(forms)]


def _rows_that_use(model, obj, needles):
    """Rows of ``model`` that use ``obj``, in one question.

    A picture or a document is in use on a page that is not published too; a link there leads nobody astray.
    """
    condition = _columns_use(content_columns(model), "", obj, needles)
    for field in model._meta.many_to_many:
        if field.related_model is type(obj):
            condition |= Q(**{field.name: obj.pk})
    for name in model.owned:
        columns = row_columns(owned_relation(model, name))
        condition |= _columns_use(columns, f"{name}__", obj, needles)
    if isinstance(obj, PublishedContent):
        condition = condition and condition & Q(status=PublishedContent.Status.PUBLISHED)
    return model._base_manager.filter(
        Q(pk__in=model.objects.filter(condition).values("pk")) if condition else Q(pk=None)
    )


def _columns_use(columns, prefix, obj, needles):
    condition = Q()
    for field in columns:
        if field.is_relation and field.related_model is type(obj):
            condition |= Q(**{f"{prefix}{field.name}": obj.pk})
        elif isinstance(field, RichTextField):
            for needle in needles:
                condition |= Q(**{f"{prefix}{field.name}__contains": needle})
    return condition


def _draft_uses(draft, obj, needles):
    model = draft.content_type.model_class()
    if model is None:
        return False
    content = draft.content
    if _values_use(content_columns(model), content["fields"], obj, needles):
        return True
    for field in model._meta.many_to_many:
        stored = content["m2m"].get(field.name, [])
        if field.related_model is type(obj) and obj.pk in read_keys(field, stored)[0]:
            return True
    return any(
        _values_use(row_columns(owned_relation(model, name)), row["fields"], obj, needles)
        for name in model.owned
        for row in content["rows"].get(name, [])
    )


def _values_use(columns, values, obj, needles):
    for field in columns:
        value = values.get(field.name)
        if field.is_relation:
            if field.related_model is type(obj) and read_value(field, values)[0] == obj.pk:
                return True
        elif isinstance(field, RichTextField) and any(n in str(value or "") for n in needles):
            return True
    return False


def _pages_of(drafts):
    """The rows of ``drafts`` that still exist, one question for each kind; a draft's own title is theirs."""
    kinds = {}
    for draft in drafts:
        kinds.setdefault(draft.content_type, {})[draft.object_id] = draft.title
    for kind, titles in kinds.items():
        for page in kind.model_class()._base_manager.filter(pk__in=titles):
            page.title = titles[page.pk]
            yield page


@receiver(pre_delete, dispatch_uid="publishing.keep_what_is_used")
def keep_what_is_used(sender, instance, **kwargs):
    """A picture or a document that a page or a draft shows is not deleted."""
    if sender._meta.label_lower not in GUARDED:
        return
    uses = uses_of(instance)
    if uses:
        raise InUse(
            _("”%(name)s” används och kan inte tas bort. Ta först bort den från: %(pages)s.")
            % {
                "name": instance,
                "pages": ", ".join(f"{page.title} ({state})" for page, state in uses[:10]),
            },
            {page for page, _state in uses},
        )
