"""Rich text taken apart into what the rules ask about: blocks, links, pictures and tables."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

SOFT_HYPHEN = "\u00ad"
BLOCKS = {"p", "h2", "h3", "li", "td", "th", "caption"}
BOLD = {"strong", "b"}
VOID = {"br", "img", "hr"}


@dataclass
class Piece:
    text: str
    is_swedish: bool
    is_bold: bool


@dataclass
class Block:
    """A paragraph, heading, point of a list or cell, without the blocks that lie inside it.

    ``within`` names the elements that it lies in, the outermost first.
    """

    tag: str
    within: tuple = ()
    pieces: list = field(default_factory=list)
    has_picture: bool = False

    @property
    def text(self):
        return "".join(piece.text for piece in self.pieces).strip()

    @property
    def swedish(self):
        """The text without the parts that are marked as another language."""
        return "".join(piece.text if piece.is_swedish else " " for piece in self.pieces).strip()

    @property
    def is_bold(self):
        """Whether all of the text is bold."""
        return bool(self.text) and all(
            piece.is_bold for piece in self.pieces if piece.text.strip(" .:\n")
        )


@dataclass
class Link:
    href: str
    text: str = ""
    has_picture: bool = False


@dataclass
class Cell:
    """A cell of a table with all that lies in it."""

    tag: str
    text: str = ""
    has_picture: bool = False

    @property
    def is_empty(self):
        return not self.text.strip() and not self.has_picture


@dataclass
class Document:
    """``tables`` are lists of rows, which are lists of cells; ``pictures`` are the attributes of each."""

    blocks: list = field(default_factory=list)
    links: list = field(default_factory=list)
    pictures: list = field(default_factory=list)
    tables: list = field(default_factory=list)


def parse(html):
    reader = _Reader()
    reader.feed((html or "").replace(SOFT_HYPHEN, ""))
    reader.close()
    return reader.document


def parse_plain(text):
    """A document with plain ``text`` as its only paragraph."""
    clean = (text or "").replace(SOFT_HYPHEN, "")
    blocks = [Block("p", pieces=[Piece(line, True, False)]) for line in clean.splitlines()]
    return Document(blocks=[block for block in blocks if block.text])


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.document = Document()
        self.open = []  # (tag, language or None)
        self.open_blocks = []
        self.link = None
        self.cell = None

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag not in VOID:
            self.open.append((tag, attributes.get("lang")))
        if tag in BLOCKS:
            self._start_block(tag)
        elif tag == "br":
            self.handle_data("\n")
        elif tag == "img":
            self._picture(attributes)
        elif tag == "a":
            self.link = Link(attributes.get("href") or "")
            self.document.links.append(self.link)
        elif tag == "table":
            self.document.tables.append([])
        elif tag == "tr" and self.document.tables:
            self.document.tables[-1].append([])

    def _start_block(self, tag):
        block = Block(tag, tuple(name for name, _language in self.open[:-1]))
        self.open_blocks.append(block)
        self.document.blocks.append(block)
        if tag in {"td", "th"} and self.document.tables and self.document.tables[-1]:
            self.cell = Cell(tag)
            self.document.tables[-1][-1].append(self.cell)

    def _picture(self, attributes):
        self.document.pictures.append(attributes)
        if self.link is not None:
            self.link.has_picture = True
        for holder in (self.cell, *self.open_blocks[-1:]):
            if holder is not None:
                holder.has_picture = True

    def handle_endtag(self, tag):
        if tag not in {name for name, _language in self.open}:
            return
        while self.open:
            name, _language = self.open.pop()
            if name in BLOCKS and self.open_blocks:
                self.open_blocks.pop()
            if name == "a":
                self.link = None
            if name in {"td", "th"}:
                self.cell = None
            if name == tag:
                break

    def handle_data(self, data):
        if self.link is not None:
            self.link.text += data
        if not self.open_blocks:
            if not data.strip():
                return
            self._start_block("p")  # text outside every block, as an import may have it
        languages = [language for _name, language in self.open if language]
        is_swedish = not languages or languages[-1].split("-")[0].lower() == "sv"
        is_bold = any(name in BOLD for name, _language in self.open)
        self.open_blocks[-1].pieces.append(Piece(data, is_swedish, is_bold))
        if self.cell is not None:
            self.cell.text += data
