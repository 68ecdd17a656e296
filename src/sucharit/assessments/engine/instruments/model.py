"""An instrument as frozen data: items, scales, scores, bands. Read it with `from_document`."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from sucharit.assessments.engine.expressions import Node as Expression

GROUPS = frozenset({"section", "repeat"})
SILENT = frozenset({"section", "note"})
"""Types of items that have no value (a repeat's value are its instances)."""
NUMERIC = frozenset({"integer", "decimal", "range", "points"})
CHOOSING = frozenset({"choice", "choices", "rank"})

Label = Mapping[str, str]
"""A text by language; Thai is always there in a published instrument."""


def said(label: Label, language: str = "th") -> str:
    """A text in a language, the Thai one where that is missing, else any."""
    return label.get(language) or label.get("th") or next(iter(label.values()), "")


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: `points` None where it has none; `na` counts as not answered."""

    code: str
    label: Label
    points: Fraction | None
    na: bool
    columns: Mapping[str, str]


@dataclass(frozen=True)
class Scale:
    """A list of options."""

    code: str
    options: tuple[Option, ...]

    @cached_property
    def by_code(self) -> Mapping[str, Option]:
        """The options by their code."""
        return {option.code: option for option in self.options}

    @cached_property
    def points(self) -> tuple[Fraction, ...]:
        """The points of the options that count; empty for a scale without points."""
        return tuple(one.points for one in self.options if one.points is not None and not one.na)


@dataclass(frozen=True)
class Item:
    """One entry of the flat list. Fields that its type does not have keep their defaults."""

    id: str
    type: str
    position: int
    parent: str = ""
    label: Label = None  # type: ignore[assignment]
    hint: Label | None = None
    scale: Scale | None = None
    required: bool = False
    required_message: Label | None = None
    reverse: bool = False
    weight: Fraction = Fraction(1)
    indicator: str = ""
    relevant: Expression | None = None
    constraint: Expression | None = None
    constraint_message: Label | None = None
    choice_filter: Expression | None = None
    calculation: Expression | None = None
    repeat_count: Expression | None = None
    evidence: str = "none"
    profiles: frozenset[str] = frozenset()
    not_applicable: bool = False
    min: str = ""
    max: str = ""
    step: str = ""
    max_chars: int | None = None
    default: str = ""
    allowed: tuple[Fraction, ...] = ()
    correct: tuple[str, ...] = ()
    points: Fraction = Fraction(1)
    appearance: str = ""
    read_only: bool = False

    @property
    def is_group(self) -> bool:
        """Whether other items stand in it."""
        return self.type in GROUPS

    @property
    def has_value(self) -> bool:
        """Whether it can be answered or computed."""
        return self.type not in SILENT and self.type != "repeat"

    @cached_property
    def span(self) -> tuple[Fraction, Fraction] | None:
        """The least and the most points the item can give; None when it gives none or no bound."""
        if self.correct:
            return Fraction(0), self.points
        if self.type == "points":
            return min(self.allowed), max(self.allowed)
        if self.type == "range" or (self.type in {"integer", "decimal"} and self.min and self.max):
            return Fraction(self.min), Fraction(self.max)
        if self.scale is None or not self.scale.points or self.type == "rank":
            return None
        if self.type == "choices":
            positive = sum((p for p in self.scale.points if p > 0), Fraction(0))
            return sum((p for p in self.scale.points if p < 0), Fraction(0)), positive
        return min(self.scale.points), max(self.scale.points)

    @property
    def is_scored(self) -> bool:
        """Whether points can come from it."""
        if self.type in NUMERIC or self.type == "calculate" or self.correct:
            return True
        return self.type in {"choice", "choices"} and bool(self.scale and self.scale.points)


@dataclass(frozen=True, slots=True)
class ScoreNode:
    """A score: its parts (items or other scores) with their weights, and what missing ones do."""

    code: str
    title: Label
    agg: str
    parts: tuple[tuple[str, Fraction], ...]
    missing: str
    min_answered: int


@dataclass(frozen=True, slots=True)
class Band:
    """A level: the displayed total from which it holds, and what it requires besides."""

    code: str
    title: Label
    min: Fraction | None
    requires: Expression | None
    passed: bool | None


@dataclass(frozen=True, slots=True)
class External:
    """A value that the platform supplies."""

    code: str
    type: str
    title: Label


@dataclass(frozen=True, slots=True)
class Profile:
    """An applicability profile: items that name profiles are for those only."""

    code: str
    title: Label
    unit_types: tuple[str, ...]


@dataclass(frozen=True)
class Instrument:
    """One version of one instrument. `order` is an order in which every item can be computed."""

    id: str
    version: int
    kind: str
    languages: tuple[str, ...]
    title: Label
    fiscal_year: int | None
    verified: bool
    source: str
    profiles: Mapping[str, Profile]
    external: Mapping[str, External]
    scales: Mapping[str, Scale]
    items: tuple[Item, ...]
    nodes: Mapping[str, ScoreNode]
    unit_order: str
    digits: int
    bands: tuple[Band, ...]
    order: tuple[str, ...]
    node_order: tuple[str, ...]

    @staticmethod
    def from_document(document: Mapping[str, Any]) -> "Instrument":
        """Read a document of schema `sucharit/instrument@1`. Raises DocumentError."""
        from .reading import read

        return read(document)

    @cached_property
    def by_id(self) -> Mapping[str, Item]:
        """The items by their id."""
        return {item.id: item for item in self.items}

    @cached_property
    def children(self) -> Mapping[str, tuple[Item, ...]]:
        """The items directly in a section or repeat, in order; "" are those at the top."""
        found: dict[str, list[Item]] = {}
        for item in self.items:
            found.setdefault(item.parent, []).append(item)
        return {parent: tuple(items) for parent, items in found.items()}

    @cached_property
    def repeat_of(self) -> Mapping[str, str]:
        """For every item that stands in a repeat (at any depth): the id of that repeat."""
        found: dict[str, str] = {}
        for item in self.items:
            parent = self.by_id.get(item.parent)
            if parent is not None:
                inside = parent.id if parent.type == "repeat" else found.get(parent.id, "")
                if inside:
                    found[item.id] = inside
        return found

    @cached_property
    def scored_items(self) -> tuple[Item, ...]:
        """The items that count in some score, in their order."""
        counted = {code for node in self.nodes.values() for code, _ in node.parts}
        return tuple(item for item in self.items if item.id in counted - set(self.nodes))
