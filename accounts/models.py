"""Nothing of our own is stored: the second step's devices are django-otp's, read in another way."""

import hmac
from base64 import b32encode
from hashlib import sha256
from secrets import choice

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.models import StaticDevice

#: Without 0, 1, l, o: read from paper, typed in a hurry. 10 of 32 signs are 50 bits.
ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
CODES, CODE_LENGTH = 10, 10


class RecoveryDevice(StaticDevice):
    """A sheet of recovery codes. The database holds a keyed hash of each, never the code.

    django-otp keeps them readable; it looks for what it was given, so it is given the hash.
    """

    class Meta:
        proxy = True
        default_permissions = ()
        verbose_name = _("återställningskoder")
        verbose_name_plural = _("återställningskoder")

    def verify_token(self, token):
        return super().verify_token(hash_of(token))

    def make_codes(self):
        """New codes instead of the old ones, to be shown once."""
        codes = [
            "".join(choice(ALPHABET) for _number in range(CODE_LENGTH)) for _code in range(CODES)
        ]
        self.token_set.all().delete()
        for code in codes:
            self.token_set.create(token=hash_of(code))
        return [f"{code[:5]}-{code[5:]}" for code in codes]


def hash_of(code):
    """80 bits of a hash keyed with SECRET_KEY: as much as django-otp's column takes."""
    plain = "".join(sign for sign in str(code).lower() if sign.isalnum())
    key = f"recovery:{settings.SECRET_KEY}".encode()
    return b32encode(hmac.new(key, plain.encode(), sha256).digest()[:10]).decode()
