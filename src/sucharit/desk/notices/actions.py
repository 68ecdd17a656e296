"""Who is told when an action item takes a step."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from sucharit.core import clock
from sucharit.desk.models import ActionItem
from sucharit.desk.notices import telling
from sucharit.orgs import scope
from sucharit.orgs.models import RoleAssignment, Unit, User

EDIT = "actions.edit"
# step -> (kind, who is told)
_WORKER, _ORIGIN = "worker", "origin"
TOLD: dict[str, tuple[str, str]] = {
    "submit": ("desk.action.submitted", _ORIGIN),
    "return": ("desk.action.returned", _WORKER),
    "accept": ("desk.action.accepted", _WORKER),
    "defer": ("desk.action.deferred", _WORKER),
}
_GIVES = frozenset({"open", "change"})


def after_step(step: str, item: ActionItem, actor: Any) -> int:
    """Tell whom a step concerns, but never who took it; gives how many were told.

    ``step`` as in ``desk.engine.actions.STEPS``, or "open". Called in the step's transaction, after its
    event was written and before the ledger's row.
    """
    events = list(item.events.order_by("-pk").values_list("pk", "owner_id")[:2])
    if not events:
        return 0
    if step in _GIVES:
        before = events[1][1] if len(events) > 1 else None
        if item.owner_id is None or item.owner_id == before:
            return 0
        kind, people = "desk.action.assigned", [item.owner]
    elif step in TOLD:
        kind, who = TOLD[step]
        people = list(workers(item) if who == _WORKER else officers(item.origin_unit))
    else:
        return 0
    return telling.tell(
        actor=actor,
        users=[u for u in people if u is not None and u.pk != actor.pk],
        kind=kind,
        title=item.title,
        url=reverse("desk:action", args=[item.pk]),
        unit=item.unit,
        dedupe_key=f"{kind}:{events[0][0]}",
    )


def workers(item: ActionItem) -> Iterable[User]:
    """The owner; where there is none, who holds a working role at that very unit."""
    return [item.owner] if item.owner is not None else officers(item.unit)


def officers(unit: Unit) -> Iterable[User]:
    """Accounts with a role that edits action items at that very unit, in force today."""
    roles = [role for role, held in scope.PERMISSIONS.items() if EDIT in held]
    held = RoleAssignment.objects.in_force(clock.today()).filter(role__in=roles, unit=unit)
    return User.objects.filter(is_active=True, pk__in=held.values("user_id")).order_by("pk")
