"""A gap becomes an action item of the area."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from sucharit.core.errors import Refusal
from sucharit.core.rounding import hundredths_text
from sucharit.desk.services.actions import EDIT, open_action
from sucharit.orgs import scope
from sucharit.plans.areas import words
from sucharit.plans.areas.queries.page import SOURCE, GapRow, gaps_of, source_id

if TYPE_CHECKING:
    from sucharit.desk.models import ActionItem
    from sucharit.orgs.models import Unit


def open_gap_action(
    *, actor: Any, area: Unit, fiscal_year: int, gap: str, due_on: dt.date | None = None
) -> ActionItem:
    """Make the gap (``gap``: GapRow.key, "indicator:12") an action item; an open one of it is given back.

    NotFoundInScope/Forbidden without "actions.edit" at the area; Refusal where the gap is no longer there.
    """
    scope.require(actor, EDIT, area)
    found = next((g for g in gaps_of(actor, area, fiscal_year) if g.key == gap), None)
    if found is None:
        raise Refusal(
            _("This gap is no longer there. Load the page again to see how things stand.")
        )
    with transaction.atomic():
        return open_action(
            actor=actor,
            unit=area,
            fiscal_year=fiscal_year,
            title=_title(found),
            source_kind=SOURCE,
            source_id=source_id(fiscal_year, found.gap),
            source_url=f"{reverse('plans:area', args=[area.code])}?year={fiscal_year}#gaps",
            why=_why(found),
            due_on=due_on,
        )


def _title(gap: GapRow) -> str:
    if gap.kind == "district":
        return _("No project names the district: %(name)s") % {"name": words.name(gap.about)}
    return _("Below target without an activity: %(name)s") % {"name": words.name(gap.about)}


def _why(gap: GapRow) -> str:
    if gap.indicator is None:
        return _("%(n)d projects work in the whole area; none names this district.") % {
            "n": gap.gap.wide
        }
    reached = gap.indicator.attainment_e2
    return _("Reached %(percent)s per cent of the target; no activity in the area works at it.") % {
        "percent": "–" if reached is None else hundredths_text(reached)
    }
