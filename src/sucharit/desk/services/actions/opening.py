"""Open an action item: from a finding of any app, or by hand."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.core import clock
from sucharit.core.actors import System
from sucharit.core.errors import Refusal
from sucharit.core.ledger import record
from sucharit.desk.models import ActionCoUnit, ActionItem
from sucharit.desk.notices.actions import after_step
from sucharit.desk.services.actions.steps import EDIT, account, remember, require_owner_fits
from sucharit.orgs import scope

if TYPE_CHECKING:
    from sucharit.orgs.models import Unit, User

MANUAL = "desk.manual"  # source of items opened by hand


def open_action(
    *,
    actor: Any,
    unit: Unit,
    fiscal_year: int,
    title: str,
    source_kind: str,
    source_id: str,
    source_url: str = "",
    why: str = "",
    owner: User | None = None,
    due_on: dt.date | None = None,
    origin_unit: Unit | None = None,
    co_units: Sequence[Unit] = (),
    priority: int = ActionItem.Priority.NORMAL,
) -> ActionItem:
    """Make a finding an action item; a live one of the same finding is given back as it stands.

    ``origin_unit`` (default: the unit itself) owns the finding: the actor needs "actions.edit" there, and
    it may give work (lead and co-units) to units of its own subtree or to units the actor may edit; whoever
    calls for another tree (a resolution forwarded down) passes a System actor after its own check. ``title``
    and ``why`` are shown to the units: no personal text. Refusal for an owner without a role at the unit.
    """
    origin = origin_unit or unit
    scope.require(actor, EDIT, origin)
    helpers = {u.pk: u for u in co_units if u.pk != unit.pk}
    for one in (unit, *helpers.values()):
        if not isinstance(actor, System) and not one.path.startswith(origin.path):
            scope.require(actor, EDIT, one)
    require_owner_fits(owner, unit)
    with transaction.atomic():
        item, created = ActionItem.objects.get_or_create(
            unit=unit,
            source_kind=source_kind,
            source_id=source_id,
            closed_at=None,
            defaults={
                "origin_unit": origin,
                "fiscal_year": fiscal_year,
                "title": title[:300],
                "why": why,
                "source_url": source_url,
                "owner": owner,
                "due_on": due_on,
                "original_due_on": due_on,
                "priority": priority,
                "created_by": account(actor=actor),
                "updated_at": clock.now(),
            },
        )
        if created:
            ActionCoUnit.objects.bulk_create(
                ActionCoUnit(action=item, unit=u) for u in helpers.values()
            )
            remember("opened", item, actor=actor)
            after_step("open", item, actor)
            record(
                actor=actor, action="desk.action.opened", target=item, unit=unit,
                fiscal_year=fiscal_year, source=source_kind, due=due_on.isoformat() if due_on else "",
                origin=origin.code, co_units=sorted(u.code for u in helpers.values()),
            )  # fmt: skip
    return item


def open_own(
    *,
    actor: Any,
    unit: Unit,
    origin_unit: Unit,
    fiscal_year: int,
    title: str,
    why: str = "",
    owner: User | None = None,
    due_on: dt.date | None = None,
    co_units: Sequence[Unit] = (),
    priority: int = ActionItem.Priority.NORMAL,
) -> ActionItem:
    """Open an action item by hand (kind "desk.manual"): each call makes a new one.

    Refusal without a title or for a day that has passed; rights as ``open_action``.
    """
    if not title.strip():
        raise Refusal(_("Say what is to be done."), where="title")
    if due_on is not None and due_on < clock.today():
        raise Refusal(_("The day has passed: give one that lies ahead."), where="due_on")
    return open_action(
        actor=actor,
        unit=unit,
        origin_unit=origin_unit,
        fiscal_year=fiscal_year,
        title=title.strip(),
        why=why.strip(),
        source_kind=MANUAL,
        source_id=uuid.uuid4().hex,
        owner=owner,
        due_on=due_on,
        co_units=co_units,
        priority=priority,
    )
