"""What the pages of a unit's checklist share."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from sucharit.assessments.checklists import rights
from sucharit.assessments.checklists.queries import reading
from sucharit.assessments.engine.checklists import SheetItem
from sucharit.assessments.models import CampaignUnit
from sucharit.core.errors import NotFoundInScope


def open_unit(
    request: HttpRequest, campaign_id: int, code: str, *, right: str | set[str] = ""
) -> CampaignUnit:
    """The campaign unit of an address, for who may see it and, where named, holds the right."""
    cu = reading.unit_or_404(request.user, campaign_id, code)
    if right:
        rights.require_any(request.user, {right} if isinstance(right, str) else right, cu)
    return cu


def place(cu: CampaignUnit, name: str = "unit", **more: Any) -> str:
    """An address of this unit's checklist."""
    where = {"campaign_id": cu.campaign_id, "code": cu.unit.code, **more}
    return reverse(f"assessments:checklists_{name}", kwargs=where)


def go(cu: CampaignUnit, name: str = "unit", **more: Any) -> HttpResponse:
    """To an address of this unit's checklist."""
    return redirect(place(cu, name, **more))


def context(cu: CampaignUnit, **more: Any) -> dict[str, Any]:
    """What every page of a unit's checklist gets."""
    return {"cu": cu, "campaign": cu.campaign, "unit": cu.unit, **more}


def item_or_404(cu: CampaignUnit, item: str) -> SheetItem:
    """An item this unit is asked; NotFoundInScope otherwise."""
    from sucharit.assessments.checklists.services.answers import known_item

    return known_item(cu, item)


def nothing() -> NotFoundInScope:
    """The 404 of a thing of this room."""
    return NotFoundInScope(_("There is no such thing here."))
