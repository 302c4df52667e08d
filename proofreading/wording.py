"""Rules about how a text is worded. Parts marked as another language have been taken out."""

import re

from django.utils.translation import gettext as _

from proofreading.language import (
    ABBREVIATIONS,
    foreign_language_of,
    lix,
    sentences_of,
    words_of,
)
from proofreading.texts import Kind, shorten, warning
from proofreading.wordlists import glossary, known_capitals, official_words, spellings

HIGHEST_LIX = 50
LIX_FROM_WORDS = 100
LONGEST_SENTENCE = 30
LONGEST_PARAGRAPH = 120
LONGEST_TITLE = 80
LONGEST_LEAD = 300
RUNNING_TEXT = {"p", "li"}
CAPITALS = re.compile(r"(?<![\w@/.:-])[A-ZÅÄÖÉÜ]{5,}(?:(?:\s+[A-ZÅÄÖÉÜ])?\s+[A-ZÅÄÖÉÜ]{2,})*(?![\w@/:-])")


def check_wording(document):
    blocks = [block for block in document.blocks if block.swedish]
    running = [block.swedish for block in blocks if block.tag in RUNNING_TEXT]
    yield from _check_lix(running)
    for text in running:
        yield from _check_length(text)
    for block in blocks:
        yield from _check_language(block.swedish)
        yield from _check_capitals(block.swedish)
    whole = "\n".join(block.swedish for block in blocks)
    yield from _check_words(whole)


def _check_lix(running):
    value, words = lix(running)
    if value > HIGHEST_LIX and words >= LIX_FROM_WORDS:
        yield warning(
            "lix",
            _(
                "Texten är svår att läsa: LIX är %(value)d och bör vara högst %(highest)d. "
                "Skriv kortare meningar och kortare ord."
            )
            % {"value": value, "highest": HIGHEST_LIX},
        )


def _check_length(text):
    if (number := len(words_of(text))) > LONGEST_PARAGRAPH:
        yield warning(
            "paragraph-long",
            _("Stycket som börjar ”%(quote)s” har %(number)d ord. Dela det i flera stycken.")
            % {"quote": shorten(text, 40), "number": number},
            shorten(text),
        )
    for sentence in sentences_of(text):
        if (number := len(words_of(sentence))) > LONGEST_SENTENCE:
            yield warning(
                "sentence-long",
                _("Meningen som börjar ”%(quote)s” har %(number)d ord. Dela den i flera meningar.")
                % {"quote": shorten(sentence, 40), "number": number},
                shorten(sentence),
            )


def _check_language(text):
    for sentence in sentences_of(text):
        if language := foreign_language_of(sentence):
            yield warning(
                "language-unmarked",
                _(
                    "”%(quote)s” ser ut att vara på %(language)s. Märk upp språket, så att det "
                    "läses upp rätt, eller skriv på svenska."
                )
                % {"quote": shorten(sentence, 40), "language": language},
                shorten(sentence),
            )


def _check_capitals(text):
    known = known_capitals()
    for match in CAPITALS.finditer(text):
        shouted = match.group()
        if not all(word in known or len(word) < 5 for word in shouted.split()):
            yield warning(
                "capitals",
                _("”%(quote)s” är skrivet med bara stora bokstäver. Skriv med små bokstäver.")
                % {"quote": shorten(shouted)},
                shouted,
            )


def _check_words(text):
    for found in official_words().find(text):
        sentence = (
            _("”%(quote)s” är kanslispråk. Skriv hellre ”%(instead)s”.")
            if found.instead
            else _("”%(quote)s” är kanslispråk. Stryk ordet.")
        )
        yield warning(
            "official-word",
            sentence
            % {"quote": found.written, "instead": found.instead.replace(", ", "” eller ”")},
            found.written.lower(),
        )
    for found in [*glossary().find(text), *spellings().find(text)]:
        yield warning(
            "glossary",
            _("Här säger vi ”%(instead)s”. Byt ut ”%(quote)s”.")
            % {"quote": found.written, "instead": found.instead},
            found.written,
        )


def check_title(kind, text):
    """What is asked of a title, a heading and an introduction as such."""
    text = " ".join(text.split())
    if kind is Kind.LEAD:
        if len(text) > LONGEST_LEAD:
            yield warning(
                "lead-long",
                _(
                    "Ingressen har %(number)d tecken och bör ha högst %(most)d. "
                    "Flytta en del av den till texten."
                )
                % {"number": len(text), "most": LONGEST_LEAD},
            )
        return
    if len(text) > LONGEST_TITLE:
        yield warning(
            "title-long",
            _(
                "Rubriken ”%(quote)s” har %(number)d tecken och bör ha högst %(most)d. Gör den kortare."
            )
            % {"quote": shorten(text, 40), "number": len(text), "most": LONGEST_TITLE},
            text,
        )
    if text.endswith(".") and not text.endswith("..") and not _is_abbreviation(text):
        yield warning(
            "title-stop",
            _("Rubriken ”%(quote)s” slutar med punkt. Ta bort punkten.") % {"quote": shorten(text)},
            text,
        )


def _is_abbreviation(text):
    last = text.removesuffix(".").rpartition(" ")[2].lower()
    return last in ABBREVIATIONS or "." in last
