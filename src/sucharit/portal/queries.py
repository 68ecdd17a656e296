"""What the front page shows; the registry knows the apps, this does not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache

from sucharit.core.errors import NotFoundInScope
from sucharit.core.registry import OpenTable, Panel, registry
from sucharit.orgs.models import Unit

MOST_NUMBERS = 5  # a dashboard is read at a glance
PREVIEW_SECONDS = 300


@dataclass(frozen=True)
class BuiltPanel:
    """A panel with what its template needs."""

    panel: Panel
    context: dict[str, Any]


def panels(user: Any, unit: Any, fiscal_year: int) -> list[BuiltPanel]:
    """The panels that have something to show for the unit and fiscal year (BE), in their order."""
    built = []
    for panel in sorted(registry.panels, key=lambda p: (p.order, p.key)):
        context = panel.build(user, unit, fiscal_year)
        if context is not None:
            built.append(BuiltPanel(panel, {"unit": unit, "fiscal_year": fiscal_year, **context}))
    return built


def public_panels(fiscal_year: int) -> list[BuiltPanel]:
    """What everybody may see of the ministry this installation belongs to."""
    ministry = Unit.objects.filter(code=settings.ROOT_UNIT).first()
    return panels(AnonymousUser(), ministry, fiscal_year) if ministry else []


def numbers(built: list[BuiltPanel]) -> list[Any]:
    """The first five headline numbers panels put under ``numbers``: dicts of label, value, url, state."""
    return [n for b in built for n in b.context.get("numbers", ())][:MOST_NUMBERS]


@dataclass(frozen=True)
class PublicTable:
    """An open table with its first rows in the fiscal year."""

    table: OpenTable
    rows: list[tuple[Any, ...]]
    count: int


def public_tables(fiscal_year: int, shown: int = 5) -> list[PublicTable]:
    """Open tables that have rows in the fiscal year (BE), each with its first rows."""
    return [
        PublicTable(table, _first_rows(table, fiscal_year, shown), count)
        for table in registry.tables
        if (count := table.size(fiscal_year))
    ]


def _first_rows(table: OpenTable, fiscal_year: int, shown: int) -> list[tuple[Any, ...]]:
    """The first rows, kept a few minutes: a register of 9,000 units is not sorted anew for five lines."""
    key = f"portal-first-{table.key}-{fiscal_year}-{shown}"
    rows: list[tuple[Any, ...]] | None = cache.get(key)
    if rows is None:
        rows = list(islice(table.rows(fiscal_year), shown))
        cache.set(key, rows, PREVIEW_SECONDS)
    return rows


def open_table(key: str) -> OpenTable:
    """The open table of that name, or NotFoundInScope."""
    for table in registry.tables:
        if table.key == key:
            return table
    raise NotFoundInScope("No such table.")


def years_announced(years: Iterable[int]) -> dict[int, int]:
    """Fiscal year (BE) -> how many open tables have a row in it, where there is one; kept a minute."""
    asked = tuple(years)
    key = "portal-years-" + "-".join(map(str, asked))
    found: dict[int, int] | None = cache.get(key)
    if found is None:
        counts = {y: sum(table.size(y) > 0 for table in registry.tables) for y in asked}
        found = {y: n for y, n in counts.items() if n}
        cache.set(key, found, 60)
    return found


def telling_year(announced: dict[int, int], otherwise: int) -> int:
    """The fiscal year with most tables to show, the newest of equals; ``otherwise`` when none has any."""
    return max(announced, key=lambda y: (announced[y], y), default=otherwise)
