"""A unit's page: its items as a ladder to the next level, or a province's ten indicators with their counts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sucharit.assessments.checklists import judging
from sucharit.assessments.checklists.base import answers_of
from sucharit.assessments.checklists.rights import MARKS_SHOWN
from sucharit.assessments.engine.moral import Ladder, ladder
from sucharit.assessments.models import Campaign, CampaignUnit, ChecklistResult
from sucharit.assessments.moral.queries import Standing
from sucharit.orgs import scope

Words = Mapping[str, str]
_INDICATOR = re.compile(r"i[1-9]\d?")


@dataclass(frozen=True)
class Step:
    """An item on the ladder. ``full``: the most points it can have."""

    item: str  # as answered and explained by the checklist
    title: Words
    points: Fraction | None
    full: Fraction
    missing: bool


@dataclass(frozen=True)
class Level:
    """A level of the ladder with its items."""

    level: int
    title: Words
    steps: tuple[Step, ...]
    cut: Fraction
    short: Fraction
    reached: bool
    next: bool

    @property
    def missing(self) -> list[Step]:
        return [s for s in self.steps if s.missing]


@dataclass(frozen=True)
class Indicator:
    """A province's indicator: numerator, denominator, exact share in percent, points and how they follow."""

    code: str
    title: Words
    numerator: Fraction | None
    denominator: Fraction | None
    points: Fraction | None
    full: str  # percent for 2 points, and for 1 point
    part: str
    counted: bool  # supplied by the platform's own results

    @property
    def share(self) -> Fraction | None:
        """Percent; None without a denominator."""
        if self.numerator is None or not self.denominator:
            return None
        return self.numerator * 100 / self.denominator


@dataclass(frozen=True)
class Sheet:
    """What a unit's page shows of one instrument. ``live``: from answers that can still change."""

    standing: Standing
    levels: tuple[Level, ...]
    points: Fraction
    level: int
    live: bool
    indicators: tuple[Indicator, ...]
    sources: str
    may_open: bool  # the reader may open the checklist itself

    @property
    def next(self) -> Level | None:
        return next((x for x in self.levels if x.next), None)


def sheet(user: Any, standing: Standing) -> Sheet | None:
    """The page's figures; None where the reader may see none, or the instrument keeps other names.

    Once the unit sees its marks: the computed result. Before that: the unit's own answers as they stand,
    for those in its scope.
    """
    cu = standing.cu
    mine = scope.can(user, "assessments.view", cu.unit)
    values, live = _values(cu, mine=mine)
    if values is None:
        return None
    document = cu.campaign.framework.document
    climbed = ladder(document.get("scoring", {}).get("nodes", {}), values)
    if climbed is None:
        return None
    items = {row["id"]: row for row in document.get("items", ())}
    return Sheet(
        standing,
        _levels(document, items, climbed),
        climbed.points,
        climbed.level,
        live,
        tuple(_indicator(code, items, values) for code in items if _INDICATOR.fullmatch(code)),
        str(values.get("sources_used") or ""),
        mine,
    )


def _values(cu: CampaignUnit, *, mine: bool) -> tuple[dict[str, Any] | None, bool]:
    """Item and computed values by id, and whether they can still change."""
    state = getattr(cu, "checklist", None)
    if state is not None and state.state in MARKS_SHOWN:
        if not mine and cu.campaign.state != Campaign.State.FINAL:
            return None, False
        result = ChecklistResult.objects.filter(campaign_unit=cu).order_by("-run").first()
        if result is None:
            return None, False
        found = {k: v["value"] for k, v in result.explanation.get("items", {}).items()}
        found |= {k: v["value"] for k, v in result.explanation.get("computed", {}).items()}
        return found, False
    if not mine:
        return None, True
    judged = judging.judge(cu, judging.answered(answers_of(cu).values()))
    return dict(judged.evaluation.values), True


def _levels(
    document: Mapping[str, Any], items: Mapping[str, Any], climbed: Ladder
) -> tuple[Level, ...]:
    titles = {str(b["code"]): b["title"] for b in document.get("bands", ())}
    coming = climbed.next
    found = []
    for rung in climbed.rungs:
        steps = tuple(
            Step(
                _asked(need.item, items),
                _title(need.item, items),
                need.points,
                Fraction(2),
                need.missing,
            )
            for need in rung.needs
        )
        found.append(
            Level(
                rung.level, titles.get(str(rung.level), {}), steps, rung.cut, rung.short,
                rung.level <= climbed.level, coming is not None and rung.level == coming.level,
            )
        )  # fmt: skip
    return tuple(found)


def _asked(item: str, items: Mapping[str, Any]) -> str:
    """The item a person answers behind what counts of it: m1 behind m1_counts."""
    plain = item.removesuffix("_counts")
    return plain if plain in items else item


def _title(item: str, items: Mapping[str, Any]) -> Words:
    row = items.get(_asked(item, items), {})
    return dict(row.get("label") or row.get("title") or {"th": item, "en": item})


def _indicator(code: str, items: Mapping[str, Any], values: Mapping[str, Any]) -> Indicator:
    formula = str(items[code].get("calculation", ""))
    level = re.search(r"\$\{full_(\d)\}", formula)
    at = level.group(1) if level else ""
    return Indicator(
        code,
        items[code].get("label") or {},
        _number(values.get(f"{code}_n")),
        _number(values.get(f"{code}_d")),
        _number(values.get(code)),
        str(values.get(f"full_{at}") or ""),
        str(values.get(f"part_{at}") or ""),
        items.get(f"{code}_n", {}).get("type") == "calculate",
    )


def _number(value: Any) -> Fraction | None:
    try:
        return None if value in (None, "") else Fraction(str(value))
    except ValueError:
        return None
