"""Units as core knows them: a table with a path and a code, reached over the webhook's own field."""

from __future__ import annotations

from typing import Any

from sucharit.core.actors import System
from sucharit.core.errors import Forbidden, NotFoundInScope
from sucharit.core.models import Webhook
from sucharit.core.models.webhooks import PERMISSION
from sucharit.core.registry import registry


def unit_model() -> Any:
    """The table of units (core imports no app)."""
    return Webhook._meta.get_field("unit").related_model  # noqa: SLF001 (public by custom)


def units_of(user: Any) -> Any:
    """Units a user may keep webhooks for: those his right was given at, in the tree's order."""
    paths = registry.paths(user, PERMISSION)
    return unit_model().objects.filter(path__in=paths).order_by("path")


def require(actor: Any, unit: Any) -> None:
    """Raise unless the actor manages the system at the unit: 404 out of scope, 403 within it."""
    if isinstance(actor, System) or _covers(registry.paths(actor, PERMISSION), unit):
        return
    if _covers(registry.paths(actor, "view"), unit):
        raise Forbidden("Your role does not include this step.")
    raise NotFoundInScope("No such webhook within your scope.")


def _covers(paths: list[str], unit: Any) -> bool:
    return any(unit.path.startswith(path) for path in paths)
