"""The edition of an assessment as frozen data: who weighs what, on which scale, with which rules.

An edition is one immutable version of a framework (ITA of fiscal year 2567, …). Nothing about the
method is a constant of the program: weights, items, points, bands and sample rule all stand here.
`Edition.from_document` reads the YAML document of `data/frameworks`; numbers become Fractions.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Any

TOTAL = "total"
"""Code of the root of every tree."""

_RANKS = 5
"""Depth of the deepest tree: total, instrument, indicator, sub-indicator, item."""


class NodeKind(StrEnum):
    """The five ranks of a score tree."""

    TOTAL = "total"
    INSTRUMENT = "instrument"
    INDICATOR = "indicator"
    SUB_INDICATOR = "sub_indicator"
    ITEM = "item"


class MergeMode(StrEnum):
    """How the parts of one instrument (EIT 1 and 2) become one item score."""

    POOLED = "pooled"
    HALVES = "halves"
    WEIGHTS = "weights"


class ShortfallMode(StrEnum):
    """What happens to an instrument with fewer respondents than the sample rule asks."""

    WARN = "warn"
    NOT_SCORED = "not_scored"
    ZERO = "zero"


@dataclass(frozen=True, slots=True)
class Label:
    """A text in Thai and English, as published."""

    th: str
    en: str


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a scale. A reversed scale has the same labels with other points."""

    code: str
    label: Label
    points: Fraction


@dataclass(frozen=True)
class Scale:
    """A list of choices with their points on 0–100."""

    code: str
    options: tuple[Option, ...]

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Position of each option code; the byte a packed answer holds."""
        return {option.code: place for place, option in enumerate(self.options)}


@dataclass(frozen=True, slots=True)
class SubQuestion:
    """A question as a respondent sees it. An item with one question shares its code."""

    code: str
    scale: Scale
    text: Label


@dataclass(frozen=True, slots=True)
class Instrument:
    """IIT, EIT or OIT: weight in the total, who answers, and in which parts."""

    code: str
    title: Label
    weight: Fraction
    respondents: str
    parts: tuple[str, ...] = ()

    @property
    def surveyed(self) -> bool:
        """Whether people answer it (IIT, EIT), not an assessor (OIT)."""
        return self.respondents != "none"

    @property
    def part_codes(self) -> tuple[str, ...]:
        """Parts answers are kept by; an undivided instrument has the single part "1"."""
        return self.parts or ("1",)

    def part_index(self, part: str) -> int | None:
        """Position of a part, None when it has no such part; "" names the only one."""
        codes = self.part_codes
        if part == "" and len(codes) == 1:
            return 0
        return codes.index(part) if part in codes else None


@dataclass(frozen=True, slots=True)
class Group:
    """An indicator (parent = instrument) or a sub-indicator (parent = indicator)."""

    code: str
    parent: str
    title: Label


@dataclass(frozen=True, slots=True)
class Item:
    """The smallest thing with a score: a survey item or a disclosure item."""

    code: str
    parent: str
    title: Label
    subquestions: tuple[SubQuestion, ...] = ()
    allowed_points: tuple[Fraction, ...] = ()
    not_applicable: bool = False
    """Whether an assessor may say that the item does not apply to the unit."""
    elements: tuple[Label, ...] = ()
    topic: str = ""

    @property
    def surveyed(self) -> bool:
        """Whether respondents answer it; otherwise an assessor marks it."""
        return bool(self.subquestions)


@dataclass(frozen=True, slots=True)
class Band:
    """A result level: total at least `min_total` and every instrument at least `min_each`."""

    level: str
    label: Label
    min_total: Fraction
    min_each: Fraction | None
    passed: bool


@dataclass(frozen=True, slots=True)
class SampleRule:
    """Least number of respondents for a population (see `sample.sample_size`)."""

    rate: Fraction
    floor: int
    census_below: int
    cap: int


@dataclass(frozen=True)
class EitMerge:
    """Merging rule of the parts; `weights` by part is used in mode `weights` only."""

    mode: MergeMode = MergeMode.POOLED
    weights: Mapping[str, Fraction] = field(default_factory=dict)

    def part_weight(self, part: str, parts: int) -> Fraction:
        """Weight of one part where the mode gives parts weights (not in mode `pooled`)."""
        return self.weights[part] if self.mode is MergeMode.WEIGHTS else Fraction(1, parts)


@dataclass(frozen=True, slots=True)
class Rounding:
    """How a score is shown; values are never stored rounded."""

    digits: int = 2
    mode: str = "half_up"


@dataclass(frozen=True)
class Edition:
    """One immutable version of a framework. Trees and look-ups are derived from its lists."""

    code: str
    version: str
    fiscal_year: str
    kind: str
    title: Label
    instruments: tuple[Instrument, ...]
    indicators: tuple[Group, ...]
    sub_indicators: tuple[Group, ...]
    scales: tuple[Scale, ...]
    items: tuple[Item, ...]
    bands: tuple[Band, ...]
    sample_rule: SampleRule | None
    eit_merge: EitMerge
    shortfall: ShortfallMode
    rounding: Rounding
    group_sizes: Mapping[str, int]
    complete: bool = True
    verified: bool = False

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "Edition":
        """Read a framework document; raises `DocumentError` naming the path of what is wrong."""
        from .document import read_document

        return read_document(document)

    @cached_property
    def nodes(self) -> tuple[str, ...]:
        """All node codes: total, instruments, indicators, sub-indicators, items."""
        ranks = (self.instruments, self.indicators, self.sub_indicators, self.items)
        return (TOTAL, *(node.code for rank in ranks for node in rank))

    @cached_property
    def node_kind(self) -> Mapping[str, NodeKind]:
        """Rank of each node."""
        ranks = (
            (NodeKind.INSTRUMENT, self.instruments),
            (NodeKind.INDICATOR, self.indicators),
            (NodeKind.SUB_INDICATOR, self.sub_indicators),
            (NodeKind.ITEM, self.items),
        )
        return {TOTAL: NodeKind.TOTAL} | {node.code: kind for kind, rank in ranks for node in rank}

    @cached_property
    def _parents(self) -> Mapping[str, str]:
        below: tuple[Group | Item, ...] = (*self.indicators, *self.sub_indicators, *self.items)
        return {i.code: TOTAL for i in self.instruments} | {n.code: n.parent for n in below}

    @cached_property
    def _children(self) -> Mapping[str, tuple[str, ...]]:
        children: dict[str, list[str]] = {code: [] for code in self.nodes}
        for code in self.nodes[1:]:
            children.setdefault(self._parents[code], []).append(code)
        return {code: tuple(below) for code, below in children.items()}

    @cached_property
    def titles(self) -> Mapping[str, Label]:
        """Title of each node."""
        groups = (*self.indicators, *self.sub_indicators)
        below: tuple[Instrument | Group | Item, ...] = (*self.instruments, *groups, *self.items)
        return {TOTAL: Label("คะแนนรวม", "Total score")} | {node.code: node.title for node in below}

    @cached_property
    def item(self) -> Mapping[str, Item]:
        """Items by code."""
        return {item.code: item for item in self.items}

    @cached_property
    def instrument(self) -> Mapping[str, Instrument]:
        """Instruments by code."""
        return {instrument.code: instrument for instrument in self.instruments}

    def parent(self, code: str) -> str | None:
        """Code of the node above; None for the total."""
        return self._parents.get(code)

    def children(self, code: str) -> tuple[str, ...]:
        """Codes of the nodes directly below, in order of the document."""
        return self._children[code]

    def instrument_of(self, code: str) -> str:
        """Instrument a node belongs to (itself for an instrument); not for the total."""
        return next(above for above in self.path(code) if above in self.instrument)

    def items_of(self, code: str) -> tuple[Item, ...]:
        """All items below a node, in document order."""
        return tuple(item for item in self.items if code in self.path(item.code))

    def path(self, code: str) -> tuple[str, ...]:
        """The node and all above it, the total last."""
        path = [code]
        while path[-1] in self._parents and len(path) < _RANKS:
            path.append(self._parents[path[-1]])
        return tuple(path)

    def subquestions(self, instrument: str) -> tuple[SubQuestion, ...]:
        """All questions of an instrument in packing order."""
        return tuple(q for item in self.items_of(instrument) for q in item.subquestions)

    @property
    def pass_mark(self) -> Fraction | None:
        """Least total of a passing band (85 in ITA); None where no band passes."""
        return min((band.min_total for band in self.bands if band.passed), default=None)
