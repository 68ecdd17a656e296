"""A hit becomes an action item: somebody of the unit looks until a day, and says what he found."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from sucharit.assessments.approvals.findings import Hit
from sucharit.assessments.approvals.texts import hit_reason, hit_title
from sucharit.core import clock
from sucharit.core.errors import Refusal
from sucharit.desk.models import ActionItem
from sucharit.desk.services.actions import open_action
from sucharit.orgs.models import User

SOURCE = "assessments.finding"


def follow_up(*, actor: Any, hit: Hit, due_on: dt.date, owner: User | None = None) -> ActionItem:
    """Make a hit an action item of its unit; the same hit opens no second one.

    Refusal for a day that has passed or an owner without a role at the unit; Forbidden or
    NotFoundInScope without "actions.edit" there.
    """
    if due_on < clock.today():
        raise Refusal(_("Give a day that has not passed."), where="due_on")
    return open_action(
        actor=actor,
        unit=hit.unit,
        fiscal_year=hit.workflow.fiscal_year,
        title=hit_title(hit),
        source_kind=SOURCE,
        source_id=source_id(hit),
        source_url=address(hit),
        why=hit_reason(hit),
        owner=owner,
        due_on=due_on,
    )


def source_id(hit: Hit) -> str:
    """What names the hit among action items of its unit."""
    return f"{hit.workflow.key}:{hit.ref}"


def address(hit: Hit) -> str:
    """Where the hit is shown."""
    return reverse(
        "assessments:approvals_hit",
        kwargs={
            "kind": hit.workflow.kind,
            "pk": hit.workflow.pk,
            "code": hit.unit.code,
            "ref": hit.ref,
        },
    )


def items_of(hits: list[Hit]) -> dict[tuple[int, str], ActionItem]:
    """The newest action item of each hit, by (unit pk, source id). One query."""
    found: dict[tuple[int, str], ActionItem] = {}
    if not hits:
        return found
    prefix = f"{hits[0].workflow.key}:"
    rows = ActionItem.objects.filter(source_kind=SOURCE, source_id__startswith=prefix)
    for item in rows.select_related("owner").order_by("pk"):
        found[item.unit_id, item.source_id] = item
    return found
