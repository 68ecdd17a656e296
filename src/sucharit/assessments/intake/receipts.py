"""Keyed hashes of intake: access keys, resend marks, receipts. Nothing here is stored with answers.

All are HMAC-SHA-256 under a secret derived from ``SECRET_KEY``; who has only the database cannot
try keys against it. Changing ``SECRET_KEY`` during a round makes printed keys useless.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from functools import lru_cache

from django.conf import settings

from sucharit.assessments.models.rounds import CODE_ALPHABET

_SEPARATORS = str.maketrans("", "", " -–—\t")


@lru_cache(maxsize=4)
def _secret(secret_key: str) -> bytes:
    return hashlib.sha256(b"sucharit.assessments.intake:" + secret_key.encode()).digest()


def _mac(purpose: str, text: str) -> bytes:
    return hmac.digest(_secret(settings.SECRET_KEY), f"{purpose}:{text}".encode(), "sha256")


def _letters(mac: bytes, length: int) -> str:
    number = int.from_bytes(mac, "big")
    letters = []
    for _ in range(length):
        number, place = divmod(number, len(CODE_ALPHABET))
        letters.append(CODE_ALPHABET[place])
    return "".join(letters)


def grouped(code: str) -> str:
    """A code in groups of four, as printed: "ABCD-EFGH-JKMN"."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))


def key_hash(key: str) -> str:
    """What is stored of a one-use key (64 hex digits). Case, blanks and dashes don't matter."""
    return _mac("key", key.translate(_SEPARATORS).upper()).hex()


def new_submission() -> str:
    """A random id for one served page, 32 hex digits."""
    return secrets.token_hex(16)


def is_submission(text: str) -> bool:
    """Whether a text has the shape of a submission id."""
    return len(text) == 32 and all(c in "0123456789abcdef" for c in text)


def resend_hash(submission: str) -> str:
    """What is stored of a submission id until surveys close; only the id leads to it."""
    return _mac("resend", submission).hex()


def receipt(code: str, submission: str) -> str:
    """The code on the thank-you page: the same on every resend, in no table, tied to no row.

    Eight characters come from the submission id by a hash of its own; four tie them to the survey,
    so that ``genuine`` can tell a real receipt from an invented one without any record of it.
    """
    head = _letters(_mac("receipt", submission), 8)
    return grouped(head + _letters(_mac("check", code + head), 4))


def genuine(code: str, text: str) -> bool:
    """Whether a receipt was given out for the survey of this code (a guess: 1 in 923,521)."""
    plain = text.translate(_SEPARATORS).upper()
    check = _letters(_mac("check", code + plain[:8]), 4)
    return len(plain) == 12 and hmac.compare_digest(check.encode(), plain[8:].encode())
