"""Who a request comes from, as far as our own proxies vouch for it."""

from django.conf import settings


def client_address(request):
    """The client's address: the nearest one that our own proxies vouch for, counted from the right."""
    if not settings.PROXY_COUNT:
        return request.META.get("REMOTE_ADDR", "")
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    return forwarded[-settings.PROXY_COUNT] if len(forwarded) >= settings.PROXY_COUNT else ""
