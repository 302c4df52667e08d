from django.conf import settings


def site(request):
    """The site's own name and address, for titles and absolute links."""
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "exit_url": settings.EXIT_URL,
    }
