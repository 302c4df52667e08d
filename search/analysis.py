"""Swedish words as the search compares them: the same for the page that is indexed and for what is asked.

A word becomes terms of letters and digits only, so that no database takes them apart again: its stem, and
with a prefix what is weaker (x0 exact form, f0 without å ä ö, p0 part of a compound, g0 both of these).
Prefixes hold a digit after a letter, which no stem of a Swedish word does.
"""

import re
import tomllib
import unicodedata
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple

import snowballstemmer

EXACT, FOLDED, PART, FOLDED_PART, KIND, AREA = "x0", "f0", "p0", "g0", "k0", "a0"
LEAST_COMPOUND = 7
LEAST_PART = 3
#: The site's own words up to this length help to take compounds apart.
LONGEST_OWN_PART = 10
INVISIBLE = re.compile("[\x00\u00ad\u200b-\u200f\u2060\ufeff]")
WORD = re.compile(r"[^\W_]+")
NUMBER = re.compile(r"\d+(?:[ \u00a0\u202f-]\d+)+")
ACCENTS = str.maketrans("åäöéüáàèó", "aaoeuaaeo")

SWEDISH = tomllib.loads((Path(__file__).parent / "swedish.toml").read_text(encoding="utf-8"))
IRREGULAR = {form: stem for stem, forms in SWEDISH["irregular"].items() for form in forms.split()}
NOT_DEFINITE = frozenset(SWEDISH["not_definite"].split())
STOP_WORDS = frozenset(SWEDISH["stop_words"].split())
PARTS = frozenset(SWEDISH["parts"].split())
SNOWBALL = snowballstemmer.stemmer("swedish")


class Word(NamedTuple):
    """A word of a text with its place in it."""

    text: str
    start: int
    end: int


def readable(text):
    """``text`` without signs that are not seen, in composed form."""
    return unicodedata.normalize("NFC", INVISIBLE.sub("", text))


def words(text):
    """The words of ``readable(text)`` in lower case, numbers also joined: "114 14" is 114, 14 and 11414."""
    found = [Word(m[0].casefold(), m.start(), m.end()) for m in WORD.finditer(text)]
    joined = [Word(re.sub(r"\D", "", m[0]), m.start(), m.end()) for m in NUMBER.finditer(text)]
    return found + joined


def fold(text):
    """``text`` as one writes it on a keyboard without å ä ö."""
    return text.translate(ACCENTS)


@lru_cache(maxsize=100_000)
def stem(word):
    """The stem of a word in lower case; the same for "våld", "våldet" and "våldets"."""
    if word in IRREGULAR:
        return IRREGULAR[word]
    stemmed = _indefinite(word)
    for _again in range(3):
        shorter = SNOWBALL.stemWord(stemmed)
        if shorter == stemmed:
            break
        stemmed = shorter
    if len(stemmed) > 4 and stemmed[-1] == "r" and stemmed[-2] in "bdfgklptv":
        stemmed = stemmed[:-1]
    return IRREGULAR.get(stemmed, stemmed)


def _indefinite(word):
    """The endings that Snowball leaves: våldet, narkotikan, vandringarna."""
    if len(word) < 5 or word in NOT_DEFINITE:
        return word
    for ending, instead in (("ets", ""), ("et", ""), ("enas", "e"), ("ena", "e")):
        base = word[: -len(ending)]
        if word.endswith(ending) and len(base) >= 3 and not base.endswith("h"):
            return base + instead
    for ending in ("ans", "an"):
        if word.endswith(ending) and not word.endswith("het" + ending):
            return word[: -len(ending)] + "a"
    return word


# --- Compounds ------------------------------------------------------------------------------------


class Lexicon:
    """What compounds are taken apart with: the shipped words and the site's own short ones."""

    def __init__(self, own_words=()):
        own = (
            word
            for word in own_words
            if 4 <= len(word) <= LONGEST_OWN_PART and word.isalpha() and word not in STOP_WORDS
        )
        self.stems = {}
        for word in (*PARTS, *own):
            self.stems.setdefault(stem(word), stem(word))
            self.stems.setdefault(word, stem(word))
        #: The same for who types without å ä ö: a part is then known by its folded stem.
        self.folded = {fold(form): fold(root) for form, root in self.stems.items()}
        self.accented = {fold(root) for root in self.stems.values() if fold(root) != root}
        self.parts = lru_cache(maxsize=50_000)(partial(_parts, self.stems))

    def folded_parts(self, word):
        """Terms for the parts of a compound that was typed without å ä ö, () when it is none."""
        return tuple(
            (FOLDED_PART if part in self.accented else PART) + part
            for part in _parts(self.folded, word)
        )

    def terms(self, word):
        """All terms of one word of a page."""
        root = stem(word)
        found = [root]
        if word != root:
            found.append(EXACT + word)
        if fold(root) != root:
            found.append(FOLDED + fold(root))
        for part in self.parts(word):
            found.append(PART + part)
            if fold(part) != part:
                found.append(FOLDED_PART + fold(part))
        return found


def _parts(known, word):
    """The stems of the parts of a compound, () when it is none: the fewest, then the most even."""
    if len(word) < LEAST_COMPOUND or not word.isalpha():
        return ()
    best = {len(word): (0, 0, ())}
    for start in range(len(word) - LEAST_PART, -1, -1):
        choices = []
        for end in range(start + LEAST_PART, len(word) + 1):
            if end not in best or (start == 0 and end == len(word)):
                continue
            found = _known(known, word[start:end], is_last=end == len(word))
            if found:
                count, shortest, rest = best[end]
                least = min(-shortest or len(word), end - start)
                choices.append((count + 1, -least, (found, *rest)))
        if choices:
            best[start] = min(choices)
    return best[0][2] if 0 in best else ()


def _known(stems, piece, is_last):
    """The stem that ``piece`` of a compound stands for, or None."""
    if is_last:
        return stems.get(stem(piece)) or stems.get(piece)
    return next((stems[form] for form in _without_link(piece) if form in stems), None)


def _without_link(piece):
    """What ``piece`` may be when it stands first or in the middle: kvinno-, gatu-, skol-, trygghets-."""
    yield piece
    last, rest = piece[-1], piece[:-1]
    if last == "s":
        yield rest
    if last in "ou":
        yield rest + "a"
    if last == "a":
        yield from (rest, rest + "e")
    if last == "e":
        yield from (rest, rest + "a")
    yield from (piece + "a", piece + "e")
