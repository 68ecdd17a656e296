"""Who acts: an account, the system itself under a name, or the public."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class System:
    """The platform acting by itself (demo, scheduled job, command line); passes every right check."""

    name: str
    pk: None = None


def actor_label(actor: Any) -> str:
    """The ledger's name of an actor: "user:12", "system:demo" or "public". Never a person's name."""
    if actor is None:
        return "public"
    if isinstance(actor, System):
        return f"system:{actor.name}"
    return f"user:{actor.pk}" if actor.pk else "public"
