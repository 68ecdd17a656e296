"""The signature of Standard Webhooks (standardwebhooks.com, version 1): plain Python, no clock.

``HMAC-SHA256(key, "<id>.<timestamp>.<body>")`` in base64, behind ``v1,``. ``verify`` is what a receiver
does; libraries for many languages do the same.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Mapping

PREFIX = "whsec_"
KEY_BYTES = 32
TOLERANCE = 5 * 60  # seconds a message may be old, or the receiver's clock be behind
ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"


class SignatureError(ValueError):
    """A message a receiver must not believe."""


def new_key() -> bytes:
    """A random signing key."""
    return secrets.token_bytes(KEY_BYTES)


def secret_text(key: bytes) -> str:
    """The key as it is handed to the receiver: ``whsec_`` and base64."""
    return PREFIX + base64.b64encode(key).decode("ascii")


def key_of(secret: str) -> bytes:
    """The key of a handed-over secret; SignatureError when it is none."""
    try:
        return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        raise SignatureError("this is no secret") from None


def sign(key: bytes, message_id: str, timestamp: int, body: bytes) -> str:
    """``v1,<base64>`` over id, timestamp (Unix seconds) and the body's very bytes."""
    told = f"{message_id}.{timestamp}.".encode("ascii") + body
    return "v1," + base64.b64encode(hmac.new(key, told, hashlib.sha256).digest()).decode("ascii")


def headers(key: bytes, message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The three headers of a message."""
    return {
        ID: message_id,
        TIMESTAMP: str(timestamp),
        SIGNATURE: sign(key, message_id, timestamp, body),
    }


def verify(
    secret: str, sent: Mapping[str, str], body: bytes, now: int, tolerance: int = TOLERANCE
) -> str:
    """The message's id when its signature holds and it is fresh; SignatureError else.

    ``sent``: headers by lower-case name; ``now``: Unix seconds. The receiver remembers ids for
    ``tolerance`` seconds and passes over those he has seen: that stops a message sent twice.
    """
    message_id, stamp = sent.get(ID, ""), sent.get(TIMESTAMP, "")
    if not message_id.isascii() or not (stamp.isascii() and stamp.isdigit()):
        raise SignatureError("id or timestamp is missing")
    if abs(now - int(stamp)) > tolerance:
        raise SignatureError("the message is too old, or from the future")
    wanted = sign(key_of(secret), message_id, int(stamp), body).encode("ascii")
    given = sent.get(SIGNATURE, "").split()
    # Several signatures stand side by side while a secret is being changed: one is enough.
    if not any(hmac.compare_digest(wanted, one.encode("utf-8")) for one in given):
        raise SignatureError("the signature is another")
    return message_id
