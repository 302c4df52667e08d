"""How long a login lasts: 30 minutes without doing anything, 12 hours in all.

Only requests to the staff's side are looked at. A resident's page never touches a session, so it sets no
cookie and does not vary with one.
"""

import time

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

STARTED, SEEN = "started_at", "seen_at"
#: A session is written once a minute at most, however many pages are opened.
ROUGHLY = 60


@receiver(user_logged_in, dispatch_uid="accounts.start_the_clock")
def start_the_clock(sender, request, user, **signal):
    request.session[STARTED] = request.session[SEEN] = int(time.time())


def seconds_left(session):
    """How long this login still lasts when nothing more is done; 0 or less when it is over."""
    now = int(time.time())
    idle = session.get(SEEN, 0) + settings.SESSION_IDLE_SECONDS - now
    longest = session.get(STARTED, 0) + settings.SESSION_COOKIE_AGE - now
    return min(idle, longest)


def end_sessions(user):
    """Log ``user`` out of every browser. Sessions are few: whose they are stands inside them."""
    own = [
        session.pk
        for session in Session.objects.filter(expire_date__gt=timezone.now())
        if session.get_decoded().get(SESSION_KEY) == str(user.pk)
    ]
    Session.objects.filter(pk__in=own).delete()
    return len(own)


class SessionAgeMiddleware:
    """End a login whose time is up, and note that another is in use.

    ``request.expired_user`` is the key of who was logged out just now, so that what they were sending can
    be given back (accounts.kept).
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.expired_user = None
        is_staff_side = request.path_info.startswith(reverse("admin:index"))
        if is_staff_side and settings.SESSION_COOKIE_NAME in request.COOKIES:
            self._look_at(request)
        return self.get_response(request)

    def _look_at(self, request):
        session = request.session
        if SESSION_KEY not in session:
            return
        if seconds_left(session) <= 0:
            request.expired_user = session[SESSION_KEY]
            request.session_has_expired = True
            logout(request)
            messages.info(request, _("Du har loggats ut eftersom tiden gick ut. Logga in igen."))
        elif "X-Background" in request.headers:
            return  # a script of an open page (js/editing.js), not somebody at work
        elif session[SEEN] <= int(time.time()) - ROUGHLY:
            session[SEEN] = int(time.time())
