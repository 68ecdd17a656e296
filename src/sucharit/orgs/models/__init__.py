"""Tables of orgs."""

from sucharit.orgs.models.people import Person, RoleAssignment, User
from sucharit.orgs.models.unit import (
    Grouping,
    GroupMembership,
    Unit,
    UnitEvent,
    UnitIdentifier,
    UnitName,
)

__all__ = [
    "GroupMembership",
    "Grouping",
    "Person",
    "RoleAssignment",
    "Unit",
    "UnitEvent",
    "UnitIdentifier",
    "UnitName",
    "User",
]
