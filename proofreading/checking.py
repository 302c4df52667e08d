"""Proofread the texts of one page. Pure functions: no database, nothing about pages."""

from proofreading.markup import parse, parse_plain
from proofreading.structure import (
    check_headings,
    check_links,
    check_pictures,
    check_same_link_texts,
    check_tables,
)
from proofreading.texts import Kind
from proofreading.wording import check_title, check_wording


def proofread(texts):
    """Remarks on the ``texts`` of one page, given in the order that the page prints them; errors first."""
    remarks, links, has_h2 = [], [], False
    for text in texts:
        document = parse(text.value) if text.kind is Kind.HTML else parse_plain(text.value)
        found = check_wording(document)
        if text.kind is Kind.HTML:
            structure = _check_structure(document, has_h2 or text.under_heading)
            found = [*structure, *found]
            links += [(text.place, link) for link in document.links]
            if not text.under_heading:
                has_h2 = has_h2 or any(block.tag == "h2" for block in document.blocks)
        elif text.kind is not Kind.LINE:
            found = [*check_title(text.kind, text.value), *found]
            has_h2 = has_h2 or (text.kind is Kind.HEADING and bool(text.value.strip()))
        remarks += [remark._replace(place=text.place) for remark in found]
    remarks += check_same_link_texts(links)
    remarks = list(dict.fromkeys(remarks))
    return sorted(remarks, key=lambda remark: not remark.is_error)


def _check_structure(document, has_h2):
    yield from check_headings(document, has_h2)
    yield from check_links(document)
    yield from check_pictures(document)
    yield from check_tables(document)
