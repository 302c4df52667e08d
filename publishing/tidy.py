"""From what a program wrote to what an editor meant: real lists, headings, tables and nothing empty.

Takes HTML that is already balanced and harmless (publishing.richtext cleans it before and after) and knows
the habits of Word, Outlook, Google Docs and plain web pages. The editor does the same in the browser when
someone pastes (static/js/editor-paste.js); this serves imports, and forms sent without a script.
"""

import re
from html import escape
from html.parser import HTMLParser

DEPTH = 60
VOID = {"br", "img"}
INLINE = {"a", "strong", "em", "br", "abbr", "span"}
BLOCKS = {"p", "h2", "h3", "ul", "ol", "table", "img"}
SAME = {"h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3", "b": "strong", "i": "em", "div": "p"}
#: Languages that are read from right to left.
RIGHT_TO_LEFT = {"ar", "ckb", "fa", "he", "prs", "ps", "ur", "yi"}

BLANKS = " \t\r\n\xa0"
#: Signs that stand before a point. Those of ``UNSURE`` also begin ordinary sentences.
SURE = "·•▪◦‣●■➢\uf0a7\uf0b7\uf0d8\uf0fc"
UNSURE = "o§Øüv*–—-○□"
MARK = re.compile(
    rf"^[{BLANKS}]*(?:(?P<bullet>[{SURE}{re.escape(UNSURE)}])|(?P<number>\d{{1,2}}|[a-zA-Z]|[ivx]{{2,4}})"
    rf"(?P<end>[.)]))(?P<blank>[{BLANKS}]+)(?=[^{BLANKS}])"
)
WORD_LEVEL = re.compile(r"mso-list:\s*l\d+\s+level(\d)", re.IGNORECASE)
NOT_BOLD = re.compile(r"font-weight:\s*(normal|400)", re.IGNORECASE)


class Element:
    """A tag, its attributes and its children: elements and strings."""

    __slots__ = ("attributes", "children", "tag")

    def __init__(self, tag, attributes=(), children=()):
        self.tag, self.attributes, self.children = tag, dict(attributes), list(children)

    @property
    def text(self):
        return "".join(c if isinstance(c, str) else c.text for c in self.children)

    def has(self, tags):
        return any(not isinstance(c, str) and (c.tag in tags or c.has(tags)) for c in self.children)

    def __str__(self):
        inner = "".join(
            escape(c, quote=False) if isinstance(c, str) else str(c) for c in self.children
        )
        if not self.tag:
            return inner
        attributes = "".join(
            f' {name}="{escape(value)}"' for name, value in self.attributes.items()
        )
        return f"<{self.tag}{attributes}>" + ("" if self.tag in VOID else f"{inner}</{self.tag}>")


class _Reader(HTMLParser):
    """Balanced HTML as an Element. What lies deeper than DEPTH is moved up to it."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open = [Element("")]

    def handle_starttag(self, tag, attrs):
        element = Element(tag, {name: value or "" for name, value in attrs})
        if len(self.open) > DEPTH and tag not in VOID:
            self.open.append(self.open[-1])
            return
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag):
        if tag not in VOID and len(self.open) > 1:
            self.open.pop()

    def handle_data(self, data):
        self.open[-1].children.append(data)


def tidy(html):
    reader = _Reader()
    reader.feed(html)
    reader.close()
    root = reader.open[0]
    _tidy_inside(root)
    return str(root)


def _tidy_inside(element):
    """Tidy everything in ``element``, from the inside out."""
    for child in element.children:
        if not isinstance(child, str):
            _tidy_inside(child)
    element.children = [part for child in element.children for part in _tidied(child)]
    if element.tag not in INLINE:
        element.children = with_lists(element.children)


def _tidied(child):
    """What ``child`` becomes: itself, its content, or nothing."""
    if isinstance(child, str):
        return [child]
    # A wrapper around blocks is no paragraph.
    if child.tag == "div" and child.has(BLOCKS | {"div"}):
        return child.children
    if child.tag == "b" and NOT_BOLD.search(child.attributes.get("style", "")):
        return child.children
    child.tag = SAME.get(child.tag, child.tag)
    if _is_needless(child):
        return child.children
    if child.tag == "span" and child.attributes.get("lang", "").lower() in RIGHT_TO_LEFT:
        child.attributes["dir"] = "rtl"
    if child.tag in {"h2", "h3"}:
        _without_weight(child)
    if child.tag in {"p", "h2", "h3"}:
        return _without_pictures(child)
    if child.tag in {"li", "td", "th"}:
        _without_lone_paragraph(child)
    if child.tag in {"ul", "ol"}:
        _keep_items_only(child)
    if child.tag == "table":
        _order_rows(child)
    if _is_empty(child):
        # A blank between two words stays, whatever it was in.
        return child.children if child.tag in INLINE else []
    return [child]


def _is_needless(child):
    if child.tag == "a":
        return not child.attributes.get("href")
    return child.tag == "span" and not child.attributes.get("lang")


def _is_empty(child):
    if child.tag in {"br", "td", "th", "tr", "thead", "tbody"}:
        return False
    if child.tag == "img":
        return not child.attributes.get("src")
    return not child.text.strip(BLANKS) and not child.has({"img"})


def _without_weight(element):
    """A heading is bold already."""
    for child in element.children:
        if not isinstance(child, str):
            _without_weight(child)
    element.children = [
        part
        for child in element.children
        for part in (child.children if getattr(child, "tag", "") == "strong" else [child])
    ]


def _without_lone_paragraph(element):
    """The one paragraph of a point or a cell is the point or the cell; two stay two."""
    for name in ("colspan", "rowspan"):
        if element.attributes.get(name) == "1":
            del element.attributes[name]
    own = [c for c in element.children if not isinstance(c, str) or c.strip(BLANKS)]
    own = [c for c in own if isinstance(c, str) or c.tag not in {"ul", "ol"}]
    if len(own) == 1 and not isinstance(own[0], str) and own[0].tag == "p":
        place = element.children.index(own[0])
        element.children[place : place + 1] = own[0].children


def _without_pictures(block):
    """``block`` without its pictures, and the pictures after it: a figure cannot stand in a paragraph."""
    pictures = []
    _take_pictures(block, pictures)
    return [*([] if _is_empty(block) else [block]), *pictures]


def _take_pictures(element, pictures):
    for child in element.children:
        if not isinstance(child, str):
            _take_pictures(child, pictures)
            if child.tag == "img":
                pictures.append(child)
    element.children = [c for c in element.children if isinstance(c, str) or c.tag != "img"]


# --- Lists ----------------------------------------------------------------------------------------


def _keep_items_only(points):
    """A list straight inside a list belongs to the point before it."""
    kept = []
    for child in points.children:
        last = next((c for c in reversed(kept) if not isinstance(c, str)), None)
        if not isinstance(child, str) and child.tag in {"ul", "ol"} and last is not None:
            last.children.append(child)
        else:
            kept.append(child)
    points.children = kept


class _Point:
    """A paragraph that looks like a point of a list."""

    def __init__(self, paragraph, match):
        style = paragraph.attributes.get("style", "")
        level = WORD_LEVEL.search(style)
        is_word = bool(level) or "MsoListParagraph" in paragraph.attributes.get("class", "")
        self.level = int(level[1]) if level else None
        self.tag = "ul" if match["bullet"] else "ol"
        self.kind = match["bullet"] or _kind_of_number(match["number"]) + match["end"]
        self.is_sure = is_word or (match["bullet"] or " ") in SURE
        wide = (len(match["blank"]) > 1 and "\xa0" in match["blank"]) or "\t" in match["blank"]
        self.is_point = self.is_sure or wide
        self.paragraph, self.length = paragraph, match.end()

    def item(self):
        _cut(self.paragraph, self.length)
        return Element("li", children=self.paragraph.children)


def _kind_of_number(number):
    return "1" if number.isdigit() else "A" if number.isupper() else "a"


def _point(child):
    if isinstance(child, str) or child.tag != "p":
        return None
    match = MARK.match(child.text)
    point = match and _Point(child, match)
    return point if point and point.is_point else None


def with_lists(children):
    """``children`` with every run of paragraphs that begin with a bullet or a number made into a list."""
    found, run = [], []
    for child in [*children, None]:
        point = _point(child) if child is not None else None
        if point:
            run.append(point)
            continue
        if run and isinstance(child, str) and not child.strip(BLANKS):
            continue
        found += _list_of(run)
        run = []
        if child is not None:
            found.append(child)
    return found


def _list_of(run):
    """One or more lists for ``run``; the paragraphs as they were when it is too short to be sure."""
    if not any(point.is_sure for point in run) and len(run) < 2:
        return [point.paragraph for point in run]
    found, open_lists, kinds = [], [], []
    for point in run:
        level = point.level or _level_of_kind(point.kind, kinds)
        while open_lists and open_lists[-1][0] > level:
            open_lists.pop()
        if open_lists and open_lists[-1][0] == level and open_lists[-1][1].tag != point.tag:
            open_lists.pop()
        if not open_lists or open_lists[-1][0] < level:
            points = Element(point.tag)
            (open_lists[-1][1].children[-1].children if open_lists else found).append(points)
            open_lists.append((level, points))
        open_lists[-1][1].children.append(point.item())
    return found


def _level_of_kind(kind, kinds):
    """A sign not seen before begins a list inside the last point; a known one goes on with its own."""
    if kind in kinds:
        del kinds[kinds.index(kind) + 1 :]
    else:
        kinds.append(kind)
    return len(kinds)


def _cut(element, length):
    """Take ``length`` signs from the start of the text in ``element``. Returns how many are left to take."""
    kept = []
    for child in element.children:
        if length and isinstance(child, str):
            cut = child[length:]
            length = max(0, length - len(child))
            child = cut
        elif length:
            length = _cut(child, length)
            if child.tag in INLINE and not child.children:
                continue
        if child != "":
            kept.append(child)
    element.children = kept
    return length


# --- Tables ---------------------------------------------------------------------------------------


def _order_rows(table):
    """Caption, header rows in <thead>, the rest in <tbody>; every header cell says what it is header of."""
    captions, rows, others = [], [], []
    for child in table.children:
        tag = "" if isinstance(child, str) else child.tag
        if tag == "caption":
            captions.append(child)
        elif tag in {"thead", "tbody"}:
            rows += [c for c in child.children if not isinstance(c, str) and c.tag == "tr"]
        elif tag == "tr":
            rows.append(child)
        elif tag:
            others.append(child)
    head = []
    while rows and _cells(rows[0]) and all(cell.tag == "th" for cell in _cells(rows[0])):
        head.append(rows.pop(0))
    for scope, group in (("col", head), ("row", rows)):
        for row in group:
            for cell in _cells(row):
                if cell.tag == "th":
                    cell.attributes.setdefault("scope", scope)
    groups = [Element("thead", children=head)] if head else []
    groups += [Element("tbody", children=rows)] if rows else []
    table.children = [*captions[:1], *groups, *others]


def _cells(row):
    return [c for c in row.children if not isinstance(c, str) and c.tag in {"td", "th"}]
