"""What lies behind a figure: the frozen submission and the marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sucharit.assessments.models import Participation, UnitResult


@dataclass(frozen=True)
class Behind:
    """What lies behind an item's figure: the unit's links and evidence, the assessor's marks."""

    links: list[dict[str, str]]
    explanation: str
    evidence: list[dict[str, Any]]
    marks: list[dict[str, Any]]


def behind(user: Any, result: UnitResult, node: str) -> Behind | None:
    """The frozen submission and the marks behind an OIT item.

    None for other nodes (survey answers are never shown one by one) and for who may not see the unit's work.
    """
    if result.run.round_id is None or result.unit_id is None:
        return None
    taking_part = (
        Participation.objects.visible_to(user)
        .filter(round_id=result.run.round_id, unit_id=result.unit_id)
        .first()
    )
    if taking_part is None:
        return None
    entry = taking_part.entries.filter(item=node).first()
    rows = taking_part.marks.filter(item=node).order_by("turn")
    marks: list[dict[str, Any]] = [
        {
            "turn": m.turn,
            "points": m.points,
            "not_applicable": m.not_applicable,
            "comment": m.comment,
            "at": m.at,
        }
        for m in rows
    ]
    if entry is None and not marks:
        return None
    frozen = (entry.frozen if entry else None) or {}
    return Behind(
        frozen.get("links", []), frozen.get("explanation", ""), frozen.get("evidence", []), marks
    )
