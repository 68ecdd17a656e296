"""Scores of one respondent or unit; every figure with its reason.

Formulas (docs/instruments.md): a node aggregates its parts; parts that do not apply lose their
weight to the others; missing parts are dropped, count as zero, or make the node missing, as the
node says. Exact Fractions throughout.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from .bands import Scored, leveled
from .evaluation import Evaluation
from .model import Instrument, Item, ScoreNode
from .points import points_of
from .results import MISSING, NOT_APPLICABLE, OK, NodeResult, Part


class ScoringError(ValueError):
    """What was asked for cannot be scored (an item that may not be set aside, a wrong parameter)."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """Points of one item over respondents: their sum, and how many answered, did not, need not.

    `aside` of those who need not are so because the item was set aside, not because it wasn't asked.
    """

    total: Fraction = Fraction(0)
    ok: int = 0
    missing: int = 0
    not_applicable: int = 0
    aside: int = 0

    def __add__(self, other: "Leaf") -> "Leaf":
        return Leaf(
            self.total + other.total,
            self.ok + other.ok,
            self.missing + other.missing,
            self.not_applicable + other.not_applicable,
            self.aside + other.aside,
        )

    def under(self, policy: str) -> tuple[Fraction | None, str]:
        """The mean points as a node with this policy for missing answers sees them."""
        if not self.ok and not self.missing:
            return None, NOT_APPLICABLE
        if policy == "zero" and self.ok:
            return self.total / (self.ok + self.missing), OK
        if not self.ok or (policy == "propagate" and self.missing):
            return None, MISSING
        return self.total / self.ok, OK


def score(
    instrument: Instrument,
    evaluation: Evaluation,
    *,
    not_applicable: frozenset[str] = frozenset(),
) -> Scored:
    """The scores of one evaluation, its band, and why.

    not_applicable: items set aside in addition to those of the evaluation. Raises ScoringError for
    an item that does not allow it.
    """
    aside = set_aside(instrument, not_applicable) | evaluation.not_applicable
    leaves = {item.id: leaf_of(item, evaluation, aside) for item in instrument.scored_items}
    nodes = node_results(instrument, leaves)
    values = {**evaluation.external, **evaluation.typed}
    return leveled(instrument, nodes, item_results(instrument, leaves), values)


def set_aside(instrument: Instrument, codes: frozenset[str]) -> frozenset[str]:
    """The items set aside; ScoringError for one that does not allow it."""
    for code in sorted(codes):
        if code not in instrument.by_id or not instrument.by_id[code].not_applicable:
            raise ScoringError(f"{code} may not be set aside as not applicable")
    return codes


def leaf_of(item: Item, evaluation: Evaluation, aside: frozenset[str]) -> Leaf:
    """The points of one item in one evaluation."""
    if item.id in aside:
        return Leaf(not_applicable=1, aside=1)
    if item.id not in evaluation.relevant:
        return Leaf(not_applicable=1)
    points = points_of(item, evaluation.typed.get(item.id))
    return Leaf(missing=1) if points is None else Leaf(points, ok=1)


def item_results(instrument: Instrument, leaves: Mapping[str, Leaf]) -> dict[str, NodeResult]:
    """The items as results, missing answers left out."""
    found = {}
    for item in instrument.scored_items:
        leaf = leaves[item.id]
        value, status = leaf.under("drop")
        found[item.id] = NodeResult(value, status, leaf.ok, (), "answer")
    return found


def node_results(
    instrument: Instrument, leaves: Mapping[str, Leaf], behind: Mapping[str, int] | None = None
) -> dict[str, NodeResult]:
    """All scores, parts before what is made of them; `behind` are the respondents of each."""
    found: dict[str, NodeResult] = {}
    for code in instrument.node_order:
        result = _node(instrument, instrument.nodes[code], leaves, found)
        if behind is not None:
            result = NodeResult(
                result.value, result.status, behind[code], result.parts, result.rule
            )
        found[code] = result
    return {code: found[code] for code in instrument.nodes}


def _node(
    instrument: Instrument,
    node: ScoreNode,
    leaves: Mapping[str, Leaf],
    found: Mapping[str, NodeResult],
) -> NodeResult:
    parts = []
    for code, weight in node.parts:
        if code in found:
            value, status = found[code].value, found[code].status
        else:
            value, status = leaves[code].under(node.missing)
        if status == MISSING and node.missing == "zero":
            value = Fraction(0)
        parts.append(Part(code, weight, value, status))
    answered = [part for part in parts if part.status == OK]
    applying = [part for part in parts if part.status != NOT_APPLICABLE]
    counted = [part for part in applying if part.value is not None]
    status, value, rule = OK, None, node.agg
    if not applying:
        status, rule = NOT_APPLICABLE, "all_not_applicable"
    elif len(answered) < node.min_answered:
        status, rule = MISSING, "too_few_answered"
    elif node.missing == "propagate" and len(counted) < len(applying):
        status, rule = MISSING, "part_missing"
    elif not counted:
        status, rule = MISSING, "nothing_answered"
    else:
        value, rule = _aggregate(node, counted)
        if node.agg == "sum" and value is not None:
            value, rule = _made_up(instrument, parts, leaves, value)
        status = MISSING if value is None else OK
    return NodeResult(value, status, len(answered), tuple(parts), rule)


def _aggregate(node: ScoreNode, counted: list[Part]) -> tuple[Fraction | None, str]:
    values = sorted(part.value for part in counted if part.value is not None)
    weights = sum((part.weight for part in counted), Fraction(0))
    weighed = sum((part.weight * (part.value or 0) for part in counted), Fraction(0))
    middle = len(values) // 2
    if node.agg == "weighted_mean":
        return (weighed / weights, node.agg) if weights else (None, "no_weight")
    even = len(values) % 2 == 0
    found = {
        "sum": weighed,
        "median": (values[middle - 1] + values[middle]) / 2 if even else values[middle],
        "min": values[0],
        "max": values[-1],
        "mean": sum(values, Fraction(0)) / len(values),
    }
    return found[node.agg], node.agg


def _made_up(
    instrument: Instrument, parts: list[Part], leaves: Mapping[str, Leaf], value: Fraction
) -> tuple[Fraction, str]:
    """A sum in which items set aside must not cost: their share of the maximum goes to the rest.

    A question that was not asked adds nothing and is not made up for. Needs the greatest points of
    every part; without them (open numbers) the sum stays as it is.
    """
    gone = left = Fraction(0)
    for part in parts:
        most = _most(instrument, part.code)
        if most is None:
            return value, "sum"
        if part.status != NOT_APPLICABLE:
            left += part.weight * most
        elif _is_aside(instrument, leaves, part.code):
            gone += part.weight * most
    return (value * (left + gone) / left, "sum_redistributed") if gone and left else (value, "sum")


def _most(instrument: Instrument, code: str) -> Fraction | None:
    """The greatest points of an item or score; None where nothing bounds it."""
    node = instrument.nodes.get(code)
    if node is None:
        span = instrument.by_id[code].span
        return None if span is None else span[1]
    ends = [(weight, _most(instrument, part)) for part, weight in node.parts]
    known = [(weight, most) for weight, most in ends if most is not None]
    if len(known) < len(ends):
        return None
    weighed = sum((weight * most for weight, most in known), Fraction(0))
    if node.agg == "sum":
        return weighed
    if node.agg == "weighted_mean":
        return weighed / sum(weight for weight, _ in known)
    if node.agg == "mean":
        return sum((most for _, most in known), Fraction(0)) / len(known)
    # A median, least or greatest of parts with unequal ends has no end of its own worth using.
    return known[0][1] if len({most for _, most in known}) == 1 else None


def _is_aside(instrument: Instrument, leaves: Mapping[str, Leaf], code: str) -> bool:
    node = instrument.nodes.get(code)
    if node is None:
        return leaves[code].aside > 0
    return any(_is_aside(instrument, leaves, part) for part, _ in node.parts)
