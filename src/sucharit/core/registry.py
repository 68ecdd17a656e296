"""How an app shows itself to the rest of the house.

Each app hands in its parts from ``apps.py`` (``AppConfig.ready``); the shell, the desk, search and
the portal ask here and know no app by name. Callables get the request's user and active unit and
must apply scope themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

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
    """One thing a person owes, shown under "my work". ``due_on`` is a CE date or None.

    ``key`` names the thing for ever ("desk.action:12"): snoozing and handing over hang on it.
    """

    title: str
    url: str
    unit: Any
    kind: str
    kind_label: str
    due_on: Any = None
    fiscal_year: int | None = None
    key: str = ""
    changed: int = 0  # counts up with every change of what a calendar shows


@dataclass(frozen=True)
class DeskWant:
    """Which desk items are asked for. The desk's groups become days: ``due_from`` ≤ due < ``due_before``.

    ``scope``: "mine" or "units" (everything within the user's scope that he may work on). ``dated``: True
    with a day, False without, None either. ``paths``: only items of units in these subtrees (None: any).
    """

    scope: str = "mine"
    due_from: Any = None
    due_before: Any = None
    dated: bool | None = None
    kind: str = ""
    unit: str = ""  # part of a unit's name, or its code
    fiscal_year: int | None = None
    text: str = ""  # part of a title
    only: frozenset[str] | None = None  # keys
    without: frozenset[str] = frozenset()  # keys
    paths: tuple[str, ...] | None = None


class DeskSource(Protocol):
    """Desk items that are counted and paged in the database; for kinds a user may have thousands of.

    Keys are ``f"{kind}:{id}"``. A source of few items stays a plain callable (user) -> DeskItems.
    """

    kind: str
    label: Any

    def counts(self, user: Any, want: DeskWant, edges: Sequence[Any]) -> Sequence[int]:
        """How many are due before the first edge (a CE date), from there to the second, later, without a day."""
        ...

    def soonest(self, user: Any, want: DeskWant, n: int) -> Sequence[tuple[Any, str]]:
        """The first n as (due day or None, key): by day, those without a day last; ties in a fixed order."""
        ...

    def items(self, user: Any, keys: Sequence[str]) -> dict[str, DeskItem]:
        """The items behind keys that ``soonest`` gave."""
        ...


@dataclass(frozen=True)
class CalendarEvent:
    """Something with a day or an hour, for calendar pages and feeds. ``starts``: date or aware datetime.

    ``changed``: counts up with every change of what a calendar shows (iCalendar SEQUENCE).
    """

    uid: str  # "committees.meeting-12", for ever the same
    title: str
    starts: Any
    url: str
    kind_label: Any
    ends: Any = None
    place: str = ""
    changed: int = 0
    cancelled: bool = False


@dataclass(frozen=True)
class Link:
    """A thing of some app as another one shows it: what it is called, where it is, how it stands."""

    kind: str  # "plans.activity"
    kind_label: Any
    title: str
    url: str
    state: str = ""  # of core.states
    state_word: Any = ""
    on: Any = None  # a day that matters for it


@dataclass(frozen=True)
class Measure:
    """A figure the platform counts itself: numerator and denominator of a unit's subtree in a fiscal year.

    ``count(unit, fiscal_year, until)`` gives (numerator, denominator) of all that happened up to the
    day ``until`` (CE, included), or None where there is nothing to count: missing is not zero.
    """

    key: str  # "desk.closing_rate"
    title: Any
    count: Callable[..., tuple[int, int] | None]


@dataclass(frozen=True)
class Headline:
    """One number of the executive page. ``value`` as shown text; ``number`` for the difference to last week."""

    key: str
    label: Any
    value: str
    url: str
    number: Any = None  # int or Fraction; None: no data
    good: str = "up"  # which way is better: up, down, or "" for neither
    note: Any = ""
    unit: str = ""  # of the difference: "%", "", "บาท"
    order: int = 100  # the first five are shown


@dataclass(frozen=True)
class NoticeKind:
    """A kind of notice an app sends. ``sentence`` says it without any content of a case or a person."""

    key: str  # "desk.action.assigned"
    label: Any
    sentence: Any
    urgent: bool = False
    essential: bool = False  # cannot be switched off inside


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
    # (user) -> items, or a DeskSource where there may be thousands
    desk: list[Callable[..., Iterable[DeskItem]] | DeskSource] = field(default_factory=list)
    # (user, first day, last day) -> events the user may see
    calendar: list[Callable[..., Iterable[CalendarEvent]]] = field(default_factory=list)
    # kind of thing -> (user, id) -> Link, or None where the user may not see it or it is gone
    links: dict[str, Callable[[Any, str], Link | None]] = field(default_factory=dict)
    # (user, kind, id) -> things of this app that refer to it
    backlinks: list[Callable[[Any, str, str], Iterable[Link]]] = field(default_factory=list)
    # (user, kind, id) -> what the reader can make of the thing elsewhere ("make an activity of it")
    offers: list[Callable[[Any, str, str], Iterable[Link]]] = field(default_factory=list)
    measures: dict[str, Measure] = field(default_factory=dict)
    # (user, unit, fiscal year, day) -> headlines as they stood at the end of that day
    headlines: list[Callable[..., Iterable[Headline]]] = field(default_factory=list)
    notices: dict[str, NoticeKind] = field(default_factory=dict)
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

    def link(self, user: Any, kind: str, object_id: str) -> Link | None:
        """The thing as a link for this reader; None for an unknown kind or what he may not see."""
        find = self.links.get(kind)
        return find(user, object_id) if find and object_id else None

    def referring(self, user: Any, kind: str, object_id: str) -> list[Link]:
        """Everything the reader may see that refers to the thing, app by app."""
        return [link for source in self.backlinks for link in source(user, kind, str(object_id))]

    def offered(self, user: Any, kind: str, object_id: str) -> list[Link]:
        """What the reader can make of the thing in other apps: links to their first page."""
        return [link for source in self.offers for link in source(user, kind, str(object_id))]


registry = Registry()
