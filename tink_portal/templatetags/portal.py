from django import template
from django.utils.html import format_html

register = template.Library()


@register.simple_tag(takes_context=True)
def current(context, path):
    """aria-current for a menu link to ``path``: "page" on it, "true" below it, nothing elsewhere."""
    request = context.get("request")
    here = request.path if request else ""
    if here == path:
        return format_html('aria-current="{}"', "page")
    return format_html('aria-current="{}"', "true") if path != "/" and here.startswith(path) else ""
