"""What residents look for, counted: the words, nothing about who asked. It shows what is missing."""

import re

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from search.models import AskedFor

LONGEST, MOST_WORDS = 60, 5
#: A number of five digits or more may be somebody's; an at sign is an address.
PERSONAL = re.compile(r"@|\d[\d\s-]{3,}\d")


def count(asked, question, hits):
    """Count one question, ``asked`` as it was typed, unless it may be personal. A full disk stops nobody."""
    text = " ".join(question.words)
    if (
        not text
        or len(asked) > LONGEST
        or len(question.words) > MOST_WORDS
        or PERSONAL.search(asked)
    ):
        return
    seen = {"hits": hits, "last_on": timezone.localdate()}
    try:
        with transaction.atomic():
            if not AskedFor.objects.filter(words=text).update(times=F("times") + 1, **seen):
                AskedFor.objects.create(words=text, **seen)
    except DatabaseError:
        return
