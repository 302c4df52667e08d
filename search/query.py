"""From what a resident typed to the hits, in the same order on both databases.

A question is a list of words, each with its alternatives: (strength, terms that must all be there). The
database finds candidates; a bounded number of them is ranked here.
"""

from typing import NamedTuple

from rapidfuzz.distance import OSA

from search.analysis import (
    EXACT,
    FOLDED,
    FOLDED_PART,
    PART,
    STOP_WORDS,
    fold,
    readable,
    stem,
    words,
)
from search.models import BestBet, Synonym, Word

MAX_QUERY, MAX_WORDS, MAX_WORD = 300, 8, 40
WEIGHTS = (("title_terms", 10), ("introduction_terms", 4), ("body_terms", 1))


class Alternative(NamedTuple):
    strength: float
    terms: tuple


class Question(NamedTuple):
    """``words`` as typed and ``groups``: for each of them its alternatives, strongest first."""

    words: list
    groups: list


def read(text, parts):
    """The Question in ``text``; without words when there is nothing to look for."""
    found = words(readable(text[:MAX_QUERY]))
    joined = [
        word for word in found if word.text.isdigit() and word.end - word.start > len(word.text)
    ]
    # Of "114 14" only the joined number counts.
    loose = [w for w in found if w in joined or not any(_within(w, number) for number in joined)]
    typed = list(
        dict.fromkeys(word.text[:MAX_WORD] for word in sorted(loose, key=lambda w: w.start))
    )
    meant = [word for word in typed if word not in STOP_WORDS] or typed
    meant = meant[:MAX_WORDS]
    synonyms = _synonyms(meant)
    return Question(meant, [alternatives(word, parts, synonyms) for word in meant])


def _within(word, number):
    return number.start <= word.start and word.end <= number.end


def _synonyms(typed):
    """{stem or folded stem of an editor's word: [lists of words]} for the words that were typed."""
    found = {}
    for synonym in Synonym.objects.all():
        key = " ".join(stem(word.text) for word in words(synonym.word))
        for name in {key, fold(key)}:
            found.setdefault(name, []).extend(synonym.alternatives)
    return found


def alternatives(word, parts, synonyms):
    root = stem(word)
    found = [
        Alternative(1.0, (EXACT + word if word != root else root,)),
        Alternative(0.85, (root,)),
    ]
    unaccented = fold(word) == word
    if unaccented:
        found.append(Alternative(0.6, (FOLDED + root,)))
    for meant in synonyms.get(root, ()):
        found.append(Alternative(0.5, tuple(stem(part) for part in meant)))
    found.append(Alternative(0.45, (PART + root,)))
    pieces = parts.parts(word)
    if pieces:
        found.append(Alternative(0.35, tuple(PART + piece for piece in pieces)))
    if unaccented:
        found.append(Alternative(0.3, (FOLDED_PART + root,)))
        if folded := parts.folded_parts(word):
            found.append(Alternative(0.25, folded))
    return found


def loosened(question, parts):
    """The question with each part of a compound as an answer by itself, for when nothing else is found."""
    return question._replace(
        groups=[
            [*group, *(Alternative(0.2, (form,)) for form in _pieces(word, parts))]
            for word, group in zip(question.words, question.groups, strict=True)
        ]
    )


def _pieces(word, parts):
    found = [form for part in parts.parts(word) for form in (part, PART + part)]
    return found or list(parts.folded_parts(word))


# --- Ranking --------------------------------------------------------------------------------------


def score(entry, question):
    """How well ``entry`` answers: for each word the best of field and strength."""
    texts = [(f" {getattr(entry, name)} ", weight) for name, weight in WEIGHTS]
    total = sum(_best(texts, group) for group in question.groups)
    length = max(1, len(entry.title.split()))
    return total * (1 + 0.5 / length) * (1 + 0.05 * entry.weight)


def _best(texts, group):
    return max(
        (
            weight * alternative.strength
            for alternative in group
            for text, weight in texts
            if all(f" {term} " in text for term in alternative.terms)
        ),
        default=_anywhere(texts, group),
    )


def _anywhere(texts, group):
    """The terms of one alternative may be spread over the fields; then it counts as in the text."""
    whole = " ".join(text for text, _weight in texts)
    return max(
        (
            alternative.strength
            for alternative in group
            if all(f" {term} " in whole for term in alternative.terms)
        ),
        default=0,
    )


def ranked(entries, question):
    """``entries`` best first; of equals the newest, and then by address."""
    return sorted(
        entries,
        key=lambda entry: (
            -round(score(entry, question), 6),
            -(entry.date.toordinal() if entry.date else 0),
            entry.path,
            entry.title,
        ),
    )


# --- What was meant -------------------------------------------------------------------------------


def correct(question):
    """``question.words`` with unknown words replaced by the nearest of the site's own; None if none is."""
    known = dict(Word.objects.values_list("word", "pages"))
    stems = {stem(word) for word in known}
    meant = [_nearest(word, known) if stem(word) not in stems else word for word in question.words]
    meant = [better or word for better, word in zip(meant, question.words, strict=True)]
    return meant if meant != question.words else None


def _nearest(word, known):
    if len(word) < 4 or not word.isalpha():
        return None
    most = 1 if len(word) < 7 else 2
    near = (
        (OSA.distance(word, other, score_cutoff=most), -pages, other)
        for other, pages in known.items()
        if abs(len(other) - len(word)) <= most
    )
    found = min((entry for entry in near if entry[0] <= most), default=None)
    return found[2] if found else None


def completions(text, limit=8):
    """The site's words that begin like the last word of ``text``, the most used first."""
    typed = words(readable(text[:MAX_QUERY]))
    if not typed or len(typed[-1].text) < 2:
        return []
    start = fold(typed[-1].text)
    # A range, not LIKE: both databases then use the index.
    found = Word.objects.filter(folded__gte=start, folded__lt=start + "\U0010ffff")
    return list(found.order_by("-pages", "word").values_list("word", flat=True)[:limit])


def best_bet(question):
    """The address that editors have put first for these words, or None."""
    key = [stem(word) for word in question.words]
    for bet in BestBet.objects.all():
        if [stem(word.text) for word in words(bet.words)] == key:
            return bet.entry_path
    return None
