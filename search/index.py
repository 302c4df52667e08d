"""Keep SearchEntry in step with what is published.

A page is indexed when the transaction that changed it has ended, so that its rows are there too. What is
outside its publishing window has an entry all the same: the query looks at the clock.
"""

import logging
from collections import Counter
from functools import cache, lru_cache

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Max

from publishing.models import PublishedContent, content_models
from publishing.richtext import plain
from search.analysis import AREA, KIND, Lexicon, fold, readable, words
from search.models import SearchEntry, Word
from search.sources import FACTS, facts

log = logging.getLogger("search")

LONGEST_WORD = 40
BATCH = 500


@lru_cache(maxsize=2)
def _lexicon(version):
    return Lexicon(Word.objects.values_list("word", flat=True))


def lexicon():
    """The words that compounds are taken apart with, as of the last ``rebuild``."""
    return _lexicon(Word.objects.aggregate(version=Max("pk"))["version"])


def terms(text, parts):
    """The distinct terms of ``text``, space-separated, in the order in which they first occur."""
    found = {word.text: None for word in words(text)}
    return " ".join(
        dict.fromkeys(
            term for word in found if len(word) <= LONGEST_WORD for term in parts.terms(word)
        )
    )


def entry_of(page, parts):
    """The SearchEntry of a page, not saved."""
    body = " ".join(_texts(page))
    return make_entry(
        parts,
        page,
        kind=page._meta.model_name,
        area=_area(page),
        path=page.get_absolute_url(),
        title=page.title,
        introduction=page.lead,
        body=body,
        date=getattr(page, "published_on", None) or page.content_changed_on,
        visible_from=page.publish_from,
        visible_until=page.publish_until,
    )


def entry_of_fact(fact, parts):
    """The same for a fact without a page of its own."""
    texts = {"title": fact.title, "introduction": fact.introduction, "body": fact.body}
    return make_entry(parts, fact.row, kind=fact.row._meta.model_name, path=fact.path, **texts)


def make_entry(parts, source, *, kind, title, introduction="", body="", area=None, **values):
    """An entry with its terms; kind and area are terms as well, so that a filter needs no second index."""
    texts = {"title": title, "introduction": introduction, "body": body}
    texts = {name: readable(text) for name, text in texts.items()}
    fixed = [KIND + kind, *([f"{AREA}{area}"] if area else [])]
    return SearchEntry(
        content_type=ContentType.objects.get_for_model(source),
        object_id=source.pk,
        kind=kind,
        area=area,
        **texts,
        **{
            f"{name}_terms": " ".join([*fixed, terms(text, parts)]).strip()
            for name, text in texts.items()
        },
        **values,
    )


def _area(page):
    """The area that a page belongs to, as a key; an area belongs to itself."""
    if page._meta.label == "activities.GoalArea":
        return page.pk
    return getattr(page, "area_id", None)


def _texts(page):
    for field in page.search_fields:
        name, _, inner = field.partition("__")
        rows = getattr(page, name).all() if inner else [page]
        yield from (plain(getattr(row, inner or name)) for row in rows)


def _published(model):
    """Rows with an address that are published now or will be by the clock alone."""
    related = {field.partition("__")[0] for field in model.search_fields if "__" in field}
    rows = model.objects.filter(status=PublishedContent.Status.PUBLISHED)
    return rows.prefetch_related(*related)


@cache
def _owners():
    """{model of a page's own rows: [(the page's model, the column that points at it)]}."""
    owners = {}
    for model in content_models():
        for name in model.owned:
            relation = model._meta.get_field(name)
            owners.setdefault(relation.related_model, []).append((model, relation.field.attname))
    return owners


def pages_behind(model, instance):
    """(model, key) of every entry that a change of ``instance`` concerns."""
    if issubclass(model, PublishedContent) or model in FACTS:
        return [(model, instance.pk)]
    return [(owner, getattr(instance, column)) for owner, column in _owners().get(model, ())]


# --- One page -------------------------------------------------------------------------------------


def update(model, key):
    """Make the entry of one row again, or remove it."""
    kind = ContentType.objects.get_for_model(model)
    if issubclass(model, PublishedContent):
        row = _published(model).filter(pk=key).first()
        entries = [entry_of(row, lexicon())] if row else []
    else:
        entries = [entry_of_fact(fact, lexicon()) for fact in facts(model, pk=key)]
    with transaction.atomic():
        SearchEntry.objects.filter(content_type=kind, object_id=key).delete()
        SearchEntry.objects.bulk_create(entries)


def update_soon(model, key):
    """``update`` when this transaction has ended; several changes of one row in it are one update."""
    hooks = (hook for _sids, hook, *_rest in transaction.get_connection().run_on_commit)
    if not any(isinstance(hook, _Update) and hook.waits_for(model, key) for hook in hooks):
        transaction.on_commit(_Update(model, key))


class _Update:
    """One ``update`` that waits. A fault in the index is told in the log and stops nobody's publishing."""

    def __init__(self, model, key):
        self.model, self.key, self.is_done = model, key, False

    def waits_for(self, model, key):
        return not self.is_done and (self.model, self.key) == (model, key)

    def __call__(self):
        self.is_done = True
        try:
            update(self.model, self.key)
        except Exception:
            log.exception("search index: %s %s", self.model._meta.label, self.key)


# --- Everything -----------------------------------------------------------------------------------


def rebuild():
    """Count the words again, then make every entry again: new words help old pages. Returns a number."""
    _count_words()
    parts = lexicon()
    with transaction.atomic():
        SearchEntry.objects.all().delete()
        entries = [
            entry_of(page, parts) for model in content_models() for page in _published(model)
        ]
        entries += [entry_of_fact(fact, parts) for model in FACTS for fact in facts(model)]
        SearchEntry.objects.bulk_create(entries, batch_size=BATCH)
    return len(entries)


def _count_words():
    pages = Counter()
    texts = [
        " ".join([page.title, page.lead, *_texts(page)])
        for model in content_models()
        for page in _published(model)
    ]
    texts += [
        f"{fact.title} {fact.introduction} {fact.body}" for model in FACTS for fact in facts(model)
    ]
    for text in texts:
        found = {word.text for word in words(readable(text))}
        pages.update(word for word in found if 3 <= len(word) <= LONGEST_WORD and word.isalpha())
    with transaction.atomic():
        Word.objects.all().delete()
        Word.objects.bulk_create(
            (
                Word(word=word, folded=fold(word), pages=count)
                for word, count in sorted(pages.items())
            ),
            batch_size=BATCH,
        )
