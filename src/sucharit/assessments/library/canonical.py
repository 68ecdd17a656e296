"""The one byte form of a document, and its fingerprint."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def canonical_json(document: Any) -> bytes:
    """UTF-8 JSON with sorted keys and no white space; equal content gives equal bytes."""
    return json.dumps(
        document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode("utf-8")


def sha256_of(document: Any) -> str:
    """SHA-256 of the canonical JSON, 64 hexadecimal digits; comments and layout don't count."""
    return hashlib.sha256(canonical_json(document)).hexdigest()
