"""The two databases' full text search, side by side: the same candidates from both.

Everything that reaches a statement as text is a term of letters and digits, made by search.analysis.
"""

from collections import Counter
from contextlib import contextmanager
from typing import NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from search.analysis import AREA, KIND, Lexicon
from search.index import lexicon
from search.models import SearchEntry
from search.query import Question, best_bet, correct, loosened, ranked, read

MOST_PER_TIER, ENOUGH, MOST_COUNTED = 200, 40, 1000
TIERS = ("title", "introduction", "all")
SQLITE_COLUMNS = {
    "title": "{title_terms}",
    "introduction": "{title_terms introduction_terms}",
    "all": "{title_terms introduction_terms body_terms}",
}
SQLITE = """
    SELECT e.id, e.kind, e.area, e.date FROM search_fts f CROSS JOIN search_searchentry e ON e.id = f.rowid
    WHERE search_fts MATCH %s AND (e.visible_from IS NULL OR e.visible_from <= %s)
      AND (e.visible_until IS NULL OR e.visible_until > %s)
    ORDER BY f.rowid DESC LIMIT %s
"""
# id + 0: the planner must not walk the primary key backwards (docs/adr/0021-search.md).
POSTGRESQL = """
    SELECT e.id, e.kind, e.area, e.date FROM search_searchentry e
    WHERE e.fts_{tier} @@ %s::tsquery AND (e.visible_from IS NULL OR e.visible_from <= %s)
      AND (e.visible_until IS NULL OR e.visible_until > %s)
    ORDER BY e.id + 0 DESC LIMIT %s
"""


class Found(NamedTuple):
    """Keys of the hits in order; ``kinds`` and ``areas`` count them, {name: number}."""

    keys: list
    kinds: Counter
    areas: Counter
    is_capped: bool
    question: Question
    #: What the question was read with, and what its marks are found with.
    parts: Lexicon
    meant: str = ""


def search(text, *, kind="", area=None, by_date=False):
    """What answers ``text``. When nothing does, the nearest spelling is tried, then any of the words."""
    parts = lexicon()
    question = read(text, parts)
    if not question.words:
        return Found([], Counter(), Counter(), False, question, parts)
    with _by_index():
        return _answer(question, parts, kind, area, by_date)


@contextmanager
def _by_index():
    """On PostgreSQL: unpacking every row's vector costs ten times what the index does, and it cannot know."""
    if connection.vendor == "sqlite":  # where a transaction would take the write lock
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        yield


def _answer(question, parts, kind, area, by_date):
    found = _find(question, parts, kind, area, by_date)
    if not found.keys and (better := correct(question)):
        meant = " ".join(better)
        found = _find(read(meant, parts), parts, kind, area, by_date)._replace(meant=meant)
    if not found.keys:
        found = _find(loosened(question, parts), parts, kind, area, by_date, any_word=True)
    return found


def _find(question, parts, kind, area, by_date, any_word=False):
    fixed = [KIND + kind] if kind else []
    fixed += [f"{AREA}{area}"] if area else []
    hits = _rows("all", question, fixed, MOST_COUNTED + 1, any_word)
    is_capped = len(hits) > MOST_COUNTED
    hits = hits[:MOST_COUNTED]
    if by_date:
        dated = sorted(hits, key=lambda row: str(row[3] or ""), reverse=True)
        keys = [row[0] for row in dated]
    else:
        keys = _by_relevance(question, fixed, hits, any_word)
    return Found(
        keys,
        Counter(row[1] for row in hits),
        Counter(row[2] for row in hits if row[2]),
        is_capped,
        question,
        parts,
    )


def _by_relevance(question, fixed, hits, any_word):
    """The keys of ``hits``: a bounded number ranked, the rest behind them, the newest first."""
    pool = {}
    for tier in TIERS:
        rows = hits[:MOST_PER_TIER] if tier == "all" else None
        if rows is None:
            rows = _rows(tier, question, fixed, MOST_PER_TIER, any_word)
        pool |= dict.fromkeys(row[0] for row in rows)
        if len(pool) >= ENOUGH:
            break
    entries = SearchEntry.objects.filter(pk__in=pool).defer("body")
    best = ranked(entries, question)
    if first := best_bet(question):
        best.sort(key=lambda entry: entry.path != first)
    keys = [entry.pk for entry in best]
    return [*keys, *(row[0] for row in hits if row[0] not in pool)]


def _rows(tier, question, fixed, limit, any_word):
    """(id, kind, area, date) of the newest entries that match in ``tier``, at most ``limit``."""
    now = timezone.now()
    if connection.vendor == "sqlite":
        moment = connection.ops.adapt_datetimefield_value(now)
        asked = _expression(question, fixed, any_word, " AND ", " OR ", SQLITE_TERM)
        match = f"{SQLITE_COLUMNS[tier]} : ({asked})"
        with connection.cursor() as cursor:
            cursor.execute(SQLITE, [match, moment, moment, limit])
            return cursor.fetchall()
    match = _expression(question, fixed, any_word, " & ", " | ", POSTGRESQL_TERM)
    with connection.cursor() as cursor:
        cursor.execute(POSTGRESQL.format(tier=tier), [match, now, now, limit])
        return cursor.fetchall()


SQLITE_TERM = '"{}"'
POSTGRESQL_TERM = "'{}'"


def _expression(question, fixed, any_word, and_, or_, quoted):
    """The question in the database's own language."""

    def every(terms):
        return "(" + and_.join(quoted.format(term) for term in terms) + ")"

    groups = [
        "(" + or_.join(every(alternative.terms) for alternative in group if alternative.terms) + ")"
        for group in question.groups
    ]
    asked = "(" + (or_ if any_word else and_).join(groups) + ")"
    return and_.join([asked, *([every(fixed)] if fixed else [])])
