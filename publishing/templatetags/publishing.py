from django import template
from django.utils.safestring import mark_safe

register = template.Library()


@register.filter
def richtext(html):
    """Print a rich text field. The only place where stored HTML is trusted: it is sanitised on every save."""
    return mark_safe(html or "")
