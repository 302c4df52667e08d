"""The word lists in words.toml and glossary.toml, each as one pattern that is compiled once."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent


class Found(NamedTuple):
    written: str
    instead: str


class WordList:
    """Finds whole words and phrases. ``fine`` phrases are passed over with all that is in them."""

    def __init__(self, pairs, fine=(), exact=False):
        self.exact = exact
        self.instead = {
            self._key(form): answer
            for forms, answers in pairs.items()
            for form, answer in _aligned(forms, answers)
        }
        phrases = sorted([*self.instead, *map(self._key, fine)], key=len, reverse=True)
        flags = re.NOFLAG if exact else re.IGNORECASE
        alternatives = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases)
        # The next sign may not go on with the word: "avse-" and "event@" are other words.
        self.pattern = re.compile(rf"(?<![\w@/.-])(?:{alternatives})(?![\w@/]|[-.:]\w)", flags)

    def _key(self, form):
        joined = " ".join(form.split())
        return joined if self.exact else joined.lower()

    def find(self, text):
        """Every different word in ``text`` that is in the list, once, in the order of the text."""
        found = {}
        for match in self.pattern.finditer(text):
            key = self._key(match.group())
            if key in self.instead:
                found.setdefault(key, Found(" ".join(match.group().split()), self.instead[key]))
        return list(found.values())


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
