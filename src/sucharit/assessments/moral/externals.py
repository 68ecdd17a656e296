"""What the platform knows of a unit when a moral checklist is evaluated: last year's level, the roll-up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sucharit.assessments.checklists.services import register_external
from sucharit.assessments.models import Campaign, CampaignUnit
from sucharit.assessments.moral import data, queries

_SHORT = {data.ORGANISATION: "org", data.COMMUNITY: "community", data.DISTRICT: "district"}


def register() -> None:
    """Hand the values to the checklists' room."""
    for code in data.CODES[:-1]:
        register_external(code, last)
    register_external(data.PROVINCE, of_province)


def last(cu: CampaignUnit) -> Mapping[str, Any]:
    """``last_level``: the level announced for the same instrument the year before; absent where none was."""
    campaign = cu.campaign
    found = queries.last_level([cu.unit_id], campaign.fiscal_year, campaign.framework.code)
    return {"last_level": str(found[cu.unit_id])} if cu.unit_id in found else {}


def of_province(cu: CampaignUnit) -> Mapping[str, Any]:
    """Counts by level of what lies below, with the campaigns they come from; final results only."""
    found: dict[str, Any] = dict(last(cu))
    sources: list[Campaign] = []
    declared = cu.campaign.framework.document.get("external", {})
    for code, short in _SHORT.items():
        if f"{short}_all" not in declared:
            continue
        pyramid, campaigns = queries.final_levels(cu.campaign.fiscal_year, code, cu.unit)
        sources += campaigns
        found |= {f"{short}_all": str(pyramid.units), f"{short}_assessed": str(pyramid.assessed)}
        found |= {f"{short}_{n}": str(pyramid.at_least(n)) for n in (1, 2, 3)}
    if sources:
        found["sources"] = "; ".join(f"{c.title_th} ({c.pk})" for c in sources)
    return found
