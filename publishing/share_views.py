"""Showing drafts: to an editor at the width of a phone, and to somebody outside by a link."""

from datetime import timedelta

from csp.constants import SELF
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from publishing import rights
from publishing.draft_views import number, screen
from publishing.drafts import draft_of
from publishing.models import PreviewLink
from publishing.preview import draw, keep_out_of_sight

#: Choices of how many days a link is open.
LINK_DAYS = (1, 7, 30)
#: How wide the preview is drawn: a class in admin-content.css for each.
WIDTHS = {"mobil": gettext_lazy("Telefon"), "dator": gettext_lazy("Dator")}


@require_safe
def shared_view(request, token):
    """The draft behind a link, or one and the same refusal whatever is wrong with it."""
    link = PreviewLink.objects.from_token(token)
    page = link and _page_of(link)
    if page is None:
        response = TemplateResponse(request, "publishing/link_closed.html", status=404)
        return keep_out_of_sight(response)
    draft = draft_of(page)
    if draft is None and page.is_published:
        return keep_out_of_sight(HttpResponseRedirect(page.get_absolute_url()))
    return draw(request, page, draft, is_shared_draft=True)


def _page_of(link):
    """The page of ``link``; None when it is gone, or when who made the link may no longer see it."""
    model, user = link.content_type.model_class(), link.created_by
    if model is None or not (user.is_active and user.is_staff):
        return None
    if not any(rights.has_right(user, action, model) for action in ("view", "change")):
        return None
    return model._base_manager.filter(pk=link.object_id).first()


def share_view(request, admin, page):
    """Make and close the links to the draft of ``page``."""
    if not admin.has_change_permission(request, page):
        raise PermissionDenied
    if request.method == "POST":
        if "revoke" in request.POST:
            _close(request, admin, page)
        else:
            _open(request, admin, page)
        return HttpResponseRedirect(admin._url("share", page.pk))
    return screen(
        request,
        admin,
        page,
        "share",
        _("Dela förhandsvisning"),
        links=PreviewLink.objects.of(page).select_related("created_by")[:50],
        days=LINK_DAYS,
        default_days=LINK_DAYS[1],
        has_draft=draft_of(page) is not None or not page.is_published,
    )


def _open(request, admin, page):
    days = number(request.POST.get("days"))
    if days not in LINK_DAYS:
        messages.error(request, _("Välj hur länge länken ska gälla."))
        return
    expires = timezone.now() + timedelta(days=days)
    PreviewLink.objects.create(
        content_type=ContentType.objects.get_for_model(page),
        object_id=page.pk,
        created_by=request.user,
        expires_at=expires,
    )
    admin.log_change(request, page, _("Delade en förhandsvisning"))
    messages.success(
        request, _("Länken är klar. Kopiera den och skicka den till den som ska läsa.")
    )


def _close(request, admin, page):
    link = get_object_or_404(PreviewLink.objects.of(page), pk=number(request.POST["revoke"]))
    PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())
    admin.log_change(request, page, _("Stängde en delad förhandsvisning"))
    messages.success(request, _("Länken är stängd. Den visar inte utkastet längre."))


def frame_view(request, admin, page):
    """The preview at the width of a phone or of a computer, with what one may do next beside it."""
    width = request.GET.get("bredd")
    response = screen(
        request,
        admin,
        page,
        "frame",
        _("Förhandsgranska"),
        widths=WIDTHS.items(),
        width=width if width in WIDTHS else "dator",
        draft=draft_of(page),
    )
    response._csp_update = {"frame-src": [SELF]}
    return response
