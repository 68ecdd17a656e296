"""One careful look at a web page: no address inside the office, few redirects, little time, few bytes.

Each hop's host is resolved here, every one of its addresses must be public, and the connection goes
to the very address that was checked (a second look-up could answer differently). Proxies of the
environment are not used. Plain data in and out: no database, safe to run in threads.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from django.conf import settings

BLOCK = 64 * 1024
AGENT = "Sucharit-link-check/1"
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Reason(StrEnum):
    """Why a look failed."""

    NOT_HTTP = "not_http"  # not http(s), no host, a port that serves no pages
    NOT_FOUND = "no_host"  # the name has no address
    PRIVATE = "private"
    REFUSED = "refused"  # no connection
    TIMEOUT = "timeout"
    TLS = "tls"
    REDIRECTS = "redirects"
    TOO_LARGE = "too_large"
    BROKEN = "broken"  # an answer that is no HTTP, or ends early
    STATUS = "status"  # an answer, but not 2xx
    # Both set where the copy is kept.
    INFECTED = "infected"
    SCANNER = "scanner"  # set up, but silent


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


class _StopError(Exception):
    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


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
    except _StopError as stop:
        return Look(url, status, str(stop.reason), here)
    return Look(url, status, str(Reason.REDIRECTS), here)


def _ask(
    url: str, limits: Rules, deadline: float, *, keep: bool
) -> tuple[int, str, str, bytes | None]:
    """One hop: (status, content type, where to go on or "", body)."""
    parts, host, port = _place(url)
    address = _public_address(host, port, limits.allowed)
    wire = _Pinned(host, port, address, parts.scheme == "https", limits.timeout, deadline)
    try:
        path = quote(parts.path or "/", safe="/:@!$&'()*+,;=-._~%")
        query = quote(parts.query, safe="/?:@!$&'()*+,;=-._~%")
        wire.request(
            "GET",
            f"{path}?{query}" if query else path,
            headers={"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "identity"},
        )
        answer = wire.getresponse()
        to = answer.getheader("Location") or ""
        if answer.status in _REDIRECTS and to:
            return answer.status, "", urljoin(url, _utf8(to)), None
        body = _body(answer, limits, deadline) if keep and 200 <= answer.status < 300 else None
        content_type = (answer.getheader("Content-Type") or "")[:200]
        if _late(deadline):  # what was cut looks like an end
            raise _StopError(Reason.TIMEOUT)
    except TimeoutError:
        raise _StopError(Reason.TIMEOUT) from None
    except ssl.SSLError:
        raise _StopError(Reason.TLS) from None
    except (http.client.HTTPException, ValueError):
        raise _StopError(_late(deadline) or Reason.BROKEN) from None
    except OSError:
        raise _StopError(_late(deadline) or Reason.REFUSED) from None
    finally:
        wire.close()
    return answer.status, content_type, "", body


def _body(answer: http.client.HTTPResponse, limits: Rules, deadline: float) -> bytes:
    if (answer.length or 0) > limits.most_bytes:
        raise _StopError(Reason.TOO_LARGE)
    found = bytearray()
    while block := answer.read(BLOCK):
        found += block
        if len(found) > limits.most_bytes:
            raise _StopError(Reason.TOO_LARGE)
        if time.monotonic() > deadline:
            raise _StopError(Reason.TIMEOUT)
    if answer.length:  # the server promised more
        raise _StopError(_late(deadline) or Reason.BROKEN)
    return bytes(found)


def _late(deadline: float) -> Reason | None:
    return Reason.TIMEOUT if time.monotonic() >= deadline else None


def _place(url: str) -> tuple[SplitResult, str, int]:
    """The address taken apart; ports below 1024 other than 80 and 443 serve mail and the like."""
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}[parts.scheme]
        host = (parts.hostname or "").encode("idna").decode("ascii").lower().rstrip(".")
    except (ValueError, KeyError):
        raise _StopError(Reason.NOT_HTTP) from None
    if not host or parts.username is not None or (port < 1024 and port not in {80, 443}):
        raise _StopError(Reason.NOT_HTTP)
    return parts, host, port


def _public_address(host: str, port: int, allowed: frozenset[str]) -> str:
    """The address to connect to. One private address among several is enough to refuse."""
    found = resolve(host, port)
    if not found:
        raise _StopError(Reason.NOT_FOUND)
    if f"{host}:{port}" not in allowed and not all(is_public(a) for a in found):
        raise _StopError(Reason.PRIVATE)
    return found[0]


def resolve(host: str, port: int) -> list[str]:
    """All addresses of a name, as the system sees them."""
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(row[4][0]) for row in rows))


def is_public(text: str) -> bool:
    """Whether an address lies on the open network, also one wrapped into an IPv6 address."""
    try:
        address = ipaddress.ip_address(text.split("%", maxsplit=1)[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address.teredo:
            inner = address.teredo[1]
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return inner.is_global and not inner.is_multicast
    return address.is_global and not address.is_multicast


def _utf8(header: str) -> str:
    """A Location as servers send it: bytes that http.client read as Latin-1."""
    with suppress(UnicodeError):
        return header.encode("latin-1").decode("utf-8")
    return header


class _Pinned(http.client.HTTPConnection):
    """A connection to one checked address, cut at the deadline whatever the server does."""

    def __init__(
        self, host: str, port: int, address: str, secure: bool, timeout: float, deadline: float
    ) -> None:
        super().__init__(host, port, timeout=timeout)
        self._address, self._secure, self._deadline = address, secure, deadline
        self._cut: threading.Timer | None = None
        if secure:
            self.default_port = 443  # keeps ":443" out of the Host header

    def connect(self) -> None:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        raw = socket.create_connection((self._address, self.port), min(self.timeout or left, left))
        self._cut = threading.Timer(left, _shut, [raw])
        self._cut.daemon = True
        self._cut.start()
        self.sock = raw
        if self._secure:
            self.sock = ssl.create_default_context().wrap_socket(raw, server_hostname=self.host)

    def close(self) -> None:
        if self._cut is not None:
            self._cut.cancel()
        super().close()


def _shut(raw: socket.socket) -> None:
    with suppress(OSError):
        raw.shutdown(socket.SHUT_RDWR)
