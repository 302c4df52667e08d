"""Swedish alphabetical order and case folding on both databases.

PostgreSQL gets its collation ``sv`` from ICU in a migration. SQLite knows no Swedish: the same order is
registered here as a collation of the same name, and ``swedish_fold`` as a function, for every connection.
"""

import unicodedata

from django.db.backends.signals import connection_created
from django.db.models import Func, TextField
from django.db.models.functions import Collate
from django.dispatch import receiver

SOFT_HYPHEN = "\u00ad"
ALPHABET = {letter: chr(0xE000 + index) for index, letter in enumerate("åäö")}
# Letters that Swedish files under another one, and everything that comes before the digits.
FILED_AS = {"æ": ALPHABET["ä"], "ø": ALPHABET["ö"], "œ": ALPHABET["ö"], "ô": ALPHABET["ö"]}
FILED_AS |= {"ü": "y", "ß": "ss", "ð": "d", "đ": "d"}
SIGNS = " _-–—,;:!?.…'‘’\"“”«»()[]{}§@*/\\&#%+<=>|~$€"
PLACES = ALPHABET | FILED_AS | {sign: chr(1 + index) for index, sign in enumerate(SIGNS)}


def fold(text):
    """``text`` in lower case, å ä ö included, without soft hyphens; None stays None."""
    return None if text is None else text.lower().replace(SOFT_HYPHEN, "")


def sort_key(text):
    """A key that sorts like ICU's ``sv``: signs first, å ä ö last, other accents as their base letter.

    Accents decide only where the letters are the same, and case (small before capital) only after them.
    """
    lower = unicodedata.normalize("NFC", text.lower())
    letters = "".join(
        PLACES.get(letter) or unicodedata.normalize("NFD", letter)[0] for letter in lower
    )
    return letters, lower, text.swapcase()


def compare(left, right):
    """-1, 0 or 1, for SQLite."""
    left, right = sort_key(left), sort_key(right)
    return (left > right) - (left < right)


@receiver(connection_created, dispatch_uid="publishing.swedish")
def teach_sqlite_swedish(sender, connection, **kwargs):
    if connection.vendor == "sqlite":
        connection.connection.create_collation("sv", compare)
        connection.connection.create_function("swedish_fold", 1, fold, deterministic=True)


class Swedish(Collate):
    """``order_by(Swedish("title"))``: Swedish order on both databases."""

    def __init__(self, expression):
        super().__init__(expression, "sv")


class Fold(Func):
    """The lower-case form of a text, å ä ö included and without soft hyphens, on both databases."""

    function = "swedish_fold"
    output_field = TextField()

    def as_postgresql(self, compiler, connection, **extra):
        return self.as_sql(
            compiler,
            connection,
            template="""LOWER(REPLACE((%(expressions)s), CHR(173), '') COLLATE "sv")""",
            **extra,
        )
