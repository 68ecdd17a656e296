"""Rights as core asks for them over the registry (core knows no roles and no units)."""

from __future__ import annotations

from typing import Any

from sucharit.core.registry import registry
from sucharit.orgs import scope


def unit_codes(user: Any, permission: str) -> Any:
    """Codes of the units in scope (values queryset); None when the scope covers every root."""
    from sucharit.orgs.models import Unit

    allowed = scope.paths(user, permission)
    if allowed and not Unit.objects.filter(depth=1).exclude(path__in=allowed).exists():
        return None
    units = scope.limit(Unit.objects.all(), user, path_field="path", permission=permission)
    return units.values("code")


def register() -> None:
    """Hand the three questions in: may anywhere, at which paths, about which units."""
    registry.may = scope.can_somewhere
    registry.paths = scope.paths
    registry.unit_codes = unit_codes
