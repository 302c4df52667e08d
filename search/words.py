"""Find words in everything that is published, on both databases, with å ä ö in any case."""

from functools import reduce
from operator import or_

from django.db.models import Q

from publishing.collation import Fold, fold, sort_key
from publishing.models import content_models
from publishing.richtext import plain

MAX_QUERY = 100
MAX_WORDS = 8
MAX_HITS_PER_KIND = 200


def readable(query):
    """``query`` with blanks for the control characters that no page can hold."""
    return "".join(character if character.isprintable() else " " for character in query)


def split(query):
    """The words of ``query``, folded, without what no page can hold. At most MAX_WORDS of them."""
    words = [word.strip(".,;:!?\"'()*”“’") for word in fold(readable(query[:MAX_QUERY])).split()]
    return [word for word in words if word][:MAX_WORDS]


def search(query):
    """Published pages that hold every word of ``query``: those with the words in the title first.

    Returns a list of content objects. The number of database queries does not depend on their number.
    """
    words = split(query)
    if not words:
        return []
    hits = [page for model in content_models() for page in _pages_with(model, words)]
    return sorted(hits, key=lambda page: (-_rank(page, words), sort_key(page.title)))


def _pages_with(model, words):
    fields = ("title", "introduction", *model.search_fields)
    folded = {f"folded_{number}": Fold(field) for number, field in enumerate(fields)}
    pages = model.objects.published()
    for word in words:
        holds_word = reduce(or_, (Q(**{f"{name}__contains": word}) for name in folded))
        pages = pages.filter(
            pk__in=model.objects.annotate(**folded).filter(holds_word).values("pk")
        )
    related = {field.partition("__")[0] for field in fields if "__" in field}
    candidates = pages.prefetch_related(*related).order_by("pk")[:MAX_HITS_PER_KIND]
    # The database also sees the tags of rich text; a resident does not.
    return [page for page in candidates if all(word in _text(page, fields) for word in words)]


def _text(page, fields):
    """What a resident can read of ``fields`` on ``page``, folded."""
    parts = []
    for field in fields:
        name, _, inner = field.partition("__")
        rows = getattr(page, name).all() if inner else [page]
        parts += [plain(getattr(row, inner or name)) for row in rows]
    return fold(" ".join(parts))


def _rank(page, words):
    """How many words stand in the title, counted double, or in the introduction."""
    title, introduction = fold(page.title), fold(page.lead)
    return sum(2 * (word in title) + (word in introduction) for word in words)
