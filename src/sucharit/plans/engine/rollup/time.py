"""A unit's periods become the figure of its year."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from sucharit.plans.engine.rollup.parts import Figure, Rule, usable

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Year:
    """The year's figure (None: no data, or the rule forbids one), with how many periods it rests on.

    ``zero``: the same with missing periods counted as nothing; None where that means nothing.
    """

    figure: Figure | None
    exact: Fraction | None
    zero: Fraction | None
    reported: int
    expected: int
    rule: str
    rows: tuple[int, ...]


def over_time(figures: Sequence[Figure], rule: Rule, expected: int) -> Year:
    """One unit's figures of different periods as its year. ``expected``: periods that have ended.

    Shares are never averaged: numerators and denominators are added. Of a cumulative figure the last
    period is the year. A period without a figure is missing; it is not taken for nothing.
    """
    there = sorted((f for f in figures if usable(f, rule)), key=lambda f: f.seq)
    way = way_over_time(rule)
    rows = tuple(f.row for f in there if f.row is not None)
    if not there or way == "none":
        return Year(None, None, None, len(there), expected, way, rows)
    made = _made(there, rule, way)
    stamp = max((f.as_of for f in there if f.as_of is not None), default=None)
    made = replace(made, as_of=stamp)
    if way in {"last", "max", "min"}:
        rows = () if made.row is None else (made.row,)
    exact = made.exact(rule.measure)
    return Year(made, exact, _zero(there, exact, way, expected), len(there), expected, way, rows)


def way_over_time(rule: Rule) -> str:
    """The rule that really works: cumulative figures take the last one, shares are weighted."""
    if rule.over_time == "none":
        return "none"
    if rule.cumulative:
        return "last"
    if rule.shares and rule.over_time in {"sum", "average"}:
        return "weighted"
    return rule.over_time


def _made(there: Sequence[Figure], rule: Rule, way: str) -> Figure:
    last = there[-1]
    if way == "last":
        return last
    if way in {"max", "min"}:
        pick = max if way == "max" else min
        return pick(there, key=lambda f: f.exact(rule.measure) or Fraction(0))
    if way == "weighted":
        return replace(
            last,
            numerator_e4=sum(f.numerator_e4 or 0 for f in there),
            denominator_e4=sum(f.denominator_e4 or 0 for f in there),
            value_e4=None,
            row=None,
        )
    total = sum(f.value_e4 or 0 for f in there)
    if way == "sum":
        return replace(last, value_e4=total, numerator_e4=None, denominator_e4=None, row=None)
    mean = Fraction(total, len(there))
    return replace(last, value_e4=mean, numerator_e4=None, denominator_e4=None, row=None)


def _zero(
    there: Sequence[Figure], exact: Fraction | None, way: str, expected: int
) -> Fraction | None:
    """Missing periods as nothing: what the year would be if nobody had anything to tell."""
    lacking = expected - len(there)
    if exact is None or lacking <= 0 or way == "sum":
        return exact
    if way in {"average", "weighted"}:
        return exact * Fraction(len(there), expected)
    if way == "last":
        return exact if there[-1].seq >= expected else Fraction(0)
    return max(exact, Fraction(0)) if way == "max" else min(exact, Fraction(0))
