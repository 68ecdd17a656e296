"""What scoring hands back: a value for every node, and how it came about."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from .exact import half_up, units_text
from .model import TOTAL, Band, Edition, Label


class Status(StrEnum):
    """Why a node has the value it has, or none."""

    OK = "ok"
    MISSING = "missing"
    """No answer, no mark, nothing published: unknown, not zero."""
    NOT_APPLICABLE = "not_applicable"
    NOT_SCORED = "not_scored"
    """Fewer respondents than the sample rule asks, and the edition does not score such a unit."""
    PUBLISHED = "published"
    """A published figure stands in for everything below."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something a reader of the score must know; `key` is one of `rules.NOTES`."""

    key: str
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PartScore:
    """Score of one part of an instrument (EIT part 1 or 2) at a node, 0–100."""

    part: str
    value: Fraction | None
    n: int


@dataclass(frozen=True, slots=True)
class NodeScore:
    """Score of one node.

    `value` is exact, 0–100. `n` counts respondents with an answer below the node; None where nobody
    is asked (disclosure items) or a published figure stands here or below. `weight` is the node's
    actual share in its parent, 0 when it was left out. `rule` is one of `rules.RULES`.
    """

    code: str
    value: Fraction | None
    n: int | None
    status: Status
    weight: Fraction
    children: tuple[str, ...]
    rule: str
    parts: tuple[PartScore, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """A result level as published. `passed` is None when it says neither."""

    code: str
    label: Label
    passed: bool | None


NOT_SCORED = Level("not_scored", Label("ไม่ประมวลผล", "Not scored"), None)
"""Level of a unit whose instrument fell short under the policy `not_scored`."""


@dataclass(frozen=True)
class UnitScore:
    """Scores of all nodes of one unit and its level; `level` is None when it cannot be told."""

    edition: Edition
    nodes: Mapping[str, NodeScore]
    level: Level | None

    @property
    def total(self) -> Fraction | None:
        """Unrounded total."""
        return self.nodes[TOTAL].value

    def display_hundredths(self, code: str) -> int | None:
        """Value rounded half-up, in units of the last shown digit (hundredths)."""
        value = self.nodes[code].value
        return None if value is None else half_up(value, self.edition.rounding.digits)

    def display(self, code: str) -> str:
        """Value as shown, such as "84.16"; "" when unknown."""
        return units_text(self.display_hundredths(code), self.edition.rounding.digits)


def level_of(edition: Edition, total: int | None, instruments: list[int | None]) -> Level | None:
    """Level from the *displayed* total and instrument scores (in units of the last digit).

    First band, best first, whose floors hold. None when the total is unknown, or when an unknown
    instrument score decides between two levels.
    """
    if total is None:
        return None
    for band in edition.bands:
        meets = _meets(band, edition.rounding.digits, total, instruments)
        if meets is None:
            return None
        if meets:
            return Level(band.level, band.label, band.passed)
    return None


def _meets(band: Band, digits: int, total: int, instruments: list[int | None]) -> bool | None:
    scale = 10**digits
    if total < band.min_total * scale:
        return False
    if band.min_each is None:
        return True
    known = [value for value in instruments if value is not None]
    if any(value < band.min_each * scale for value in known):
        return False
    return True if len(known) == len(instruments) else None
