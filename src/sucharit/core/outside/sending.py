"""One careful POST: only https, no redirect is followed, little time, the answer's body is not read."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from sucharit.core.outside.guard import (
    Pinned,
    Reason,
    StopError,
    late,
    place,
    public_address,
    target,
    told_apart,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds of one wait and of everything; ``allowed``: "host:port" that may lie inside the office."""

    timeout: float = 10.0
    total: float = 15.0
    allowed: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of it: the answer's status, and why it counts as failed ("": it went through)."""

    status: int | None = None
    reason: str = ""
    retry_after: str = ""  # as the header says it

    @property
    def ok(self) -> bool:
        """An answer of 2xx."""
        return not self.reason


def check_target(url: str, allowed: frozenset[str]) -> str:
    """The address to connect to for an https URL, looked up now. StopError says what is wrong with it."""
    parts, host, port = place(url)
    if parts.scheme != "https":
        raise StopError(Reason.NOT_HTTP)
    return public_address(host, port, allowed)


def post(url: str, body: bytes, headers: Mapping[str, str], limits: Limits) -> Sent:
    """Send the bytes. Never raises for what the network does."""
    deadline = time.monotonic() + limits.total
    try:
        address = check_target(url, limits.allowed)
        status, retry_after = _post(url, address, body, headers, limits, deadline)
    except StopError as stop:
        return Sent(None, str(stop.reason))
    if 200 <= status < 300:
        return Sent(status)
    reason = Reason.REDIRECTS if 300 <= status < 400 else Reason.STATUS
    return Sent(status, str(reason), retry_after)


def _post(
    url: str,
    address: str,
    body: bytes,
    headers: Mapping[str, str],
    limits: Limits,
    deadline: float,
) -> tuple[int, str]:
    parts, host, port = place(url)
    wire = Pinned(host, port, address, True, limits.timeout, deadline)
    try:
        with told_apart(deadline):
            wire.request("POST", target(parts), body=body, headers=dict(headers))
            answer = wire.getresponse()
        if stop := late(deadline):
            raise StopError(stop)
    finally:
        wire.close()
    return answer.status, answer.headers.get("Retry-After", "")
