"""Validation rules over a unit's figures: left side, operator, right side, as DHIS2 has them.

A side that has no value is *unknown*, and a rule with an unknown side is skipped and says so: a missing
figure breaks no rule, except for the two pair rules, which are about exactly that. A broken rule is a
reason to look, never a verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from .expressions import Context, ExpressionError, Node, evaluate, names, number_of, parse

Importance = Literal["high", "medium", "low"]
IMPORTANCES: tuple[Importance, ...] = ("high", "medium", "low")
PAIRS = frozenset({"compulsory_pair", "exclusive_pair"})
COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})
OPERATORS = COMPARISONS | PAIRS


class RuleError(ValueError):
    """A rule that cannot be: unknown operator or importance, or a side that is no expression."""


@dataclass(frozen=True, slots=True)
class ValidationRule:
    """One rule. ``left`` and ``right`` are expressions over figures named ``${name}``."""

    code: str
    left: Node
    operator: str
    right: Node
    importance: Importance

    @classmethod
    def read(
        cls, code: str, left: str, operator: str, right: str, importance: str
    ) -> ValidationRule:
        """A rule from its texts; RuleError says what is wrong with it."""
        if operator not in OPERATORS:
            raise RuleError(f"{code}: {operator!r} is no operator")
        found: Importance | None = next((i for i in IMPORTANCES if i == importance), None)
        if found is None:
            raise RuleError(f"{code}: importance is high, medium or low, not {importance!r}")
        try:
            return cls(code, parse(left), operator, parse(right), found)
        except ExpressionError as error:
            raise RuleError(f"{code}: {error}") from error

    @property
    def names(self) -> frozenset[str]:
        """Figures the rule reads."""
        return frozenset(names(self.left) | names(self.right))


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a rule: "kept", "broken", or "skipped" because a side is unknown."""

    rule: ValidationRule
    outcome: Literal["kept", "broken", "skipped"]
    left: Fraction | None
    right: Fraction | None


def check(rule: ValidationRule, figures: Mapping[str, Fraction]) -> Checked:
    """Hold a rule against a unit's figures; a figure that is not there is unknown, not zero."""
    context = Context(values=dict(figures))
    left = number_of(evaluate(rule.left, context))
    right = number_of(evaluate(rule.right, context))
    if rule.operator in PAIRS:
        both, one = left is not None and right is not None, (left is None) != (right is None)
        broken = one if rule.operator == "compulsory_pair" else both
        return Checked(rule, "broken" if broken else "kept", left, right)
    if left is None or right is None:
        return Checked(rule, "skipped", left, right)
    return Checked(rule, "kept" if holds(left, rule.operator, right) else "broken", left, right)


def holds(left: Fraction, operator: str, right: Fraction) -> bool:
    """Whether the comparison holds."""
    return {
        "=": left == right,
        "!=": left != right,
        "<": left < right,
        "<=": left <= right,
        ">": left > right,
        ">=": left >= right,
    }[operator]


def broken(rules: Iterable[ValidationRule], figures: Mapping[str, Fraction]) -> tuple[Checked, ...]:
    """The rules a unit breaks, the most important first."""
    found = [c for rule in rules if (c := check(rule, figures)).outcome == "broken"]
    return tuple(sorted(found, key=lambda c: IMPORTANCES.index(c.rule.importance)))
