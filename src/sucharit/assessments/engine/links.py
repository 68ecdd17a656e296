"""Addresses a unit gives as proof of disclosure: one spelling each, and whose site they are on.

A link is normalised so that the same page is not counted twice; nothing is fetched here.
"""

import ipaddress
import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, quote, unquote, urlsplit, urlunsplit

MOST_LINKS = 6
LONGEST = 1000  # characters, after percent-encoding

_HOST = re.compile(r"^(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))+$")
_DEFAULT_PORTS = {"http": 80, "https": 443}


class LinkFault(StrEnum):
    """Why an address is refused."""

    NOT_HTTP = "not_http"
    NO_HOST = "no_host"
    PRIVATE = "private"
    SIGN_IN = "sign_in"
    TOO_LONG = "too_long"


class LinkError(ValueError):
    """An address that cannot be opened by everybody; ``fault`` says why."""

    def __init__(self, fault: LinkFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Link:
    """An address in its one spelling, and its host."""

    url: str
    host: str


def normalise(text: str) -> Link:
    """The one spelling of an address: lower-case host, no default port, Thai letters percent-encoded.

    Raises LinkError: not http(s), no real host name, an address inside the office, a name and
    password in it, or longer than 1,000 characters.
    """
    parts, port = _split("".join(text.split()))
    if parts.username is not None or parts.password is not None:
        raise LinkError(LinkFault.SIGN_IN)
    host = _host(parts.hostname or "")
    place = host if port in {None, _DEFAULT_PORTS[parts.scheme]} else f"{host}:{port}"
    path = quote(unquote(parts.path), safe="/:@!$&'()*+,;=-._~") or "/"
    # A query may hold encoded & or =: it keeps its own encoding.
    query = quote(parts.query, safe="/?:@!$&'()*+,;=-._~%")
    fragment = quote(parts.fragment, safe="/?:@!$&'()*+,;=-._~%")
    url = urlunsplit((parts.scheme, place, path, query, fragment))
    if len(url) > LONGEST:
        raise LinkError(LinkFault.TOO_LONG)
    return Link(url, host)


def readable(url: str) -> str:
    """The address with its Thai letters, for the eye only."""
    return unquote(url)


def same_site(host: str, website: str) -> bool | None:
    """Whether a host is the unit's main site (with or without www) or below it; None: site unknown."""
    own = (urlsplit(website).hostname or "").removeprefix("www.").rstrip(".")
    if not own:
        return None
    found = host.removeprefix("www.")
    return found == own or found.endswith("." + own)


def _split(text: str) -> tuple[SplitResult, int | None]:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise LinkError(LinkFault.NO_HOST) from None
    if parts.scheme not in _DEFAULT_PORTS:
        raise LinkError(LinkFault.NOT_HTTP)
    return parts, port


def _host(name: str) -> str:
    if not name:
        raise LinkError(LinkFault.NO_HOST)
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        pass
    else:
        if not address.is_global:
            raise LinkError(LinkFault.PRIVATE)
        return str(address) if address.version == 4 else f"[{address}]"
    try:
        host = name.rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        raise LinkError(LinkFault.NO_HOST) from None
    if host.rsplit(".", 1)[-1] in {"local", "localhost", "lan", "internal"}:
        raise LinkError(LinkFault.PRIVATE)
    if not _HOST.match(host):
        raise LinkError(LinkFault.NO_HOST)
    return host
