"""Nothing typed is lost when the time runs out: the form is kept in the new session until its owner is back.

Only what somebody sent whose login had just ended is kept, so nobody outside can fill the database. It goes
with the session, at the latest after twelve hours.
"""

from django.contrib.auth import SESSION_KEY
from django.urls import reverse
from django.utils.http import urlencode

KEPT = "kept_form"


def keep(request):
    """Keep the posted form and give the address to log in at; None when there is nothing to keep."""
    if request.method != "POST" or not request.expired_user:
        return None
    names = request.POST.keys() - {"csrfmiddlewaretoken"}
    if not names or any("password" in name for name in names):
        return None
    request.session[KEPT] = {
        "user": request.expired_user,
        "address": request.get_full_path(),
        "had_files": bool(request.FILES),
        "fields": [
            [name, value]
            for name, values in request.POST.lists()
            for value in values
            if name != "csrfmiddlewaretoken"
        ],
    }
    return f"{reverse('admin:login')}?{urlencode({'next': reverse('admin:unsaved')})}"


def kept_for(request):
    """What was kept for the one who is logged in now; what was somebody else's is thrown away."""
    kept = request.session.get(KEPT)
    if kept and kept["user"] != request.session.get(SESSION_KEY):
        forget(request)
        return None
    return kept


def forget(request):
    request.session.pop(KEPT, None)


def forget_when_sent(request):
    """The kept form has been sent again."""
    kept = request.session.get(KEPT) if request.method == "POST" else None
    if kept and kept["address"] == request.get_full_path():
        forget(request)
