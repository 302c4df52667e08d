"""Swedish sentences: where they end, how hard they are to read, and whether they are Swedish."""

import re

WORD = re.compile(r"\w+(?:[-’':]\w+)*")
#: A stop, what may close a quotation, and then something that may begin a sentence.
STOP = re.compile(
    r"(?<![.!?…])[.!?…]{1,9}[”\"’')\]]{0,3}\s+(?=[”\"’'(–-]{0,3}\s?[A-ZÅÄÖÉÜ0-9])|\n+"
)
#: These end with a full stop and are followed by a name or a number: the sentence goes on.
GOES_ON = {
    *("t.ex", "bl.a", "d.v.s", "dvs", "s.k", "f.d", "p.g.a", "fr.o.m", "t.o.m", "f.n", "o.s.v"),
    *("kl", "ca", "nr", "tel", "resp", "jfr", "inkl", "exkl", "ang", "dr", "prof", "st", "sid"),
}
#: Any abbreviation that may end a heading.
ABBREVIATIONS = GOES_ON | {"m.m", "m.fl", "osv", "etc", "e.d", "e.dyl", "o.d", "mm"}
LONG_WORD = 6
#: How far back an abbreviation, an initial or the number of a point is looked for.
LONGEST_ABBREVIATION = 20

STOP_WORDS = {
    "sv": {
        *("och", "att", "det", "i", "på", "en", "ett", "som", "är", "av", "för", "med", "till"),
        *("den", "de", "om", "inte", "har", "kan", "du", "vi", "ska", "från", "vid", "eller", "så"),
    },
    "engelska": {
        *("the", "of", "and", "is", "are", "was", "with", "this", "that", "you", "your", "we"),
        *("our", "from", "have", "has", "will", "to", "or", "it", "they", "which", "there"),
        *("please", "what", "how", "if", "can", "not", "by", "for", "an", "be", "about", "in"),
    },
    "finska": {
        *("on", "ei", "että", "voit", "olet", "tai", "kanssa", "sinun", "sinä", "meidän", "mutta"),
        *("kun", "jos", "joka", "ovat", "myös", "sekä", "apua", "ja", "me", "hän", "tämä", "saat"),
        *("ole", "suomeksi", "kunnan", "kaikki", "miten"),
    },
    "tyska": {
        *("und", "der", "die", "das", "ist", "nicht", "mit", "sie", "für", "ein", "eine", "wir"),
        *("auf", "zu", "den", "von", "ich", "im", "werden", "können", "oder"),
    },
}
#: Words that are Swedish too: alone they prove nothing.
ALSO_SWEDISH = {
    "on",
    "ja",
    "me",
    "by",
    "for",
    "an",
    "be",
    "in",
    "it",
    "den",
    "not",
    "die",
    "ole",
    "has",
}
NOT_LATIN = re.compile(r"[\u0400-\u9fff]")
SCRIPTS = {
    "arabiska": re.compile(r"[\u0600-\u06ff]+"),
    "ryska eller ukrainska": re.compile(r"[\u0400-\u04ff]+"),
    "ett språk med annan skrift": re.compile(
        r"[\u1200-\u137f\u0900-\u097f\u0e00-\u0e7f\u4e00-\u9fff]+"
    ),
}


def words_of(text):
    return WORD.findall(text)


def sentences_of(text):
    """The sentences of one paragraph. An abbreviation, an initial and "1." do not end one."""
    found, start = [], 0
    for stop in STOP.finditer(text):
        before = text[max(start, stop.start() - LONGEST_ABBREVIATION) : stop.start()].split()
        if "\n" not in stop.group() and stop.group()[0] == "." and _goes_on(before):
            continue
        found.append(text[start : stop.end()].strip())
        start = stop.end()
    found.append(text[start:].strip())
    return [sentence for sentence in found if WORD.search(sentence)]


def _goes_on(before):
    """Whether a sentence is not over at a full stop after the words ``before``."""
    if not before:
        return True
    last = before[-1].lstrip("”\"’'([").lower()
    is_number_of_a_point = len(before) == 1 and last.isdecimal() and len(last) < 3
    is_initial = len(last) == 1 and last.isalpha() and before[-1].isupper()
    return last in GOES_ON or is_number_of_a_point or is_initial


def lix(paragraphs):
    """(LIX, number of words) of several paragraphs: words a sentence plus per cent long words."""
    sentences = [sentence for text in paragraphs for sentence in sentences_of(text)]
    words = [word for sentence in sentences for word in words_of(sentence)]
    if not words:
        return 0, 0
    long_words = sum(len(word) > LONG_WORD for word in words)
    return round(len(words) / len(sentences) + 100 * long_words / len(words)), len(words)


def foreign_language_of(sentence):
    """The Swedish name of the language that ``sentence`` seems to be in; None when it may be Swedish."""
    if NOT_LATIN.search(sentence):
        for name, script in SCRIPTS.items():
            if len(script.findall(sentence)) >= 2:
                return name
    words = [word.lower() for word in words_of(sentence)]
    if len(words) < 4:
        return None
    hits = {name: [w for w in words if w in known] for name, known in STOP_WORDS.items()}
    swedish = len([word for word in hits.pop("sv") if word not in STOP_WORDS["tyska"]])
    name, found = max(hits.items(), key=lambda pair: len(pair[1]))
    certain = {word for word in found if word not in ALSO_SWEDISH}
    is_foreign = (
        len(set(found)) >= 2
        and certain
        and len(found) / len(words) >= 0.2
        and len(found) >= 2 * swedish + 1
    )
    return name if is_foreign else None
