"""Rules about how a text is worded. Parts marked as another language have been taken out."""

import re

from proofreading.language import (
    ABBREVIATIONS,
    foreign_language_of,
    lix,
    sentences_of,
    words_of,
)
from proofreading.rules import remark
from proofreading.texts import Kind
from proofreading.wordlists import glossary, known_capitals, official_words, spellings

HIGHEST_LIX = 50
LIX_FROM_WORDS = 100
LONGEST_SENTENCE = 30
LONGEST_PARAGRAPH = 120
LONGEST_TITLE = 80
LONGEST_LEAD = 300
RUNNING_TEXT = {"p", "li"}
CAPITALS = re.compile(
    r"(?<![\w@/.:-])[A-ZÅÄÖÉÜ]{5,}(?:(?:\s+[A-ZÅÄÖÉÜ])?\s+[A-ZÅÄÖÉÜ]{2,})*(?![\w@/:-])"
)


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
    value, number = lix(running)
    if value > HIGHEST_LIX and number >= LIX_FROM_WORDS:
        yield remark("lix", number=value, most=HIGHEST_LIX)


def _check_length(text):
    if (number := len(words_of(text))) > LONGEST_PARAGRAPH:
        yield remark("paragraph-long", text, number=number)
    for sentence in sentences_of(text):
        if (number := len(words_of(sentence))) > LONGEST_SENTENCE:
            yield remark("sentence-long", sentence, number=number)


def _check_language(text):
    for sentence in sentences_of(text):
        if language := foreign_language_of(sentence):
            yield remark("language-unmarked", sentence, language=language)


def _check_capitals(text):
    known = known_capitals()
    for match in CAPITALS.finditer(text):
        if not all(word in known or len(word) < 5 for word in match.group().split()):
            yield remark("capitals", match.group())


def _check_words(text):
    for found in official_words().find(text):
        instead = found.instead.replace(", ", "” eller ”")
        rule = "official-word" if instead else "official-filler"
        yield remark(rule, found.written, identity=found.written.lower(), instead=instead)
    for found in [*glossary().find(text), *spellings().find(text)]:
        yield remark("glossary", found.written, instead=found.instead)


def check_title(kind, text):
    """What is asked of a title, a heading and an introduction as such."""
    text = " ".join(text.split())
    if kind is Kind.LEAD:
        if len(text) > LONGEST_LEAD:
            yield remark("lead-long", number=len(text), most=LONGEST_LEAD)
        return
    if len(text) > LONGEST_TITLE:
        yield remark("title-long", text, number=len(text), most=LONGEST_TITLE)
    if text.endswith(".") and not text.endswith("..") and not _is_abbreviation(text):
        yield remark("title-stop", text)


def _is_abbreviation(text):
    last = text.removesuffix(".").rpartition(" ")[2].lower()
    return last in ABBREVIATIONS or "." in last
