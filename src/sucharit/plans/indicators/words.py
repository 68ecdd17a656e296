"""Words of indicators: measures, directions, rules, and why a figure is what it is."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

MEASURES: dict[str, Any] = {
    "count": _("Count"), "percent": _("Percentage"), "ratio": _("Ratio"), "score": _("Score value"),
    "rank": _("Rank"), "binary": _("Yes or no"), "milestone": _("Milestone"), "text": _("In words"),
}  # fmt: skip
DIRECTIONS: dict[str, Any] = {
    "increase": _("More is better"), "decrease": _("Less is better"),
    "maintain": _("Keep at least the level"), "range": _("Stay within a range"),
}  # fmt: skip
WAYS: dict[str, Any] = {
    "sum": _("added up"), "last": _("the last verified period"), "average": _("mean of the figures"),
    "weighted": _("numerators over denominators"), "max": _("the largest"), "min": _("the smallest"),
    "count_met": _("share of units that meet their target"), "none": _("not rolled up"),
}  # fmt: skip
FREQUENCIES: dict[str, Any] = {
    "month": _("Every month"), "quarter": _("Every quarter"), "half": _("Every half year"),
    "year": _("Every year"),
}  # fmt: skip
KINDS: dict[str, Any] = {
    "output": _("Output"),
    "outcome": _("Outcome"),
    "impact": _("Impact"),
}
LEVELS: dict[str, Any] = {
    "national": _("National strategy"), "master": _("Master plan"), "subplan": _("Sub-plan"),
    "action": _("Action plan"), "region": _("Plan of a region"), "cluster": _("Plan of a cluster"),
    "province": _("Plan of a province"), "district": _("Plan of a district"),
}  # fmt: skip
RULES: dict[str, Any] = {
    "missing": _("There is no figure: missing is not zero, so nothing is computed."),
    "no_target": _("There is no target to hold the figure against."),
    "text": _("A figure in words is not computed with."),
    "binary": _("Yes or no: 100 when it is as aimed at, else 0."),
    "range": _("100 inside the range; outside less by the distance over the width of the range."),
    "zero_target": _("The target is zero: 100 when it is met, else 0."),
    "up": _("Figure ÷ target × 100."),
    "down": _("Less is better: 100 × (1 + (target − figure) ÷ target)."),
    "no_baseline": _("There is no baseline: progress from it cannot be said."),
    "not_beyond": _("The target does not lie beyond the baseline: 100 when it is met, else 0."),
    "linear": _("(Figure − baseline) ÷ (target − baseline) × 100."),
}
PARTS: dict[str, Any] = {
    "actual": _("Figure"), "target": _("Target value"), "upper": _("Upper end"),
    "baseline": _("Baseline"),
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


def with_unit(text: str, indicator: Any) -> str:
    """A figure with its unit: "ร้อยละ 80.91" as Thai says it, "80.91 per cent", "14 เครือข่าย"."""
    unit = measured_in(indicator)
    return f"{unit} {text}" if unit == "ร้อยละ" else f"{text} {unit}".strip()


def period(kind: str, seq: int, fiscal_year: int) -> str:
    """Like "Quarter 2/2567"."""
    texts = {
        "month": _("Month %(seq)s/%(year)s"), "quarter": _("Quarter %(seq)s/%(year)s"),
        "half": _("Half %(seq)s/%(year)s"), "year": _("Year %(year)s"),
    }  # fmt: skip
    return str(texts[kind]) % {"seq": seq, "year": fiscal_year}
