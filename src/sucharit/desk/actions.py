"""Reads of action items: who may own one, what the desk shows of them, what a reader may do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from sucharit.core import clock
from sucharit.core.registry import DeskItem
from sucharit.desk import labels
from sucharit.desk.models import ActionItem
from sucharit.orgs import scope
from sucharit.orgs.models import RoleAssignment, Unit, User

EDIT = "actions.edit"
_DUTIES = (RoleAssignment.Role.UNIT_HEAD, RoleAssignment.Role.UNIT_OFFICER)


def visible(user: Any) -> QuerySet[ActionItem]:
    """Items of the user's scope, soonest due first, open ones before closed ones."""
    rows = ActionItem.objects.visible_to(user).select_related("unit", "owner")
    return rows.order_by(
        F("closed_at").asc(nulls_first=True),
        F("due_on").asc(nulls_last=True),
        "pk",
    )


def owners(unit: Unit) -> QuerySet[User]:
    """Accounts that may own an item of the unit: a role with the right at it or above, in force."""
    roles = [role for role, held in scope.PERMISSIONS.items() if EDIT in held]
    way = [unit.path[:end] for end in range(Unit.steplen, len(unit.path) + 1, Unit.steplen)]
    held = RoleAssignment.objects.in_force(clock.today()).filter(role__in=roles, unit__path__in=way)
    return User.objects.filter(is_active=True, pk__in=held.values("user_id")).order_by(
        "name_th", "username"
    )


def possible(user: Any, item: ActionItem) -> frozenset[str]:
    """What the user may do with the item now: change, close, verify, reopen."""
    if not scope.can(user, EDIT, item.unit):
        return frozenset()
    if item.state == ActionItem.State.OPEN:
        return frozenset({"change", "close"})
    waits = item.state == ActionItem.State.DONE and item.verified_at is None
    if waits and item.closed_by_id != user.pk:
        return frozenset({"verify", "reopen"})
    return frozenset()


def desk_items(user: Any) -> Iterable[DeskItem]:
    """Open items the user owns; those without an owner where he is head or officer of that very unit."""
    mine = Q(owner_id=user.pk)
    for role, path in scope.grants(user):
        if role in _DUTIES:
            mine |= Q(owner=None, unit__path=path)
    for item in ActionItem.objects.open().filter(mine).select_related("unit"):
        yield DeskItem(
            title=item.title,
            url=reverse("desk:action", args=[item.pk]),
            unit=labels.unit_name(item.unit),
            kind="desk.action",
            kind_label=_("Action item"),
            due_on=item.due_on,
            fiscal_year=item.fiscal_year,
        )


def state_of(item: ActionItem) -> str:
    """The item's state for people: "verified" is a done one that somebody looked at."""
    return "verified" if item.verified_at else item.state
