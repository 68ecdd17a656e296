"""What committees hands to the registry."""

from __future__ import annotations


def register() -> None:
    """Hand everything in."""
