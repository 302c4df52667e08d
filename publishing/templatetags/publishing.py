from django import template
from django.urls import reverse
from django.utils.safestring import mark_safe

from publishing.references import References

register = template.Library()


@register.filter
def sentence_start(text):
    """``text`` with a capital first, unless its first word has a spelling of its own ("iKomet")."""
    return text if text[1:2].isupper() else text[:1].upper() + text[1:]


@register.filter
def richtext(html, references=None):
    """Print a rich text field. The only place where stored HTML is trusted: it is sanitised on every save.

    ``references`` is what ContentView gives a page: it looks up all links and pictures of the page together.
    """
    return mark_safe((references or References()).show(html or ""))


@register.filter
def edit_url(page):
    """Where the staff edit ``page``."""
    opts = page._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[page.pk])
