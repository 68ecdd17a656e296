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
from sucharit.desk.engine import actions as engine
from sucharit.desk.models import ActionItem
from sucharit.desk.services import actions as services
from sucharit.orgs import scope
from sucharit.orgs.models import RoleAssignment, Unit, User

EDIT = services.EDIT
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
    """Names of the steps (``desk.engine.actions.STEPS``) the user may take with the item now."""
    return engine.possible(
        item.state,
        worker=services.works(user, item),
        origin=scope.can(user, EDIT, item.origin_unit),
        own_submission=item.submitted_by_id is not None and item.submitted_by_id == user.pk,
        asked=item.asked_due_on is not None,
    )


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
