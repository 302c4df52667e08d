"""Old addresses keep working."""

from django.conf import settings
from django.contrib.redirects.models import Redirect


def remember_address(old, new):
    """Let ``old`` lead to ``new``. Chains are collapsed; an address in use again leads nowhere else."""
    if old == new:
        return
    redirects = Redirect.objects.filter(site_id=settings.SITE_ID)
    redirects.filter(old_path=new).delete()
    redirects.filter(new_path=old).update(new_path=new)
    redirects.update_or_create(site_id=settings.SITE_ID, old_path=old, defaults={"new_path": new})
