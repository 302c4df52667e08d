"""Swedish alphabetical order and case folding on both databases.

PostgreSQL gets its collation ``sv`` from ICU in a migration. SQLite knows no Swedish: the same order is
registered here as a collation of the same name, and ``swedish_fold`` as a function, for every connection.
"""

import unicodedata

from django.db.backends.signals import connection_created
from django.db.models import Func, TextField
from django.db.models.functions import Collate
from django.dispatch import receiver

ALPHABET = {letter: chr(0xE000 + index) for index, letter in enumerate("åäö")}


def fold(text):
    """``text`` in lower case, å ä ö included; None stays None."""
    return None if text is None else text.lower()


def sort_key(text):
    """A key that sorts like ICU's ``sv``: å ä ö last, other accents as their base letter, case last.

    Spaces and hyphens come before letters, as in a telephone directory.
    """
    letters = []
    for letter in unicodedata.normalize("NFC", text.lower()):
        if letter in ALPHABET:
            letters.append(ALPHABET[letter])
        else:
            bare = unicodedata.normalize("NFD", letter)[0]
            letters.append({"æ": ALPHABET["ä"], "ø": ALPHABET["ö"]}.get(bare, bare))
    # Lower case first, as ICU does, only where the letters are the same.
    return "".join(letters), text.swapcase()


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
    """The lower-case form of a text, å ä ö included, on both databases."""

    function = "swedish_fold"
    output_field = TextField()

    def as_postgresql(self, compiler, connection, **extra):
        return self.as_sql(
            compiler, connection, template='LOWER((%(expressions)s) COLLATE "sv")', **extra
        )
