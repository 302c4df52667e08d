from django import template

from pictures.models import Picture

register = template.Library()


@register.simple_tag
def gallery():
    return Picture.objects.for_gallery()
