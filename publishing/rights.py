"""Who may change and publish which page. The groups themselves are made in tink_portal/groups.py.

Whoever has the right to publish of their own (Granskare) is never limited. A Redaktör publishes while
TINK_EDITORS_PUBLISH is on, and with TINK_OWN_PAGES_ONLY works only in pages where their own function is
responsible or deputy.
"""

from django.conf import settings
from django.contrib.auth import get_permission_codename

from organisation.models import Person
from publishing.drafts import draft_of

EDITORS = "Redaktör"


def has_right(user, action, model):
    opts = model._meta
    return user.has_perm(f"{opts.app_label}.{get_permission_codename(action, opts)}")


def is_limited(user, model):
    """Whether ``user`` may only work in their own pages of ``model``."""
    return settings.OWN_PAGES_ONLY and not has_right(user, "publish", model)


def may_reach(user, page):
    """Whether ``page`` is one that ``user`` may change or delete, given the right to such pages at all."""
    if not is_limited(user, type(page)):
        return True
    # A page that was never published has nobody who is responsible yet: it is also its maker's.
    is_new = not any(_live_people(page))
    return is_own(user, page) or (is_new and page.changed_by_id == user.pk)


def may_publish(user, model, page=None):
    """Whether ``user`` may publish ``page``, or pages of ``model`` at all when it is None."""
    if has_right(user, "publish", model):
        return True
    if not (settings.EDITORS_PUBLISH and is_editor(user)):
        return False
    return page is None or not is_limited(user, model) or is_own(user, page)


def is_editor(user):
    if not hasattr(user, "_is_editor"):
        user._is_editor = user.is_active and user.groups.filter(name=EDITORS).exists()
    return user._is_editor


def is_own(user, page):
    """Whether ``user`` is responsible for ``page`` or its deputy: as published, else as drafted."""
    people = set(_live_people(page)) - {None}
    if not people:
        people = {page.responsible_id, page.deputy_id}
        draft = draft_of(page)
        if draft:
            people |= {draft.content["fields"].get(name) for name in ("responsible", "deputy")}
    return _person(user) in people - {None}


def _live_people(page):
    """The keys of the two who are responsible in the live row, also when a draft lies over it."""
    return getattr(page, "live_people", (page.responsible_id, page.deputy_id))


def _person(user):
    if not hasattr(user, "_person_key"):
        user._person_key = (
            Person.objects.filter(user=user).values_list("pk", flat=True).first() or 0
        )
    return user._person_key
