"""The report document as JSON and back: published ones are read years later, so the shape carries its number."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from sucharit.plans.engine.report import ActivityRow, ProjectRow, Summary, summarise

FORMAT = 1


@dataclass(frozen=True)
class IndicatorLine:
    """An indicator at the report's last day; figures in ten-thousandths, None: no data."""

    code: str
    name_th: str
    name_en: str
    unit_th: str
    target_e4: int | None
    value_e4: int | None
    attainment_e2: int | None
    level: int | None  # 1 … 4 of the bands; None: no data
    official: bool  # verified, not only submitted
    decimals: int = 2


@dataclass(frozen=True)
class BelowLine:
    """A unit below with plans of its own: summed up, not listed."""

    code: str
    name_th: str
    name_en: str
    activities: int
    reported: int
    progress_e2: int | None
    allocated: int | None  # satang; None: no budget line
    disbursed: int | None


@dataclass(frozen=True)
class Document:
    """A plan report. ``until``, ``made_on``: ISO days (CE)."""

    unit: Mapping[str, str]  # code, name_th, name_en
    fiscal_year: int
    half: int
    until: str
    made_on: str
    complete: bool  # the period was over when it was made
    synthetic: bool
    projects: Sequence[ProjectRow]
    indicators: Sequence[IndicatorLine] = ()
    actions: Mapping[str, int] = field(default_factory=dict)  # all, accepted, open, late
    below: Sequence[BelowLine] = ()
    below_left: int = 0  # units below whose plans were too many to list
    format: int = FORMAT

    @property
    def summary(self) -> Summary:
        """The figures of the whole; always from the rows, so that the two cannot differ."""
        return summarise(self.projects)


def to_json(document: Document) -> dict[str, Any]:
    """Plain data for a JSON column."""
    return asdict(document)


def from_json(data: Mapping[str, Any]) -> Document:
    """What ``to_json`` wrote; ValueError for another format."""
    if data.get("format") != FORMAT:
        raise ValueError(f"a plan report of format {data.get('format')!r} cannot be read")
    projects = [
        ProjectRow(**{**p, "activities": [ActivityRow(**a) for a in p["activities"]]})
        for p in data["projects"]
    ]
    rest = {k: v for k, v in data.items() if k not in {"projects", "indicators", "below"}}
    return Document(
        projects=projects,
        indicators=[IndicatorLine(**i) for i in data["indicators"]],
        below=[BelowLine(**b) for b in data["below"]],
        **rest,
    )


def fingerprint(data: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON: anybody who has the document can compare."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
