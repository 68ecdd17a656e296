"""How an app shows itself to the rest of the house.

Each app hands in its parts from ``apps.py`` (``AppConfig.ready``); the shell, the desk, search and
the portal ask here and know no app by name. Callables get the request's user and active unit and
must apply scope themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

# The five sections of the side bar, in order; labels are translated in core/templates/core/base.html.
SECTIONS = ("assess", "plan", "act", "watch", "show")


@dataclass(frozen=True)
class NavEntry:
    """One line in the side bar. ``permission`` empty: everybody who is signed in; ``public``: everybody."""

    section: str
    label: Any  # lazy translation
    url_name: str
    icon: str = ""
    permission: str = ""
    public: bool = False
    order: int = 100


@dataclass(frozen=True)
class DeskItem:
    """One thing a person owes, shown under "my work". ``due_on`` is a CE date or None."""

    title: str
    url: str
    unit: Any
    kind: str
    kind_label: str
    due_on: Any = None
    fiscal_year: int | None = None


@dataclass(frozen=True)
class Panel:
    """A scorecard panel of one unit and fiscal year: a template and what it needs."""

    key: str
    title: Any
    build: Callable[..., dict[str, Any] | None]  # (user, unit, fiscal_year) -> context or None
    template: str
    order: int = 100


@dataclass(frozen=True)
class SearchSource:
    """Yields documents for search. ``rows()`` gives (object_id, org_path, title, body, url, public)."""

    kind: str
    label: Any
    rows: Callable[[], Iterable[tuple[str, str, str, str, str, bool]]]


@dataclass(frozen=True)
class OpenTable:
    """A public table: columns and rows of figures that may be shown to everybody.

    ``count`` tells how many rows a year has without making them; needed where making them takes long.
    """

    key: str
    title: Any
    columns: tuple[str, ...]
    rows: Callable[[int], Iterable[tuple[Any, ...]]]  # fiscal year (BE) -> rows
    description: Any = ""
    count: Callable[[int], int] | None = None  # fiscal year (BE) -> how many rows

    def size(self, fiscal_year: int) -> int:
        """How many rows the year has."""
        if self.count is not None:
            return self.count(fiscal_year)
        return sum(1 for _row in self.rows(fiscal_year))


def _nobody(user: Any, permission: str) -> bool:  # noqa: ARG001 (the shape others fill)
    """Default right: none."""
    return False


def _nowhere(user: Any, permission: str) -> list[str]:  # noqa: ARG001 (the shape others fill)
    """Default scope: nothing."""
    return []


@dataclass
class Registry:
    nav: list[NavEntry] = field(default_factory=list)
    panels: list[Panel] = field(default_factory=list)
    search: list[SearchSource] = field(default_factory=list)
    desk: list[Callable[..., Iterable[DeskItem]]] = field(default_factory=list)  # (user) -> items
    calendar: list[Callable[..., Iterable[Any]]] = field(default_factory=list)
    tables: list[OpenTable] = field(default_factory=list)
    # Fiscal years (BE) an app has announced something for; the newest is where pages begin.
    years: list[Callable[[], Iterable[int]]] = field(default_factory=list)
    # evidence access: kind of owner -> callable(user, owner_id) -> bool
    evidence: dict[str, Callable[..., bool]] = field(default_factory=dict)
    # Rights, set by orgs (core knows no roles). All (user, permission); they fail closed until set.
    may: Callable[[Any, str], bool] = _nobody  # holds it at any unit
    paths: Callable[[Any, str], list[str]] = _nowhere  # tree paths, each covering its subtree
    # Codes of the units in scope (list or values queryset); None: everything, from the very top.
    unit_codes: Callable[[Any, str], Any] = _nowhere


registry = Registry()
