"""When a message is tried again, and when a webhook is given up: plain Python, no clock."""

from __future__ import annotations

import datetime as dt

PAUSES = (
    dt.timedelta(minutes=1),
    dt.timedelta(minutes=5),
    dt.timedelta(minutes=30),
    dt.timedelta(hours=2),
    dt.timedelta(hours=12),
)
PATIENCE = dt.timedelta(days=5)  # without one success; then the webhook is switched off
GONE = 410  # the receiver says: never again


def pause(attempts: int) -> dt.timedelta:
    """How long to wait after this many failed attempts (≥ 1); the last pause repeats."""
    return PAUSES[min(attempts, len(PAUSES)) - 1]


def too_long(since: dt.datetime, now: dt.datetime) -> bool:
    """Whether patience has ended."""
    return now - since >= PATIENCE
