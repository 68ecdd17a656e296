"""Colleagues a thing may be handed to."""

from __future__ import annotations

from django.db.models import QuerySet

from sucharit.core import clock
from sucharit.orgs import scope
from sucharit.orgs.models import RoleAssignment, Unit, User


def with_scope(unit: Unit, permission: str = "view") -> QuerySet[User]:
    """Open accounts with a role in force that carries the permission, at the unit or above it."""
    roles = [role for role, held in scope.PERMISSIONS.items() if permission in held]
    way = [unit.path[:end] for end in range(Unit.steplen, len(unit.path) + 1, Unit.steplen)]
    held = RoleAssignment.objects.in_force(clock.today()).filter(role__in=roles, unit__path__in=way)
    return User.objects.filter(is_active=True, pk__in=held.values("user_id")).order_by(
        "name_th", "username"
    )


def stand_ins(person: User) -> QuerySet[User]:
    """Others who hold a role at or above every unit the person has a role at; nobody for one without."""
    units = list(Unit.objects.filter(path__in=scope.paths(person)))
    found = User.objects.filter(is_active=True).exclude(pk=person.pk)
    if not units:
        return found.none()
    for unit in units:
        found = found.filter(pk__in=with_scope(unit).order_by().values("pk"))
    return found.order_by("name_th", "username")
