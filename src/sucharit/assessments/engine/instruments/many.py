"""Scores of a unit from its respondents."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from sucharit.assessments.engine.expressions import Value

from .bands import Scored, leveled
from .evaluation import Evaluation
from .model import Instrument
from .results import MISSING, NOT_APPLICABLE, OK, NodeResult, Part
from .scoring import Leaf, ScoringError, item_results, leaf_of, node_results, set_aside


def score_many(
    instrument: Instrument,
    evaluations: Iterable[Evaluation],
    *,
    parameters: Mapping[str, Any] | None = None,
) -> Scored:
    """The scores of a unit from its respondents; `n` of a node are the respondents behind it.

    parameters: `unit_order` (else the instrument's), `not_applicable` (ids of items).
    item_mean_first: mean of every item over those who answered it, then the nodes from these means.
    respondent_mean_first: the nodes of every respondent, then their mean. The two differ where
    answers are missing.
    """
    asked = dict(parameters or {})
    aside = set_aside(instrument, frozenset(asked.pop("not_applicable", ())))
    order = asked.pop("unit_order", instrument.unit_order)
    if asked or order not in {"item_mean_first", "respondent_mean_first"}:
        raise ScoringError(f"unknown parameters: {sorted(asked) or order}")
    leaves = {item.id: Leaf() for item in instrument.scored_items}
    singles: list[Mapping[str, NodeResult]] = []
    behind = dict.fromkeys(instrument.nodes, 0)
    values: dict[str, Value] = {}
    for evaluation in evaluations:
        own = {
            item.id: leaf_of(item, evaluation, aside | evaluation.not_applicable)
            for item in instrument.scored_items
        }
        leaves = {code: leaves[code] + leaf for code, leaf in own.items()}
        _count_behind(instrument, own, behind)
        values |= evaluation.external  # they belong to the unit, so every respondent has the same
        if order == "respondent_mean_first":
            singles.append(node_results(instrument, own))
    if order == "respondent_mean_first":
        nodes = _means(instrument, singles)
    else:
        nodes = node_results(instrument, leaves, behind)
    items = item_results(instrument, leaves)
    values |= {code: one.value for code, one in items.items()}
    return leveled(instrument, nodes, items, values)


def _count_behind(instrument: Instrument, own: Mapping[str, Leaf], behind: dict[str, int]) -> None:
    touched: set[str] = set()
    for code in instrument.node_order:
        for part, _ in instrument.nodes[code].parts:
            if part in touched or (part in own and own[part].ok):
                touched.add(code)
    for code in touched:
        behind[code] += 1


def _means(
    instrument: Instrument, singles: list[Mapping[str, NodeResult]]
) -> dict[str, NodeResult]:
    found: dict[str, NodeResult] = {}
    for code, node in instrument.nodes.items():
        values = [one[code].value for one in singles]
        known = [value for value in values if value is not None]
        missing = any(one[code].status == MISSING for one in singles) or not singles
        mean = sum(known, Fraction(0)) / len(known) if known else None
        status = OK if known else MISSING if missing else NOT_APPLICABLE
        parts = tuple(_mean_part(singles, code, at) for at in range(len(node.parts)))
        found[code] = NodeResult(
            mean, status, len(known), parts if singles else (), "respondent_mean"
        )
    return found


def _mean_part(singles: list[Mapping[str, NodeResult]], code: str, at: int) -> Part:
    parts = [one[code].parts[at] for one in singles]
    if not parts:
        return Part("", Fraction(1), None, MISSING)
    known = [part.value for part in parts if part.status == OK and part.value is not None]
    statuses = {part.status for part in parts}
    status = OK if known else MISSING if MISSING in statuses else NOT_APPLICABLE
    mean = sum(known, Fraction(0)) / len(known) if known else None
    return Part(parts[0].code, parts[0].weight, mean, status)
