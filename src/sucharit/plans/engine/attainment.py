"""How far a figure has come: attainment against the target, progress from the baseline, and the colour word.

Everything is an exact Fraction in the indicator's own unit; nothing is rounded or capped here but
``shown``, which is for the eye only. The formulas, with |t| so that a negative target ("10 % fewer") works:

- increase, maintain: attainment = 100 × (1 + (a - t) / |t|), which is a / t × 100 for a target above zero;
- decrease: attainment = 100 × (1 + (t - a) / |t|): on target 100, half as much again 50, none at all 200;
- target 0: 100 when met, else 0 (no division);
- range: inside 100, outside 100 × (1 - distance / width);
- binary: 100 or 0;
- progress = 100 × (a - b) / (t - b); where the target does not lie beyond the baseline: 100 when met, else 0.

Sources: docs/indicators.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

HUNDRED = Fraction(100)
SHOWN_FROM, SHOWN_TO = Fraction(0), Fraction(120)
UP = frozenset({"increase", "maintain"})


@dataclass(frozen=True)
class Goal:
    """What a figure is held against. ``upper``: the far end of a range; ``baseline`` None: not known."""

    direction: str  # increase, decrease, maintain, range
    target: Fraction | None
    upper: Fraction | None = None
    baseline: Fraction | None = None
    measure: str = "count"


@dataclass(frozen=True)
class Attainment:
    """Per cent reached and how it came about. None: cannot be said (``rule`` tells why)."""

    percent: Fraction | None
    progress: Fraction | None
    met: bool | None
    rule: str  # missing, no_target, text, binary, range, zero_target, up, down
    progress_rule: str  # no_baseline, not_beyond, linear, range, binary, none
    parts: tuple[tuple[str, Fraction], ...] = ()  # actual, target, upper, baseline: what went in


def attain(actual: Fraction | None, goal: Goal) -> Attainment:
    """Attainment and baseline-adjusted progress of a figure.

    ``actual`` None is missing, never zero: both results are None then.
    """
    parts = tuple(
        (name, value)
        for name, value in (
            ("actual", actual),
            ("target", goal.target),
            ("upper", goal.upper),
            ("baseline", goal.baseline),
        )
        if value is not None
    )
    if goal.measure == "text":
        return Attainment(None, None, None, "text", "none", parts)
    if actual is None:
        return Attainment(None, None, None, "missing", "none", parts)
    if goal.target is None:
        return Attainment(None, None, None, "no_target", "none", parts)
    met = is_met(actual, goal)
    percent, rule = _percent(actual, goal, met=met)
    progress, progress_rule = _progress(actual, goal, met=met)
    return Attainment(percent, progress, met, rule, progress_rule, parts)


def is_met(actual: Fraction, goal: Goal) -> bool:
    """Whether the figure reaches its target. ValueError without a target."""
    if goal.target is None:
        raise ValueError("without a target nothing can be met")
    if goal.measure == "binary":
        return bool(actual) == bool(goal.target)
    if goal.direction == "range":
        return _distance(actual, goal) == 0
    return actual <= goal.target if goal.direction == "decrease" else actual >= goal.target


def shown(percent: Fraction | None) -> Fraction | None:
    """For bars and columns only: between 0 and 120."""
    return None if percent is None else min(max(percent, SHOWN_FROM), SHOWN_TO)


def _all_or_nothing(*, met: bool) -> Fraction:
    return HUNDRED if met else Fraction(0)


def _percent(actual: Fraction, goal: Goal, *, met: bool) -> tuple[Fraction, str]:
    target = goal.target
    assert target is not None
    if goal.measure == "binary":
        return _all_or_nothing(met=met), "binary"
    if goal.direction == "range":
        return _in_range(actual, goal, met=met), "range"
    if target == 0:
        return _all_or_nothing(met=met), "zero_target"
    ahead = target - actual if goal.direction == "decrease" else actual - target
    return HUNDRED * (1 + ahead / abs(target)), "down" if goal.direction == "decrease" else "up"


def _in_range(actual: Fraction, goal: Goal, *, met: bool) -> Fraction:
    low, high = _ends(goal)
    if met or low == high:
        return _all_or_nothing(met=met)
    return HUNDRED * (1 - _distance(actual, goal) / (high - low))


def _progress(actual: Fraction, goal: Goal, *, met: bool) -> tuple[Fraction | None, str]:
    base, target = goal.baseline, goal.target
    assert target is not None
    if goal.measure == "binary":
        return _all_or_nothing(met=met), "binary"
    if base is None:
        return None, "no_baseline"
    if goal.direction == "range":
        away = _distance(base, goal)
        if met or away == 0:
            return _all_or_nothing(met=met), "range"
        return HUNDRED * (1 - _distance(actual, goal) / away), "range"
    beyond = target < base if goal.direction == "decrease" else target > base
    if not beyond:
        return _all_or_nothing(met=met), "not_beyond"
    return HUNDRED * (actual - base) / (target - base), "linear"


def _ends(goal: Goal) -> tuple[Fraction, Fraction]:
    assert goal.target is not None
    upper = goal.target if goal.upper is None else goal.upper
    return min(goal.target, upper), max(goal.target, upper)


def _distance(value: Fraction, goal: Goal) -> Fraction:
    """How far outside the range; 0 inside."""
    low, high = _ends(goal)
    return max(low - value, value - high, Fraction(0))
