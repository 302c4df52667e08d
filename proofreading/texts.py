"""What goes into a check and what comes out of it."""

from enum import Enum, StrEnum
from typing import Any, NamedTuple


class Kind(Enum):
    TITLE = "title"  #: the page's name, its h1
    LEAD = "lead"  #: the introduction
    HEADING = "heading"  #: plain text that the page prints as an h2
    LINE = "line"  #: any other plain text
    HTML = "html"  #: rich text


class Level(StrEnum):
    ERROR = "fel"
    WARNING = "varning"


class Text(NamedTuple):
    """``place`` is what the caller knows it by; ``under_heading``: printed below an h2 of its own."""

    place: Any
    value: str
    kind: Kind
    under_heading: bool = False


class Remark(NamedTuple):
    """One thing to mend, in a Swedish sentence that quotes the place and says what to do."""

    rule: str
    level: Level
    sentence: str
    about: str
    place: Any = None

    @property
    def is_error(self):
        return self.level is Level.ERROR

    @property
    def identity(self):
        """The same for the same remark on a later version of the text."""
        return self.rule, self.about
