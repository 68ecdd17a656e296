"""Ways to the outside. Each is a module with ``is_on()``, ``address_of(user)`` and ``send(letter, address)``.

``send`` never raises for what a provider or the network does; its answer says what that means.
"""

from __future__ import annotations

from typing import Any, Protocol

from sucharit.desk.notices.channels import email, line
from sucharit.desk.notices.channels.letters import Answer, Letter


class Channel(Protocol):
    """What delivery asks of a way to the outside."""

    COST: int  # units of the month's quota one message takes

    def is_on(self) -> bool:
        """Whether it is set up here."""
        ...

    def address_of(self, user: Any) -> tuple[str, str]:
        """(address, "") or ("", why there is none)."""
        ...

    def send(self, letter: Letter, address: str) -> Answer:
        """Hand one message over."""
        ...


CHANNELS: dict[str, Channel] = {"email": email, "line": line}
__all__ = ["CHANNELS", "Answer", "Channel", "Letter", "email", "line"]
