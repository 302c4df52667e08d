from django import template
from django.db.models import Prefetch

from activities.models import GoalArea
from goals.models import Award, Goal

register = template.Library()


@register.simple_tag
def goals():
    areas = GoalArea.objects.published().in_order()
    return Goal.objects.prefetch_related(Prefetch("areas", areas))


@register.simple_tag
def award_sentences():
    return Award.objects.as_sentences()


@register.simple_tag
def awards_by_year():
    return Award.objects.by_year()
