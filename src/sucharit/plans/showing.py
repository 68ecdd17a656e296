"""What plans hands to the registry; each room has its own ``showing`` and is called here."""

from __future__ import annotations


def register() -> None:
    """Hand everything in, room by room."""
