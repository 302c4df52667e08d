from django import template

from activities.models import GoalArea

register = template.Library()


@register.simple_tag
def goal_areas():
    return GoalArea.objects.published().in_order()
