from django import template

from alerts.models import Alert

register = template.Library()


@register.simple_tag(takes_context=True)
def alerts_here(context):
    """The messages for the page that is read."""
    request = context.get("request")
    return Alert.objects.shown(request.path if request else "/")
