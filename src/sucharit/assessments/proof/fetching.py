"""One careful look at a web page: no address inside the office, few redirects, little time, few bytes.

Each hop goes through the guard of ``core.outside``: resolved, every address checked, the connection
pinned to it. Plain data in and out: no database, safe to run in threads.
"""

from __future__ import annotations

import http.client
import time
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urljoin

from django.conf import settings

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

BLOCK = 64 * 1024
AGENT = "Sucharit-link-check/1"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Rules:
    """Limits of a look. Times in seconds; ``allowed``: "host:port" that may lie inside the office."""

    timeout: float = 10.0  # of one wait
    total: float = 30.0  # of everything, redirects included
    most_bytes: int = 5 * 1024 * 1024
    redirects: int = 3
    allowed: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen. ``body`` only when it was wanted and the answer was 2xx."""

    url: str
    status: int | None = None
    reason: str = ""
    final_url: str = ""
    content_type: str = ""
    body: bytes | None = None

    @property
    def ok(self) -> bool:
        """An answer of 2xx, whole."""
        return not self.reason


def switched_on() -> bool:
    """Whether this installation may fetch pages (``SUCHARIT_FETCH_LINKS``; off where there is no network)."""
    return bool(settings.FETCH_LINKS)


def rules() -> Rules:
    """The installation's limits."""
    return Rules(allowed=frozenset(settings.FETCH_ALLOWED))


def look(url: str, limits: Rules, *, keep: bool) -> Look:
    """Open a page; ``keep``: read its bytes, too. Never raises for what the network does."""
    deadline = time.monotonic() + limits.total
    here, status = url, None
    try:
        for _hop in range(limits.redirects + 1):
            status, content_type, to, body = _ask(here, limits, deadline, keep=keep)
            if to:
                here = to
                continue
            good = 200 <= status < 300
            reason = "" if good else str(Reason.STATUS)
            return Look(url, status, reason, here, content_type, body if good else None)
    except StopError as stop:
        return Look(url, status, str(stop.reason), here)
    return Look(url, status, str(Reason.REDIRECTS), here)


def _ask(
    url: str, limits: Rules, deadline: float, *, keep: bool
) -> tuple[int, str, str, bytes | None]:
    """One hop: (status, content type, where to go on or "", body)."""
    parts, host, port = place(url)
    address = public_address(host, port, limits.allowed)
    wire = Pinned(host, port, address, parts.scheme == "https", limits.timeout, deadline)
    try:
        with told_apart(deadline):
            wire.request(
                "GET",
                target(parts),
                headers={"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "identity"},
            )
            answer = wire.getresponse()
            to = answer.getheader("Location") or ""
            if answer.status in _REDIRECTS and to:
                return answer.status, "", urljoin(url, _utf8(to)), None
            body = _body(answer, limits, deadline) if keep and 200 <= answer.status < 300 else None
            content_type = (answer.getheader("Content-Type") or "")[:200]
        if stop := late(deadline):  # what was cut looks like an end
            raise StopError(stop)
    finally:
        wire.close()
    return answer.status, content_type, "", body


def _body(answer: http.client.HTTPResponse, limits: Rules, deadline: float) -> bytes:
    if (answer.length or 0) > limits.most_bytes:
        raise StopError(Reason.TOO_LARGE)
    found = bytearray()
    while block := answer.read(BLOCK):
        found += block
        if len(found) > limits.most_bytes:
            raise StopError(Reason.TOO_LARGE)
        if time.monotonic() > deadline:
            raise StopError(Reason.TIMEOUT)
    if answer.length:  # the server promised more
        raise StopError(late(deadline) or Reason.BROKEN)
    return bytes(found)


def _utf8(header: str) -> str:
    """A Location as servers send it: bytes that http.client read as Latin-1."""
    with suppress(UnicodeError):
        return header.encode("latin-1").decode("utf-8")
    return header
