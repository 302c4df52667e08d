"""The word lists in words.toml and glossary.toml, each as one pattern that is compiled once."""

import re
import tomllib
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent


class Found(NamedTuple):
    written: str
    instead: str


#: A word with what it hangs together with: "event@exempel.se" and "TiNK:s" are words of their own.
TOKEN = re.compile(r"(?<![\w@/.:-])\w+(?:[@/.:-]+\w+)*")
#: What may stand between the words of a phrase.
GAP = re.compile(r"[\s(]*")


class WordList:
    """Finds whole words and phrases. ``fine`` phrases are passed over with all that is in them."""

    def __init__(self, pairs, fine=(), exact=False):
        self.exact = exact
        self.instead = {
            self._key(form): answer
            for forms, answers in pairs.items()
            for form, answer in _aligned(forms, answers)
        }
        #: {first word: [all words of a phrase]}, the longest first: a text is read once, not once a phrase.
        self.phrases = {}
        for phrase in [*self.instead, *map(self._key, fine)]:
            parts = tuple(TOKEN.findall(phrase))
            self.phrases.setdefault(parts[0], []).append(parts)
        for phrases in self.phrases.values():
            phrases.sort(key=len, reverse=True)

    def _key(self, form):
        joined = " ".join(form.split())
        return joined if self.exact else joined.lower()

    def find(self, text):
        """Every different word in ``text`` that is in the list, once, in the order of the text."""
        found, passed = {}, 0
        tokens = list(TOKEN.finditer(text))
        words = [self._key(token.group()) for token in tokens]
        for number, word in enumerate(words):
            if number < passed or word not in self.phrases:
                continue
            if parts := self._phrase_at(number, words, tokens, text):
                passed = number + len(parts)
                written = text[tokens[number].start() : tokens[passed - 1].end()]
                key = " ".join(parts)
                if key in self.instead:
                    found.setdefault(key, Found(" ".join(written.split()), self.instead[key]))
        return list(found.values())

    def _phrase_at(self, number, words, tokens, text):
        for parts in self.phrases[words[number]]:
            end = number + len(parts)
            if tuple(words[number:end]) == parts and all(
                GAP.fullmatch(text, before.end(), after.start())
                for before, after in pairwise(tokens[number:end])
            ):
                return parts
        return None


def _aligned(forms, answers):
    """[(form, what to write instead)]: each form has its own answer, or all have the same."""
    forms, answers = forms.split(","), [answer.strip() for answer in answers.split("/")]
    if len(answers) == 1:
        answers *= len(forms)
    return zip(forms, answers, strict=True)


def _read(name):
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


@cache
def official_words():
    content = _read("words.toml")
    return WordList(content["words"], content["fine"]["phrases"])


@cache
def glossary():
    content = _read("glossary.toml")
    return WordList(content["words"], content["fine"]["phrases"])


@cache
def spellings():
    return WordList(_read("glossary.toml")["spelling"], exact=True)


@cache
def known_capitals():
    return frozenset(_read("glossary.toml")["capitals"]["known"])
