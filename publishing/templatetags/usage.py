from django import template

from publishing import usage

register = template.Library()


@register.simple_tag
def uses_of(obj):
    """``{% uses_of object as uses %}``: [(page, "publicerad" or "utkast")] of the pages that use ``obj``."""
    return usage.uses_of(obj) if obj is not None else []
