"""The staff's own screens for signing in: the second step, recovery codes, Säkerhet, and the time left.

``for_staff`` lets in whoever has given a password: these pages come before the second step is done. All
others are reached through the admin site's own gate.
"""

import time
from functools import wraps

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django_otp import login as note_second_step
from django_otp.plugins.otp_totp.models import TOTPDevice, default_key

from accounts import kept, lockout, second_step
from accounts.forms import CodeForm, RecoveryCodeForm
from accounts.sessions import end_sessions, seconds_left
from audit.log import Action, record

KEY, MAY_REPLACE = "app_key", "may_replace_app_until"
#: How long after a correct code another app may be set up.
REPLACING_SECONDS = 15 * 60
FEW_CODES = 3


def for_staff(view):
    """``view`` for staff who have given their password, whether or not the second step is done."""

    @wraps(view)
    def checked(request):
        if not (request.user.is_active and request.user.is_staff):
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))
        if not settings.TWO_FACTOR:
            return redirect("admin:index")
        return view(request)

    return never_cache(csrf_protect(sensitive_post_parameters()(checked)))


def screen(request, name, title, **context):
    context = {**admin.site.each_context(request), "title": title, **context}
    return TemplateResponse(request, f"admin/access_{name}.html", context)


def next_address(request):
    """Where the login was on its way; the admin's start when that is somewhere else than here."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else reverse("admin:index")


def with_next(name, address):
    return f"{reverse(name)}?{urlencode({'next': address})}"


# --- The second step -------------------------------------------------------------------------------


@for_staff
def second_step_view(request):
    """Ask for a code; who has no app yet sets one up first."""
    goal = next_address(request)
    if request.user.is_verified():
        return HttpResponseRedirect(goal)
    app = second_step.app_of(request.user)
    if app is None:
        return HttpResponseRedirect(with_next("admin:set_up_app", goal))
    by_recovery = "aterstallning" in request.GET
    device = second_step.recovery_of(request.user) if by_recovery else app
    form = (RecoveryCodeForm if by_recovery else CodeForm)(request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_right(request, form, device):
        _pass(request, device)
        if by_recovery:
            record(request.user, Action.RECOVERY_CODE_USED, request.user)
            _tell_codes_left(request)
        return HttpResponseRedirect(goal)
    title = _("Skriv en återställningskod") if by_recovery else _("Skriv koden från din app")
    return screen(request, "second_step", title, form=form, next=goal, by_recovery=by_recovery)


def _is_right(request, form, device):
    if form.too_fast(device):
        return False
    if second_step.check(request.user, form.cleaned_data["code"], device):
        return True
    record(request.user, Action.SECOND_STEP_FAILED, request.user)
    form.wrong()
    return False


def _pass(request, device):
    note_second_step(request, device)
    request.session.cycle_key()
    record(request.user, Action.SECOND_STEP_PASSED, request.user)


def _tell_codes_left(request):
    left = second_step.recovery_codes_left(request.user)
    if left <= FEW_CODES:
        messages.warning(
            request,
            _("Du har %d återställningskoder kvar. Gör nya under Säkerhet.") % left,
        )


@for_staff
def set_up_app_view(request):
    """Steps 1 to 3: an app, the square, the first code. Step 4 is the answer: the recovery codes, once."""
    goal = next_address(request)
    if second_step.app_of(request.user) and not _may_replace(request):
        return HttpResponseRedirect(with_next("admin:second_step", goal))
    key = request.session.setdefault(KEY, default_key())
    form = CodeForm(request.POST or None, autofocus=False)  # the steps before it come first
    if request.method == "POST" and form.is_valid():
        device = second_step.set_up_app(request.user, key, form.cleaned_data["code"])
        if device:
            return _show_first_codes(request, device, goal)
        form.wrong()
    app = TOTPDevice(user=request.user, key=key)
    size, path = second_step.square(app)
    return screen(
        request,
        "set_up_app",
        _("Ställ in tvåstegsinloggning"),
        **{"form": form, "next": goal, "size": size, "path": path},
        readable_key=second_step.readable_key(app),
    )


def _may_replace(request):
    return request.user.is_verified() and request.session.get(MAY_REPLACE, 0) > time.time()


def _show_first_codes(request, device, goal):
    for name in (KEY, MAY_REPLACE):
        request.session.pop(name, None)
    codes = second_step.make_recovery_codes(request.user)
    record(request.user, Action.SECOND_STEP_ADDED, request.user)
    _pass(request, device)
    return _show_codes(request, codes, goal, step=_("Steg 4 av 4"))


def _show_codes(request, codes, goal, step=""):
    title = _("Spara dina återställningskoder")
    return screen(request, "codes", title, codes=codes, next=goal, step=step)


@for_staff
def codes_saved_view(request):
    """The button under the codes. Without the tick new codes are offered: the old have left the screen."""
    if request.method == "POST" and "saved" in request.POST:
        messages.success(request, _("Klart. Tvåstegsinloggningen är inställd."))
        return HttpResponseRedirect(next_address(request))
    return redirect("admin:security")


# --- Säkerhet: one's own account. Behind the admin's gate. ------------------------------------------


def security_view(request):
    """What protects one's own account, and the three things to do about it."""
    return screen(
        request,
        "security",
        _("Säkerhet"),
        two_factor=settings.TWO_FACTOR,
        app=second_step.app_of(request.user),
        codes_left=second_step.recovery_codes_left(request.user),
        few=FEW_CODES,
    )


def _ask_for_code(request, title, explanation, button):
    """A code before something that matters: (screen, None) until it is right, then (None, device)."""
    device = second_step.app_of(request.user)
    by_recovery = "aterstallning" in request.GET
    if by_recovery:
        device = second_step.recovery_of(request.user)
    form = (RecoveryCodeForm if by_recovery else CodeForm)(request.POST or None)
    if request.method == "POST" and form.is_valid() and _is_right(request, form, device):
        return None
    return screen(
        request,
        "ask_code",
        title,
        **{"form": form, "explanation": explanation, "button": button, "by_recovery": by_recovery},
    )


@for_staff
def new_codes_view(request):
    asked = _ask_for_code(
        request,
        _("Gör nya återställningskoder"),
        _("De gamla koderna slutar gälla. De nya visas bara en gång."),
        _("Gör nya koder"),
    )
    if asked:
        return asked
    codes = second_step.make_recovery_codes(request.user)
    record(request.user, Action.RECOVERY_CODES_MADE, request.user)
    return _show_codes(request, codes, reverse("admin:security"))


@for_staff
def replace_app_view(request):
    asked = _ask_for_code(
        request,
        _("Byt telefon eller app"),
        _(
            "Skriv en kod från appen som du har nu. Därefter ställer du in den nya. "
            "Du får också nya återställningskoder."
        ),
        _("Fortsätt"),
    )
    if asked:
        return asked
    request.session[MAY_REPLACE] = time.time() + REPLACING_SECONDS
    return HttpResponseRedirect(with_next("admin:set_up_app", reverse("admin:security")))


@require_POST
def log_out_everywhere_view(request):
    user = request.user
    end_sessions(user)
    record(user, Action.SESSIONS_ENDED, user)
    request.session.flush()
    messages.success(request, _("Du är utloggad överallt."))
    return redirect("admin:login")


# --- The time left, and what was typed when it ran out ----------------------------------------------


@require_POST
def go_on_view(request):
    """”Fortsätt arbeta”: the request itself has moved the clock; a minute's margin is written too."""
    request.session["seen_at"] = int(time.time())
    return JsonResponse({"seconds": seconds_left(request.session)})


def unsaved_view(request):
    """The form that was sent after the time had run out, to be sent again or thrown away."""
    if request.method == "POST":
        kept.forget(request)
        messages.success(request, _("Det du skrev är borttaget."))
        return redirect("admin:index")
    form = kept.kept_for(request)
    if form is None:
        return redirect("admin:index")
    return screen(request, "unsaved", _("Det du skrev finns kvar"), kept=form)


# --- For those who look after accounts --------------------------------------------------------------


def locks_view(request):
    """Which accounts are locked out now, with a button that opens them."""
    if not request.user.has_perm("auth.change_user"):
        raise PermissionDenied
    if request.method == "POST":
        lockout.unlock()
        record(request.user, Action.UNLOCKED)
        messages.success(request, _("Alla nätverk är upplåsta."))
        return redirect("admin:locks")
    return screen(
        request,
        "locks",
        _("Spärrade inloggningar"),
        accounts=lockout.locked_accounts(),
        clients=lockout.count_locked_clients(),
    )
