"""Deleting several rows from a list: the admin stores its notes in bulk, of which no signal tells."""

from functools import wraps

from django.contrib.admin.actions import delete_selected as stock

from audit.log import Action, record


@wraps(stock)
def delete_selected(model_admin, request, queryset):
    rows = list(queryset) if request.POST.get("post") else []
    answer = stock(model_admin, request, queryset)
    if answer is None and len(rows) > 1:  # one row alone is told of
        for row in rows:
            record(request.user, Action.DELETED, row)
    return answer
