"""Signed heads: "at row n the hash was h", to be kept where the database's owner can't reach.

A chain alone shows that rows in its middle were touched; only a head kept elsewhere shows that the
tail was cut off or that the whole chain was computed anew.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from sucharit.core import clock
from sucharit.core.ledger.chain import head_message, instant
from sucharit.core.ledger.keys import key_id, public_keys, signing_key
from sucharit.core.models import LedgerEntry, LedgerHead

PUBLISHED = 1000  # the newest heads that are published; older ones are implied by them


def sign_head() -> LedgerHead | None:
    """Sign the last committed row (once); None while the ledger is empty."""
    last = LedgerEntry.objects.order_by("-seq").values_list("seq", "hash").first()
    if last is None:
        return None
    signed = LedgerHead.objects.filter(seq=last[0]).first()
    if signed:
        return signed
    key = signing_key()
    at = clock.now()
    message = head_message(last[0], last[1], instant(at))
    with transaction.atomic():
        # Two signers at once: the second finds the first one's head.
        head, _made = LedgerHead.objects.get_or_create(
            seq=last[0],
            defaults={
                "hash": last[1],
                "at": at,
                "key_id": key_id(bytes(key.verify_key)),
                "signature": key.sign(message).signature.hex(),
            },
        )
    return head


def as_document(limit: int | None = PUBLISHED) -> dict[str, Any]:
    """What is published: public keys and the newest heads (``limit`` None: all), as JSON types."""
    heads = LedgerHead.objects.order_by("-seq")[:limit]
    return {
        "format": "sucharit-ledger-heads/1",
        "algorithm": "Ed25519",
        "keys": [{"key_id": k, "public_key": v} for k, v in public_keys().items()],
        "heads": [
            {
                "seq": h.seq,
                "hash": h.hash,
                "at": instant(h.at),
                "key_id": h.key_id,
                "signature": h.signature,
            }
            for h in heads
        ],
    }
