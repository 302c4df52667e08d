from django import template

from documents.models import Document

register = template.Library()


@register.simple_tag
def listed_documents():
    return Document.objects.for_list()
