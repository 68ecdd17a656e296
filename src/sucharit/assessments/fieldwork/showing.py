"""What fieldwork shows of itself through the registry."""

from __future__ import annotations

from sucharit.core.registry import registry


def register() -> None:
    """Hand in the desk items; the pages are reached from the round and the unit's workspace."""
    from sucharit.assessments.fieldwork import desk

    registry.desk.append(desk.desk_items)
