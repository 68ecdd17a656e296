"""My work: every item of every app in one list, soonest first, a page at a time.

Large sources hand over only (day, key) pairs; the pages are merged by day and only what is shown is read.
"""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from sucharit.core.registry import DeskItem, DeskWant
from sucharit.desk.queries import arranged, sources
from sucharit.orgs import scope

GROUPS = ("overdue", "week", "later", "no_date")
WEEK = dt.timedelta(days=7)
PAGE = 50


@dataclass(frozen=True)
class Asked:
    """What the reader asked for. ``group`` and ``kind`` empty: all; ``page`` from 1."""

    scope: str = "mine"
    group: str = ""
    kind: str = ""
    unit: str = ""
    fiscal_year: int | None = None
    text: str = ""
    page: int = 1


@dataclass(frozen=True)
class Owed:
    """One item with its days: negative ``days_left`` means overdue, None means no due date."""

    item: DeskItem
    days_left: int | None
    group: str
    giver: Any = None  # who handed it over


@dataclass(frozen=True)
class Board:
    """A page of items, and how many there are by group and by kind (each with the other one's choice)."""

    rows: list[Owed]
    groups: dict[str, int]
    kinds: list[tuple[str, Any, int]]
    total: int
    page: int
    pages: int


def edges_of(today: dt.date) -> tuple[dt.date, dt.date]:
    """Before the first day: overdue; from it to before the second: this week; then later."""
    return today, today + WEEK


def group_of(due_on: dt.date | None, today: dt.date) -> str:
    """Overdue (before today), week (today and six days after), later, or no_date."""
    return GROUPS[sources.group_number(due_on, edges_of(today))]


def board(
    user: Any, asked: Asked, *, today: dt.date, only: frozenset[str] | None = None,
    reader: Any = None,
) -> Board:  # fmt: skip
    """A page of the user's desk on the day (CE).

    ``only``: just these keys, put off or not. ``reader``: a deputy looks; only items of units in his own
    scope are shown, and what others handed to the user stays with the user.
    """
    given = {} if reader or only is not None else arranged.taken(user, today)
    want = DeskWant(
        scope=asked.scope,
        kind=asked.kind,
        unit=asked.unit,
        fiscal_year=asked.fiscal_year,
        text=asked.text,
        only=only,
        without=frozenset() if only is not None else arranged.hidden(user, today) | given.keys(),
        paths=None if reader is None else tuple(scope.paths(reader)),
    )
    small = [i for i in sources.plain(user) if sources.fits(i, replace(want, kind=""))]
    small += [g.item for g in given.values() if sources.fits(g.item, _free(want))]
    small.sort(key=lambda i: sources.in_order((i.due_on, i.key)))
    counts = _counts(user, replace(want, kind=""), small, edges_of(today))
    groups = {
        name: sum(n[i] for kind, (_label, n) in counts.items() if asked.kind in ("", kind))
        for i, name in enumerate(GROUPS)
    }
    total = groups[asked.group] if asked.group else sum(groups.values())
    pages = max(1, -(-total // PAGE))
    page = min(max(1, asked.page), pages)
    limited = _in_group(want, asked.group, today)
    places = _places(user, limited, small, page)
    items = _items(user, [key for _due, key in places], small)
    rows = [
        Owed(
            item,
            None if item.due_on is None else (item.due_on - today).days,
            group_of(item.due_on, today),
            given[key].giver if key in given else None,
        )
        for key, item in items
    ]
    at = GROUPS.index(asked.group) if asked.group else None
    kinds = [
        (kind, label, sum(n) if at is None else n[at])
        for kind, (label, n) in sorted(counts.items())
    ]
    return Board(rows, groups, kinds, total, page, pages)


def totals(user: Any, today: dt.date) -> list[int]:
    """How many items wait for the user himself, by GROUPS; what is put off or handed over is left out."""
    given = arranged.taken(user, today)
    want = DeskWant(without=arranged.hidden(user, today) | given.keys())
    small = [i for i in sources.plain(user) if sources.fits(i, want)]
    small += [g.item for g in given.values()]
    counts = _counts(user, want, small, edges_of(today))
    return [sum(n[i] for _label, n in counts.values()) for i in range(len(GROUPS))]


def _counts(
    user: Any, want: DeskWant, small: Iterable[DeskItem], edges: Sequence[dt.date]
) -> dict[str, tuple[Any, list[int]]]:
    """Kind → its label and how many by group; kinds without an item are left out."""
    counts: dict[str, tuple[Any, list[int]]] = {}
    for source in sources.large():
        counts[source.kind] = (source.label, list(source.counts(user, want, edges)))
    for item in small:
        _label, numbers = counts.setdefault(item.kind, (item.kind_label, [0] * len(GROUPS)))
        numbers[sources.group_number(item.due_on, edges)] += 1
    return {kind: found for kind, found in counts.items() if any(found[1])}


def _in_group(want: DeskWant, group: str, today: dt.date) -> DeskWant:
    first, second = edges_of(today)
    limits: Mapping[str, dict[str, Any]] = {
        "": {},
        "overdue": {"due_before": first, "dated": True},
        "week": {"due_from": first, "due_before": second, "dated": True},
        "later": {"due_from": second, "dated": True},
        "no_date": {"dated": False},
    }
    return replace(want, **limits[group])


def _places(
    user: Any, want: DeskWant, small: list[DeskItem], page: int
) -> list[tuple[dt.date | None, str]]:
    """Days and keys of one page, merged over the sources."""
    n = page * PAGE
    lines: list[Iterable[tuple[dt.date | None, str]]] = [
        source.soonest(user, want, n)
        for source in sources.large()
        if want.kind in ("", source.kind)
    ]
    lines.append([(i.due_on, i.key) for i in small if sources.fits(i, _free(want))])
    return list(islice(heapq.merge(*lines, key=sources.in_order), n - PAGE, n))


def _items(user: Any, keys: list[str], small: list[DeskItem]) -> list[tuple[str, DeskItem]]:
    """The items behind the keys, in their order. One that went away meanwhile is left out."""
    own = {item.key: item for item in small}
    for source in sources.large():
        mine = [k for k in keys if k not in own and k.startswith(f"{source.kind}:")]
        if mine:
            own |= source.items(user, mine)
    return [(key, own[key]) for key in keys if key in own]


def _free(want: DeskWant) -> DeskWant:
    """For items that passed the hidden ones already, or were handed to the user."""
    return replace(want, without=frozenset(), only=None)
