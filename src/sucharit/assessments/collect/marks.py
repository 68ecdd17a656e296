"""Keyed hashes of collecting; those of keys, resends and receipts are the ones of ``intake.receipts``."""

from __future__ import annotations

import hashlib
import hmac
import json
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings

SHORTEST_CODE, LONGEST_CODE = 4, 40


@lru_cache(maxsize=4)
def _secret(secret_key: str) -> bytes:
    return hashlib.sha256(b"sucharit.assessments.collect:" + secret_key.encode()).digest()


def _mac(purpose: str, text: str) -> str:
    return hmac.digest(_secret(settings.SECRET_KEY), f"{purpose}:{text}".encode(), "sha256").hex()


def own_code(text: str) -> str:
    """A person's own code as it counts: blanks, dashes and case don't matter, Thai digits are digits."""
    plain = unicodedata.normalize("NFKC", text).upper()
    kept = [
        str(unicodedata.digit(c)) if c.isdigit() else c
        for c in plain
        if not c.isspace() and c not in "-–—._/"
    ]
    return "".join(kept)


def pair_hash(root_campaign: int, unit: int, code: str) -> str:
    """What is stored of a person's own code: equal in the campaigns of a pair, different in every other.

    The code is short, so the secret is what keeps it from being tried: whoever holds only the database
    learns nothing from it (docs/collect.md).
    """
    return _mac("pair", f"{root_campaign}:{unit}:{own_code(code)}")


def content_hash(answers: Mapping[str, Any], *more: str) -> str:
    """Mark of what was sent, to tell a resend from other answers on the same page; emptied at closing."""
    text = json.dumps([answers, *more], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return _mac("content", text)
