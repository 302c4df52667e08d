from django import template
from django.db.models.functions import Collate

from organisation.models import ContactPoint, Headcount, Helpline, Organisation, Person

register = template.Library()


@register.simple_tag
def urgent_helplines():
    return Helpline.objects.for_every_page()


@register.simple_tag
def start_helplines():
    return Helpline.objects.for_start()


@register.simple_tag
def helplines():
    return Helpline.objects.all()


@register.simple_tag
def contact_points():
    return ContactPoint.objects.all()


@register.simple_tag
def functions():
    return Person.objects.active().order_by(Collate("function", "sv"), "pk")


@register.simple_tag
def headcount():
    """The newest count, or None."""
    return Headcount.objects.first()


@register.simple_tag
def partners_by_kind():
    """A list of (kind in words, organisations) in the unit's own order of kinds."""
    groups = {kind: [] for kind in Organisation.Kind}
    for organisation in Organisation.objects.order_by(Collate("name", "sv")):
        groups[Organisation.Kind(organisation.kind)].append(organisation)
    return [(kind.label, members) for kind, members in groups.items() if members]
