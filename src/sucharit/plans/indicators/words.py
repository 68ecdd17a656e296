"""Words of indicators: measures, directions, rules, and why a figure is what it is."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

MEASURES: dict[str, Any] = {
    "count": lazy("Count"), "percent": lazy("Percentage"), "ratio": lazy("Ratio"), "score": lazy("Score value"),
    "rank": lazy("Rank"), "binary": lazy("Yes or no"), "milestone": lazy("Milestone"), "text": lazy("In words"),
}  # fmt: skip
DIRECTIONS: dict[str, Any] = {
    "increase": lazy("More is better"), "decrease": lazy("Less is better"),
    "maintain": lazy("Keep at least the level"), "range": lazy("Stay within a range"),
}  # fmt: skip
WAYS: dict[str, Any] = {
    "sum": lazy("added up"), "last": lazy("the last verified period"), "average": lazy("mean of the figures"),
    "weighted": lazy("numerators over denominators"), "max": lazy("the largest"), "min": lazy("the smallest"),
    "count_met": lazy("share of units that meet their target"), "none": lazy("not rolled up"),
}  # fmt: skip
FREQUENCIES: dict[str, Any] = {
    "month": lazy("Every month"), "quarter": lazy("Every quarter"), "half": lazy("Every half year"),
    "year": lazy("Every year"),
}  # fmt: skip
KINDS: dict[str, Any] = {
    "output": lazy("Output"),
    "outcome": lazy("Outcome"),
    "impact": lazy("Impact"),
}
RULES: dict[str, Any] = {
    "missing": lazy("There is no figure: missing is not zero, so nothing is computed."),
    "no_target": lazy("There is no target to hold the figure against."),
    "text": lazy("A figure in words is not computed with."),
    "binary": lazy("Yes or no: 100 when it is as aimed at, else 0."),
    "range": lazy(
        "100 inside the range; outside less by the distance over the width of the range."
    ),
    "zero_target": lazy("The target is zero: 100 when it is met, else 0."),
    "up": lazy("Figure ÷ target × 100."),
    "down": lazy("Less is better: 100 × (1 + (target − figure) ÷ target)."),
    "no_baseline": lazy("There is no baseline: progress from it cannot be said."),
    "not_beyond": lazy("The target does not lie beyond the baseline: 100 when it is met, else 0."),
    "linear": lazy("(Figure − baseline) ÷ (target − baseline) × 100."),
}
PARTS: dict[str, Any] = {
    "actual": lazy("Figure"), "target": lazy("Target value"), "upper": lazy("Upper end"),
    "baseline": lazy("Baseline"),
}  # fmt: skip


def thai() -> bool:
    """Whether the page is in Thai."""
    return (get_language() or "th").startswith("th")


def name(thing: Any) -> str:
    """Name or title of a unit, indicator, goal or strategy in the page's language."""
    for stem in ("name", "title"):
        if hasattr(thing, f"{stem}_th"):
            english = getattr(thing, f"{stem}_en", "")
            return str(getattr(thing, f"{stem}_th") if thai() or not english else english)
    return str(thing)


def measured_in(indicator: Any) -> str:
    """The indicator's unit of measure."""
    return str(indicator.unit_th if thai() or not indicator.unit_en else indicator.unit_en)


def period(kind: str, seq: int, fiscal_year: int) -> str:
    """Like "Quarter 2/2567"."""
    texts = {
        "month": _("Month %(seq)s/%(year)s"), "quarter": _("Quarter %(seq)s/%(year)s"),
        "half": _("Half %(seq)s/%(year)s"), "year": _("Year %(year)s"),
    }  # fmt: skip
    return texts[kind] % {"seq": seq, "year": fiscal_year}
