"""What a pass phrase may not be: too long to be hashed in peace, or words that everybody here would guess."""

import re
from functools import cache
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST = 128
#: What must be left when the guessable is taken away.
OWN_SIGNS = 8

FOLD = str.maketrans("åäáàâãöøóòôéèêëüúùíìïæ", "aaaaaaoooooeeeeuuuiiia")
LEET = str.maketrans("013457@$!|€", "oieastasile")
LEET_L = LEET | str.maketrans("1!", "ll")
RUN = "01234567890", "09876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm"


@cache
def weak_words():
    """The list, longest first, so that ”norrtälje” goes before ”tälje”."""
    lines = (Path(__file__).parent / "weak_words.txt").read_text(encoding="utf-8").splitlines()
    words = {line.strip().translate(FOLD) for line in lines if line and not line.startswith("#")}
    return sorted(words, key=lambda word: (-len(word), word))


class LongestLengthValidator:
    def validate(self, password, user=None):
        if len(password) > LONGEST:
            raise ValidationError(
                _("Lösenordet är för långt. Det får ha högst %d tecken.") % LONGEST, "too_long"
            )

    def get_help_text(self):
        return _("Lösenordet får ha högst %d tecken. Mellanslag och å, ä, ö går bra.") % LONGEST


class WeakWordValidator:
    """Refuse what is a local word, a name or a season with digits and signs around it."""

    def validate(self, password, user=None):
        if len(password) <= LONGEST and len(own_part(password)) < OWN_SIGNS:
            raise ValidationError(
                _(
                    "Lösenordet bygger på ord eller siffror som är lätta att gissa, som namn, "
                    "årstider, orter eller 1234. Välj fyra ord som inte hör ihop."
                ),
                "weak_words",
            )

    def get_help_text(self):
        return _(
            "Välj gärna fyra ord som inte hör ihop, med mellanslag emellan. Till exempel: "
            "”igelkott torsdagsmys kastrull lampa” (men hitta på egna)."
        )


def own_part(password):
    """What is left of ``password`` without guessable parts, in the reading that leaves the least."""
    plain = password.lower().translate(FOLD)
    readings = (plain, plain.translate(LEET), plain.translate(LEET_L))
    return min((_without_guesses(reading) for reading in readings), key=len)


def _without_guesses(text):
    text = re.sub(r"(?:19|20)\d\d", " ", text)
    text = re.sub(r"[\W_]+", "", text)
    for word in weak_words():
        if len(word) > 3 or text == word:
            text = text.replace(word, " ")
    # A short name counts only where it stands alone: ”per” is part of many good words.
    short = {word for word in weak_words() if len(word) <= 3}
    parts = ["" if re.sub(r"\d", "", part) in short else part for part in text.split()]
    text = " ".join(_without_runs(part) for part in parts)
    text = re.sub(r"(.{1,6}?)\1{2,}", r"\1", text)  # the same over and over counts once
    text = re.sub(r"\b\d+|\d+\b", " ", text)  # digits at an end are what people add
    return "".join(text.split())


def _without_runs(text):
    """Without ”1234”, ”abcd”, ”qwer” and the like, of four signs or more."""
    for run in RUN:
        for length in range(len(run), 3, -1):
            for start in range(len(run) - length + 1):
                text = text.replace(run[start : start + length], " ")
    return text
