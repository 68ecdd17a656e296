"""Who may do what, where, and until when.

A role is given at a unit and covers its subtree, from–to. Everything fails closed: no role in force,
nothing seen. ``limit`` narrows a queryset to what a user may see; ``require`` guards a service.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Model, Q, QuerySet

from sucharit.core import clock
from sucharit.core.actors import System
from sucharit.core.errors import Forbidden, NotFoundInScope

if TYPE_CHECKING:
    from sucharit.orgs.models import Unit

Q_ = TypeVar("Q_", bound="QuerySet[Any]")

# Which permission each role carries. "view" is what visible_to() asks for.
PERMISSIONS: dict[str, frozenset[str]] = {
    "ministry_centre": frozenset(
        {
            "view",
            "assessments.manage",
            "assessments.view",
            "assessments.edit",
            "assessments.publish",
            "actions.edit",
            "plans.manage",
            "plans.edit",
            "plans.approve",
            "indicators.verify",
            "budget.spend",
            "budget.override",
            "committees.edit",
            "committees.certify",
            "calendar.manage",
            "orgs.manage",
            "roles.manage",
            "export",
        }
    ),
    "unit_head": frozenset(
        {
            "view",
            "assessments.view",
            "assessments.edit",
            "assessments.approve",
            "actions.edit",
            "plans.edit",
            "plans.approve",
            "indicators.verify",
            "budget.spend",
            "budget.override",
            "committees.edit",
            "committees.certify",
            "export",
        }
    ),
    "unit_officer": frozenset(
        {
            "view",
            "assessments.view",
            "assessments.edit",
            "actions.edit",
            "plans.edit",
            "budget.spend",
            "committees.edit",
            "export",
        }
    ),
    "assessor": frozenset({"view", "assessments.view", "assessments.mark"}),
    "auditor": frozenset({"view", "assessments.view", "ledger.view", "export"}),
    "system_admin": frozenset({"roles.manage", "system.manage"}),
    "partner": frozenset({"partner"}),
}


def grants(user: Any, on: dt.date | None = None) -> list[tuple[str, str]]:
    """(role, unit path) pairs in force on the date (default: today), cached on the user object."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return []
    day = on or clock.today()
    cache: dict[dt.date, list[tuple[str, str]]] = user.__dict__.setdefault("_grants", {})
    if day not in cache:
        cache[day] = list(user.roles.in_force(day).values_list("role", "unit__path"))
    return cache[day]


def paths(user: Any, permission: str = "view") -> list[str]:
    """Tree paths at which the user holds the permission (each covers its subtree)."""
    found = sorted({path for role, path in grants(user) if permission in PERMISSIONS[role]})
    # A path below another one adds nothing.
    return [p for p in found if not any(p != q and p.startswith(q) for q in found)]


def can(user: Any, permission: str, unit: Unit) -> bool:
    """Whether the user holds the permission at the unit or above it."""
    return any(unit.path.startswith(p) for p in paths(user, permission))


def can_somewhere(user: Any, permission: str) -> bool:
    """Whether the user holds the permission at any unit (for menus)."""
    return bool(paths(user, permission))


def limit(queryset: Q_, user: Any, *, path_field: str, permission: str = "view") -> Q_:
    """Narrow to rows whose unit lies within the user's scope; no scope: nothing."""
    allowed = paths(user, permission)
    if not allowed:
        return queryset.none()
    within = Q()
    for p in allowed:
        within |= Q(**{f"{path_field}__gte": p, f"{path_field}__lt": p + "~"})
    return queryset.filter(within)


def require(user: Any, permission: str, unit: Unit) -> None:
    """Raise unless the user holds the permission at the unit: 404 out of scope, 403 within it."""
    if isinstance(user, System) or can(user, permission, unit):
        return
    if can(user, "view", unit):
        raise Forbidden("Your role does not include this step.")
    raise NotFoundInScope("No such unit within your scope.")


def get_or_404(queryset: QuerySet[Any], **lookup: Any) -> Model:
    """One row of an already limited queryset, or NotFoundInScope."""
    found = queryset.filter(**lookup).first()
    if found is None:
        raise NotFoundInScope("No such thing within your scope.")
    return found
