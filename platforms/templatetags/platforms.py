from django import template

from platforms.models import Platform

register = template.Library()


@register.simple_tag
def platforms():
    return Platform.objects.published().in_order()
