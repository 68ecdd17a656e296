"""Who may answer a signed-in questionnaire: whoever holds a role at the very unit, not above it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from sucharit.core import clock
from sucharit.orgs.models import RoleAssignment


def may_answer(person: Any, unit_id: int) -> bool:
    """Whether the person holds a role at the unit today."""
    return person.is_active and own_units(person).filter(unit_id=unit_id).exists()


def own_units(person: Any) -> QuerySet[RoleAssignment]:
    """The person's roles in force today; a role covers its subtree, but one answers for one's own unit."""
    found: QuerySet[RoleAssignment] = RoleAssignment.objects.filter(user_id=person.pk).in_force(
        clock.today()
    )
    return found
