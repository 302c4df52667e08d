"""Questions that someone in danger asks: then the numbers to ring stand above the hits."""

from functools import cache

from search.analysis import SWEDISH, readable, stem, words


@cache
def _phrases():
    return [
        {stem(word.text) for word in words(line)} for line in SWEDISH["urgent"].strip().splitlines()
    ]


def is_urgent(text):
    """Whether ``text`` holds every word of one of the urgent phrases, in any form."""
    asked = {stem(word.text) for word in words(readable(text))}
    return any(phrase <= asked for phrase in _phrases())
