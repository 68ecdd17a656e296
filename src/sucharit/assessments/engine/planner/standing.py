"""Where a unit stands, as numbers that can be moved: item values, and figures that stand still.

Group values are plain means of what is known below, so moving one item moves everything above it
exactly. A figure that is published, too small to be shown below, or decided by the sample rule does
not follow its items: it is *fixed*, and its items cannot be moved (the fixed figure itself can).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from sucharit.assessments.engine.exact import exact, half_up
from sucharit.assessments.engine.inputs import InputError, check_mark, check_value
from sucharit.assessments.engine.model import TOTAL, Edition, NodeKind
from sucharit.assessments.engine.results import Level, Status, UnitScore, level_of
from sucharit.assessments.engine.scoring import mean

Values = dict[str, Fraction | None]

_MEANS = frozenset({"group_mean", "total_weighted", "missing", "not_applicable"})
"""Rules by which a group's value follows from what is below it."""


@dataclass(frozen=True, slots=True)
class Question:
    """A sub-question: `share` of its item (the shares of an item add up to 1) and its value, 0–100."""

    code: str
    share: Fraction
    value: Fraction


@dataclass(frozen=True)
class Standing:
    """Item values (None = not known or does not apply), fixed figures, sub-questions by item.

    `fixed` are nodes whose value does not come from below; `not_applicable` items never count.
    """

    edition: Edition
    items: Mapping[str, Fraction | None]
    fixed: Mapping[str, Fraction | None] = field(default_factory=dict)
    questions: Mapping[str, tuple[Question, ...]] = field(default_factory=dict)

    def frozen(self, code: str) -> str | None:
        """The fixed figure that stands at or above a node, None where the node can be moved."""
        for above in self.edition.path(code):
            if above in self.fixed:
                return above
        return None


@dataclass(frozen=True)
class Outcome:
    """Exact values of all nodes, what is shown of them (units of the last digit), and the level."""

    edition: Edition
    values: Mapping[str, Fraction | None]
    level: Level | None

    @property
    def total(self) -> Fraction | None:
        """Unrounded total."""
        return self.values[TOTAL]

    def shown(self, code: str = TOTAL) -> int | None:
        """A node's value as displayed, in hundredths (units of the last digit)."""
        value = self.values[code]
        return None if value is None else half_up(value, self.edition.rounding.digits)


def standing_of(
    score: UnitScore, questions: Mapping[str, tuple[Question, ...]] | None = None
) -> Standing:
    """The standing of a unit that was scored just now."""
    fixed = {
        code: node.value
        for code, node in score.nodes.items()
        if code not in score.edition.item and not (node.rule in _MEANS and _open(score, code))
    }
    items = {code: score.nodes[code].value for code in score.edition.item}
    return Standing(score.edition, items, _topmost(score.edition, fixed), questions or {})


def _open(score: UnitScore, code: str) -> bool:
    """Whether a group's value is what its children give (not so above a figure of its own)."""
    known = [score.nodes[child].value for child in score.edition.children(code)]
    if code == TOTAL or any(value is not None for value in known):
        return True
    return score.nodes[code].value is None


def standing_from(
    edition: Edition,
    tree: Mapping[str, Any],
    questions: Mapping[str, tuple[Question, ...]] | None = None,
) -> Standing:
    """The standing a stored explanation tells (see `explain`).

    A group with a figure below it that may not be shown keeps its own figure: it is fixed.
    Raises KeyError for a tree of another edition.
    """
    items: Values = {}
    fixed: Values = {}

    def read(node: Mapping[str, Any]) -> bool:
        code, hidden = node["code"], bool(node["status"] == "insufficient")
        value = exact(node["exact"]) if node["exact"] is not None else None
        if edition.node_kind[code] is NodeKind.ITEM:
            items[code] = value
            return hidden
        below = [read(child) for child in node["children"]]
        stands_still = hidden or any(below) or node["rule"]["key"] not in _MEANS
        if stands_still and code != TOTAL:
            fixed[code] = value
        return hidden

    read(tree)
    return Standing(edition, items, _topmost(edition, fixed), questions or {})


def _topmost(edition: Edition, fixed: Mapping[str, Fraction | None]) -> Values:
    """Of figures below a fixed figure nothing is needed."""
    return {
        code: value
        for code, value in fixed.items()
        if not any(above in fixed for above in edition.path(code)[1:])
    }


def values_of(standing: Standing, changes: Mapping[str, Fraction] | None = None) -> Values:
    """Exact values of all nodes, with `changes` put in place (not checked: see `what_if`)."""
    changed, edition = changes or {}, standing.edition
    values: Values = {}
    for code in reversed(edition.nodes):
        if code in standing.fixed:
            values[code] = changed.get(code, standing.fixed[code])
        elif code in edition.item:
            values[code] = _item(standing, code, changed)
        elif code == TOTAL:
            parts = [(i.weight, values[i.code]) for i in edition.instruments]
            known = [weight * value for weight, value in parts if value is not None]
            values[code] = sum(known, Fraction(0)) if len(known) == len(parts) else None
        else:
            below = [values[child] for child in edition.children(code)]
            values[code] = mean([value for value in below if value is not None])
    return values


def _item(standing: Standing, code: str, changed: Mapping[str, Fraction]) -> Fraction | None:
    if code in changed:
        return changed[code]
    value = standing.items.get(code)
    if value is None:
        return None
    for question in standing.questions.get(code, ()):
        if question.code in changed:
            value += question.share * (changed[question.code] - question.value)
    return value


def outcome_of(edition: Edition, values: Mapping[str, Fraction | None]) -> Outcome:
    """The level that displayed values give; None where it cannot be told."""

    def shown(code: str) -> int | None:
        value = values[code]
        return None if value is None else half_up(value, edition.rounding.digits)

    level = level_of(edition, shown(TOTAL), [shown(i.code) for i in edition.instruments])
    return Outcome(edition, values, level)


def what_if(standing: Standing, changes: Mapping[str, Fraction] | None = None) -> Outcome:
    """The score if items, sub-questions or fixed figures had other values (0–100, exact).

    Raises InputError for a code that cannot be moved, a value off the scale, points a marked item
    does not allow, or an item changed together with one of its own sub-questions.
    """
    for code, value in (changes or {}).items():
        _check(standing, code, value)
    moved = set(changes or {})
    for item, questions in standing.questions.items():
        own = {question.code for question in questions} - {item}
        if item in moved and moved & own:
            raise InputError(f"{item} and its sub-questions cannot both be changed")
    return outcome_of(standing.edition, values_of(standing, changes))


def _check(standing: Standing, code: str, value: Fraction) -> None:
    edition = standing.edition
    if code in standing.fixed:
        check_value(edition, code, value)
        return
    owner = _owner(standing, code)
    if owner is None:
        raise InputError(f"there is no item or sub-question {code!r} that can be changed")
    stuck = standing.frozen(owner)
    if stuck:
        raise InputError(f"{code} lies under {stuck}, a figure that does not follow its items")
    if standing.items.get(owner) is None:
        raise InputError(f"{code} has no value ({Status.MISSING} or {Status.NOT_APPLICABLE})")
    if not 0 <= value <= 100:
        raise InputError(f"{value} is outside 0–100")
    if not edition.item[owner].surveyed:
        check_mark(edition, owner, value)


def _owner(standing: Standing, code: str) -> str | None:
    """The item a code belongs to: itself, or the item of a sub-question."""
    if code in standing.edition.item:
        return code
    for item, questions in standing.questions.items():
        if any(question.code == code for question in questions):
            return item
    return None
