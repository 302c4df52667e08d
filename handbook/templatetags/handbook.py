from django import template

from handbook.screens import chapter_for

register = template.Library()


@register.simple_tag(takes_context=True)
def help_for_screen(context):
    """The chapter about the screen that is shown."""
    request = context.get("request")
    return chapter_for(getattr(request, "resolver_match", None), context.get("opts"))
