"""Short ways to proofread one text."""

from proofreading.checking import proofread
from proofreading.texts import Kind, Text


def read(value, kind=Kind.HTML, under_heading=False):
    return proofread([Text("här", value, kind, under_heading)])


def rules(value, kind=Kind.HTML, under_heading=False):
    """The rules that ``value`` breaks, each as often as it does."""
    return [remark.rule for remark in read(value, kind, under_heading)]
