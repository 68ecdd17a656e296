"""The guard of every connection to the outside: where it may go, and when it is cut.

A host is resolved here, every one of its addresses must be public, and the connection goes to the very
address that was checked (a second look-up could answer differently). Proxies of the environment are
not used. Plain data in and out: no database, safe to run in threads.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from urllib.parse import SplitResult, quote, urlsplit

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Reason(StrEnum):
    """Why a look or a sending failed."""

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
    # Both set where a copy is kept.
    INFECTED = "infected"
    SCANNER = "scanner"  # set up, but silent


class StopError(Exception):
    """The way out ends here; ``reason`` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def late(deadline: float) -> Reason | None:
    """TIMEOUT once the deadline (``time.monotonic``) is over."""
    return Reason.TIMEOUT if time.monotonic() >= deadline else None


def place(url: str) -> tuple[SplitResult, str, int]:
    """(parts, host, port) of an address; ports below 1024 other than 80 and 443 serve mail and the like.

    StopError NOT_HTTP: not http(s), no host, a name and password in it.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}[parts.scheme]
        host = (parts.hostname or "").encode("idna").decode("ascii").lower().rstrip(".")
    except (ValueError, KeyError):
        raise StopError(Reason.NOT_HTTP) from None
    if not host or parts.username is not None or (port < 1024 and port not in {80, 443}):
        raise StopError(Reason.NOT_HTTP)
    return parts, host, port


def target(parts: SplitResult) -> str:
    """Path and query as they stand in the request line."""
    path = quote(parts.path or "/", safe="/:@!$&'()*+,;=-._~%")
    query = quote(parts.query, safe="/?:@!$&'()*+,;=-._~%")
    return f"{path}?{query}" if query else path


def public_address(host: str, port: int, allowed: frozenset[str]) -> str:
    """The address to connect to. One private address among several is enough to refuse.

    ``allowed``: "host:port" that may lie inside. StopError NOT_FOUND or PRIVATE.
    """
    found = resolve(host, port)
    if not found:
        raise StopError(Reason.NOT_FOUND)
    if f"{host}:{port}" not in allowed and not all(is_public(a) for a in found):
        raise StopError(Reason.PRIVATE)
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


@contextmanager
def told_apart(deadline: float) -> Iterator[None]:
    """What the network does to a conversation, as a StopError with its reason."""
    try:
        yield
    except TimeoutError:
        raise StopError(Reason.TIMEOUT) from None
    except ssl.SSLError:
        raise StopError(late(deadline) or Reason.TLS) from None
    except (http.client.HTTPException, ValueError):
        raise StopError(late(deadline) or Reason.BROKEN) from None
    except OSError:
        raise StopError(late(deadline) or Reason.REFUSED) from None


class Pinned(http.client.HTTPConnection):
    """A connection to one checked address, cut at the deadline whatever the server does.

    ``timeout``: seconds of one wait; ``deadline``: ``time.monotonic`` of the end of everything.
    """

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
