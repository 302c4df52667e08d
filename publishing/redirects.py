"""Old addresses keep working."""

from django.conf import settings
from django.contrib.redirects.models import Redirect
from django.utils.translation import gettext as _

#: The longest address that can lead on when its page moves.
MAX_ADDRESS = Redirect._meta.get_field("old_path").max_length


def too_long_address():
    return _(
        "Adressen blir längre än %(number)d tecken. Korta adressnamnet, eller lägg sidan högre upp."
    ) % {"number": MAX_ADDRESS}


def remember_address(old, new):
    """Let ``old`` lead to ``new``. Chains are collapsed; an address in use again leads nowhere else."""
    if old == new:
        return
    redirects = Redirect.objects.filter(site_id=settings.SITE_ID)
    redirects.filter(old_path=new).delete()
    redirects.filter(new_path=old).update(new_path=new)
    redirects.update_or_create(site_id=settings.SITE_ID, old_path=old, defaults={"new_path": new})


def free_address(address):
    """Where a page lies, nothing leads away: not even when the page leaves later."""
    Redirect.objects.filter(site_id=settings.SITE_ID, old_path=address).delete()


def collapse_chains(redirect):
    """What led to the old address of ``redirect`` leads straight to its new one."""
    others = Redirect.objects.filter(site_id=redirect.site_id).exclude(pk=redirect.pk)
    others.filter(new_path=redirect.old_path).update(new_path=redirect.new_path)
