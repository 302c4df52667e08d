"""Which words of a text answered the question, and the piece of the text where most of them stand."""

from django.utils.html import format_html, format_html_join

from search.analysis import readable, words

LENGTH = 220


def wanted_terms(question):
    """Every term that an alternative of ``question`` is made of."""
    return {
        term for group in question.groups for alternative in group for term in alternative.terms
    }


def marked(text, wanted, parts):
    """``text`` as HTML with <mark> round each word whose terms are ``wanted``."""
    text = readable(text)
    return _with_marks(text, _marks(text, wanted, parts), 0, len(text))


def excerpt(text, wanted, parts):
    """At most LENGTH signs of ``text`` as HTML, where most of the wanted words stand."""
    text = readable(text)
    marks = _marks(text, wanted, parts)
    start = _best_start(text, marks)
    end = min(len(text), start + LENGTH)
    if end < len(text):
        end = text.rfind(" ", start, end) if " " in text[start:end] else end
    piece = _with_marks(text, marks, start, end)
    return format_html("{}{}{}", "… " if start else "", piece, " …" if end < len(text) else "")


def _marks(text, wanted, parts):
    return sorted(
        (word.start, word.end)
        for word in words(text)
        if not wanted.isdisjoint(parts.terms(word.text))
    )


def _best_start(text, marks):
    """Where the piece begins: at a word, with the most marks in it and as early as possible."""
    if not marks or marks[-1][1] <= LENGTH:
        return 0
    first = max(
        marks,
        key=lambda mark: (sum(mark[0] <= m[0] < mark[0] + LENGTH - 40 for m in marks), -mark[0]),
    )
    return text.rfind(" ", 0, max(1, first[0] - 40)) + 1


def _with_marks(text, marks, start, end):
    pieces, place = [], start
    for left, right in marks:
        if left < place or right > end:
            continue
        pieces += [(text[place:left], text[left:right])]
        place = right
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", pieces), text[place:end])
