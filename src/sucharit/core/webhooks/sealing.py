"""Secrets of webhooks at rest, sealed with a key made from SUCHARIT_SECRET_KEY.

A copy of the database alone signs nothing.
"""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.utils.encoding import force_bytes
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox


class SealError(Exception):
    """Sealed under another SUCHARIT_SECRET_KEY: the secret must be made anew."""


def seal(key: bytes) -> bytes:
    """The key, sealed."""
    return bytes(_box(settings.SECRET_KEY).encrypt(key))


def unseal(sealed: bytes) -> bytes:
    """The key again; SealError when none of our keys opens it."""
    for ours in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return bytes(_box(ours).decrypt(sealed))
        except CryptoError:
            continue
    raise SealError


def _box(secret_key: str | bytes) -> SecretBox:
    return SecretBox(
        hashlib.blake2b(force_bytes(secret_key), digest_size=32, person=b"webhook-secret").digest()
    )
