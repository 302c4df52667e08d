from django import template
from django.utils.safestring import SafeData, mark_safe

from organisation.models import Headcount

HEADCOUNT = "[antal heltidsanställda]"
register = template.Library()


@register.simple_tag
def subpages(page):
    """The published pages below ``page``, which in a preview may stand elsewhere than live."""
    children = list(page.children.published().in_swedish_order())
    for child in children:
        child.path = child.own_path(parent=page) or child.path
    return children


@register.filter
def with_headcount(html):
    """Put "12 heltidsanställda" from the newest count where the text says [antal heltidsanställda]."""
    if HEADCOUNT not in html:
        return html
    newest = Headcount.objects.first()
    text = html.replace(
        HEADCOUNT, f"{newest.full_time} heltidsanställda" if newest else "heltidsanställda"
    )
    return mark_safe(text) if isinstance(html, SafeData) else text
