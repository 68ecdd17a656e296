"""What a proof can be attached to: an item of a unit's OIT self-report, or of a checklist campaign."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from sucharit.assessments.models import Campaign, CampaignUnit, Participation
from sucharit.assessments.services.steps import (
    edition_of,
    locked_participation,
    oit_items,
    take_step,
)
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.orgs import scope
from sucharit.orgs.models import Unit

# Called with (actor, campaign_unit, item) inside the transaction, after the right at the unit was
# checked; raises Refusal or NotFoundInScope. The room that owns the answers sets it.
Guard = Callable[[Any, CampaignUnit, str], object]
_guards: list[Guard] = []


@dataclass(frozen=True)
class Target:
    """One item of one unit. Exactly one of ``participation`` and ``campaign_unit`` is there."""

    item: str
    participation: Participation | None = None
    campaign_unit: CampaignUnit | None = None

    @property
    def unit(self) -> Unit:
        """The unit that answers."""
        if self.participation is not None:
            return self.participation.unit
        assert self.campaign_unit is not None
        return self.campaign_unit.unit

    @property
    def fiscal_year(self) -> int:
        """The year (BE) the item belongs to."""
        if self.participation is not None:
            return self.participation.round.fiscal_year
        assert self.campaign_unit is not None
        return self.campaign_unit.campaign.fiscal_year

    @property
    def keys(self) -> dict[str, Any]:
        """The same as lookups of ``ProofUse``."""
        return {
            "participation": self.participation,
            "campaign_unit": self.campaign_unit,
            "item": self.item,
        }


def guard_campaign_units(guard: Guard) -> None:
    """Let a room say when evidence of its campaign units may change (once, from its ``register``)."""
    if guard not in _guards:
        _guards.append(guard)


def locked(
    *,
    actor: Any,
    item: str,
    participation: Participation | None,
    campaign_unit: CampaignUnit | None,
    on: dt.date | None = None,
) -> Target:
    """The target under lock, when this actor may change the item's evidence now.

    NotFoundInScope out of scope or for an unknown item, Forbidden without the right, Refusal when
    the self-report or the campaign takes no more changes.
    """
    if (participation is None) == (campaign_unit is None):
        raise TypeError("give a participation or a campaign_unit")
    if participation is not None:
        held = locked_participation(participation)
        take_step(actor=actor, participation=held, action="edit", on=on)
        if item not in oit_items(edition_of(held.round)):
            raise NotFoundInScope(_("There is no such item."))
        return Target(item, participation=held)
    assert campaign_unit is not None
    return Target(item, campaign_unit=_locked_campaign_unit(actor, campaign_unit, item))


def _locked_campaign_unit(actor: Any, given: CampaignUnit, item: str) -> CampaignUnit:
    held = (
        CampaignUnit.objects.select_for_update(of=("self",))
        .select_related("unit", "campaign__framework")
        .filter(pk=given.pk)
        .first()
    )
    if held is None:
        raise NotFoundInScope(_("There is no such unit in this campaign."))
    scope.require(actor, "assessments.edit", held.unit)
    if held.campaign.state != Campaign.State.OPEN:
        raise Refusal(_("The campaign takes no answers now, so its evidence stays as it is."))
    if item not in {i.get("id") for i in held.campaign.framework.document.get("items", [])}:
        raise NotFoundInScope(_("There is no such item."))
    for guard in _guards:
        guard(actor, held, item)
    return held
