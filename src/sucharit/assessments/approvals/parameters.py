"""Figures of method kept as dated data (``data/parameters.yaml``): lights, outlier rule, explanations."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from sucharit.assessments.engine.exact import exact
from sucharit.assessments.engine.outliers import Rule
from sucharit.assessments.library.strings import parse

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Band:
    """One light: from which share on, and how it is shown."""

    least: Fraction
    state: str
    word_th: str
    word_en: str


@dataclass(frozen=True)
class OutlierRule:
    """The rule in force with its source."""

    rule: Rule
    effective_from: dt.date
    source: dict[str, str]  # th, en
    verified: bool


@lru_cache
def document(name: str = "parameters.yaml") -> Any:
    """A file of this room's data, strings only; read once."""
    return parse((DATA / name).read_text(encoding="utf-8"), name).document


def _in_force(part: str, on: dt.date) -> Any:
    """The newest entry that holds on the day; before the first one, the first."""
    entries = sorted(document()[part], key=lambda e: e["effective_from"])
    held = [e for e in entries if dt.date.fromisoformat(e["effective_from"]) <= on]
    return (held or entries[:1])[-1]


def progress(on: dt.date, what: str) -> list[Band]:
    """Lights of "completeness" or "timeliness" in force on the day, best first; the last holds from 0."""
    return [
        Band(exact(b["least"]), b["state"], b["word"]["th"], b["word"]["en"])
        for b in _in_force("progress", on)[what]
    ]


def outliers(on: dt.date) -> OutlierRule:
    """The outlier rule in force on the day."""
    entry = _in_force("outliers", on)
    return OutlierRule(
        Rule(
            threshold=exact(entry["threshold"]),
            constant=exact(entry["constant"]),
            fallback_constant=exact(entry["fallback_constant"]),
            min_n=int(entry["min_n"]),
        ),
        dt.date.fromisoformat(entry["effective_from"]),
        entry["source"],
        entry["verified"] == "yes",
    )


def explanations(*, thai: bool) -> list[str]:
    """Lawful explanations of a figure that stands out."""
    return [e["th" if thai else "en"] for e in document()["explanations"]]
