"""Check links and remember the outcome. Nothing here holds a transaction open while another site is asked."""

from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from links import fetch
from links.collect import LONGEST
from links.inner import judge
from links.models import ASK_WORKING_AFTER, Link
from links.sentences import ONCE, sentence

#: What a server answers when it is only our program that it does not want, or does not want just now.
CLOSED, BUSY, GONE = {401, 403, 407, 451, 999}, {429}, {404, 410}
NO_RANGE = 416
WAIT_AT_LEAST, WAIT_AT_MOST = timedelta(hours=1), timedelta(days=7)
RESULT = (
    *("status", "code", "sentence", "moved_to", "first_failed_at", "checked_at", "failures"),
    "not_before",
)


class Outcome(NamedTuple):
    inner: int
    outer: int


def check_all(outer, limit=None, ask_working_after=ASK_WORKING_AFTER, fetcher=None):
    """Check every inner link, and the outer ones whose turn it is when ``outer`` is on."""
    inner = check_inner(Link.objects.inner())
    refuse_unaskable()
    asked = check_outer(limit, ask_working_after, fetcher) if outer else 0
    return Outcome(inner, asked)


def check_portion(outer, limit, fetcher=None):
    """Check what somebody asked for, and at most ``limit`` outer links."""
    inner = check_inner(Link.objects.inner().waiting())
    return Outcome(inner, check_outer(limit, fetcher=fetcher) if outer else 0)


def check_inner(links):
    count = 0
    for link in list(links):
        verdict = judge(link.url)
        words = sentence(verdict.reason, verdict.code)
        if not verdict.reason:
            link.set_ok()
        elif verdict.reason == "moved":
            link.set_moved(verdict.moved_to, words)
        elif verdict.reason == "error":
            link.set_unknown(words, verdict.code)
        else:
            link.set_failed(Link.Status.BROKEN, words, verdict.code)
        _store(link)
        count += 1
    return count


def refuse_unaskable():
    """What can be told from the address itself needs no request, so it is told even when none are made."""
    for link in list(Link.objects.waiting().filter(kind=Link.Kind.OUTER)):
        try:
            _require_askable(link.url)
        except fetch.Refused as error:
            link.set_failed(Link.Status.REFUSED, sentence(error.reason))
            _store(link)


def check_outer(limit=None, ask_working_after=ASK_WORKING_AFTER, fetcher=None):
    fetcher = fetcher or fetch.Fetcher(user_agent())
    due, count = Link.objects.due(timezone.now(), ask_working_after), 0
    for link in list(due[:limit]):
        link.refresh_from_db()
        if link.not_before and link.not_before > timezone.now():
            continue  # its website asked for patience a moment ago
        ask(link, fetcher)
        count += 1
    return count


def user_agent():
    return f"TryggLankkontroll/1.0 (+{settings.SITE_URL})"


def ask(link, fetcher):
    """Ask the other website about ``link`` and store what it says."""
    link.not_before = None
    try:
        _require_askable(link.url)
        answer = fetcher.fetch(link.url)
    except fetch.Refused as error:
        link.set_failed(Link.Status.REFUSED, sentence(error.reason))
    except fetch.Unreachable as error:
        _fail(link, sentence(error.reason))
    else:
        _judge_answer(link, answer)
    _store(link)


def _require_askable(url):
    if url.endswith("…") and len(url) > LONGEST // 4:
        raise fetch.Refused("too_long")
    fetch.parse(url)


def _judge_answer(link, answer):
    code = answer.code
    if code < 400 or code == NO_RANGE:
        if answer.moved_to:
            link.set_moved(answer.moved_to, sentence("moved"), code)
        else:
            link.set_ok(code)
    elif code in GONE:
        link.set_failed(Link.Status.BROKEN, sentence("gone"), code)
    elif code in CLOSED:
        link.set_unknown(sentence("closed", code), code)
    elif code in BUSY or answer.wait_seconds is not None:
        _postpone(link, answer.wait_seconds)
        link.set_unknown(sentence("busy"), code)
    else:
        _fail(link, sentence("server" if code >= 500 else "refused", code), code)


def _fail(link, words, code=None):
    """A fault that may pass: broken when it was there 12 hours ago too."""
    if link.has_failed_long_enough:
        link.set_failed(Link.Status.BROKEN, words, code)
    else:
        link.set_failed(Link.Status.UNKNOWN, f"{words} {ONCE}", code)


def _postpone(link, wait_seconds):
    """A website that asks for patience gets it for all its links, within reason."""
    wait = timedelta(days=1) if wait_seconds is None else timedelta(seconds=wait_seconds)
    link.not_before = timezone.now() + min(max(wait, WAIT_AT_LEAST), WAIT_AT_MOST)
    Link.objects.filter(host=link.host, kind=link.kind).update(not_before=link.not_before)


def _store(link):
    """Only the outcome, and only if the link is still there: a rebuild may have come between."""
    Link.objects.filter(pk=link.pk).update(**{name: getattr(link, name) for name in RESULT})
