"""System checks of core: what would go wrong silently is said at the start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.checks import CheckMessage, Tags, register
from django.db import connections

if TYPE_CHECKING:
    from collections.abc import Sequence


@register(Tags.database)
def database_speaks_thai(
    databases: Sequence[str] | None = None,
    **_: Any,
) -> list[CheckMessage]:
    """Encoding, trigrams, journal mode and triggers of each database asked about.

    Runs with ``migrate`` and with ``check --database default`` (Django passes the aliases).
    """
    from sucharit.core.search.checks import database_messages

    return [m for alias in databases or () for m in database_messages(connections[alias])]
