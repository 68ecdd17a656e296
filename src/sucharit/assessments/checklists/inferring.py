"""What a unit's other assessments of the year before, or this one, say about a checklist's items."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sucharit.assessments.checklists.base import sheet_of
from sucharit.assessments.engine import exact
from sucharit.assessments.engine.checklists import SheetItem, workflow
from sucharit.assessments.engine.mapping import Inferred, Link, Outcome, carried_points, infer
from sucharit.assessments.models import (
    CampaignUnit,
    ChecklistResult,
    ChecklistState,
    FrameworkMapping,
    Mark,
    Participation,
)
from sucharit.assessments.services.steps import edition_of

Key = tuple[str, str]  # framework code, item
JUDGED = (workflow.MINISTRY_MARKED, workflow.OBJECTION, workflow.FINAL)


@dataclass(frozen=True)
class Guess:
    """An inference for one item, with where it comes from. Never an answer by itself."""

    inferred: Inferred
    fiscal_year: int
    mapping: FrameworkMapping

    @property
    def origin(self) -> dict[str, Any]:
        """As kept with an answer that was taken over."""
        link = self.inferred.link
        return {
            "fiscal_year": self.fiscal_year,
            "framework": link.source[0],
            "item": link.source[1],
            "relation": link.relation,
            "strength": link.strength,
            "level": self.inferred.level,
        }

    def value_for(self, item: SheetItem) -> str | None:
        """The value to take over: only where the two scales match exactly and one value has these points."""
        points = carried_points(
            self.inferred, [o.points for o in item.options if o.points is not None]
        )
        found = [o.value for o in item.options if points is not None and o.points == points]
        return found[0] if len(found) == 1 else None


def inferred_for(cu: CampaignUnit) -> dict[str, Guess]:
    """Inferences by item, from judged assessments of this fiscal year and the one before (newest first)."""
    code = cu.campaign.framework.code
    rows = list(FrameworkMapping.objects.filter(target_code=code))
    if not rows:
        return {}
    outcomes, years = _outcomes(cu, {m.source_code for m in rows})
    links = {m: _link(m) for m in rows}
    found = {}
    for item in sheet_of(cu).items:
        inferred = infer((code, item.id), links.values(), outcomes)
        if inferred is not None:
            mapping = next(m for m, link in links.items() if link == inferred.link)
            found[item.id] = Guess(inferred, years[inferred.link.source], mapping)
    return found


def _link(m: FrameworkMapping) -> Link:
    return Link(
        (m.source_code, m.source_item),
        (m.target_code, m.target_item),
        m.relation,
        m.strength,
        m.verified,
    )


def _outcomes(cu: CampaignUnit, codes: Iterable[str]) -> tuple[dict[Key, Outcome], dict[Key, int]]:
    """Judged items of the unit's other assessments; the newer year holds."""
    year = cu.campaign.fiscal_year
    found: dict[Key, Outcome] = {}
    years: dict[Key, int] = {}
    for fiscal_year, key, share in [
        *_of_checklists(cu, set(codes), year),
        *_of_ita(cu, set(codes), year),
    ]:
        if key not in years or fiscal_year >= years[key]:  # later turns hold
            found[key], years[key] = Outcome(share), fiscal_year
    return found, years


def _of_checklists(
    cu: CampaignUnit, codes: set[str], year: int
) -> Iterable[tuple[int, Key, Fraction]]:
    """What the ministry's marks came to; a province's or the unit's own word is no ground to infer from."""
    states = ChecklistState.objects.filter(
        state__in=JUDGED,
        campaign_unit__unit=cu.unit,
        campaign_unit__campaign__framework__code__in=codes,
        campaign_unit__campaign__fiscal_year__in=(year, year - 1),
    ).select_related("campaign_unit__campaign__framework", "campaign_unit__unit")
    for state in states:
        other = state.campaign_unit
        result = ChecklistResult.objects.filter(campaign_unit=other).order_by("-run").first()
        items = result.explanation.get("items", {}) if result else {}
        for item in sheet_of(other).items:
            points = items.get(item.id, {}).get("points")
            if points and item.full:
                key = (other.campaign.framework.code, item.id)
                yield other.campaign.fiscal_year, key, exact(points) / item.full


def _of_ita(cu: CampaignUnit, codes: set[str], year: int) -> Iterable[tuple[int, Key, Fraction]]:
    """Marks of announced ITA rounds, as shares of an item's highest points."""
    parts = Participation.objects.filter(
        unit=cu.unit,
        round__state="final",
        round__framework__code__in=codes,
        round__fiscal_year__in=(year, year - 1),
    ).select_related("round__framework")
    for part in parts:
        items = edition_of(part.round).item
        for mark in Mark.objects.filter(participation=part).order_by("turn"):  # the last turn holds
            asked = items.get(mark.item)
            full = max(asked.allowed_points, default=Fraction(0)) if asked else Fraction(0)
            if full and mark.points:
                key = (part.round.framework.code, mark.item)
                yield part.round.fiscal_year, key, exact(mark.points) / full
