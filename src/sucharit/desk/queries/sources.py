"""The registry's desk sources as one: plain callables collected in memory, DeskSources asked in the database."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, cast

from sucharit.core.registry import DeskItem, DeskSource, DeskWant, registry

KEY_WIDTH = 160  # of the columns that keep keys
Place = tuple[dt.date | None, str]  # due day, key


def key_of(item: DeskItem) -> str:
    """The item's key; without one its kind and address, which stay the same while it waits."""
    key = item.key or f"{item.kind}:{item.url}"
    if len(key) <= KEY_WIDTH:
        return key
    return f"{item.kind[:80]}:{hashlib.sha256(key.encode()).hexdigest()[:40]}"


def keyed(items: Iterable[DeskItem]) -> Iterator[DeskItem]:
    """The items, each with a key of its own (a second one at the same address gets "#2")."""
    seen: Counter[str] = Counter()
    for item in items:
        key = key_of(item)
        seen[key] += 1
        if seen[key] > 1:
            key = f"{key[: KEY_WIDTH - 6]}#{seen[key]}"
        yield item if item.key == key else replace(item, key=key)


def in_order(place: Place) -> tuple[bool, dt.date]:
    """By day, those without a day last."""
    return place[0] is None, place[0] or dt.date.max


def group_number(due_on: dt.date | None, edges: Sequence[dt.date]) -> int:
    """0 before the first edge, 1 up to the second, 2 later, 3 without a day."""
    if due_on is None:
        return 3
    return sum(due_on >= edge for edge in edges)


def large() -> list[DeskSource]:
    """Sources that count and page by themselves."""
    return [cast("DeskSource", s) for s in registry.desk if hasattr(s, "soonest")]


def plain(user: Any) -> list[DeskItem]:
    """Items of all plain sources, soonest first, each with a key."""
    calls = [s for s in registry.desk if not hasattr(s, "soonest")]
    items = keyed(item for call in calls for item in call(user))
    return sorted(items, key=lambda i: (*in_order((i.due_on, "")), str(i.title)))


def fits(item: DeskItem, want: DeskWant) -> bool:
    """Whether an item in memory is asked for."""
    return (
        (want.only is None or item.key in want.only)
        and item.key not in want.without
        and (not want.kind or item.kind == want.kind)
        and (want.fiscal_year is None or item.fiscal_year == want.fiscal_year)
        and want.text.casefold() in str(item.title).casefold()
        and _fits_day(item.due_on, want)
        and _fits_unit(item.unit, want)
    )


def _fits_day(due_on: dt.date | None, want: DeskWant) -> bool:
    if want.dated is not None and want.dated != (due_on is not None):
        return False
    if due_on is None:
        return want.due_from is None and want.due_before is None
    return (want.due_from is None or due_on >= want.due_from) and (
        want.due_before is None or due_on < want.due_before
    )


def _fits_unit(unit: Any, want: DeskWant) -> bool:
    # Fails closed: an item whose unit is only a text lies in no known subtree.
    if want.paths is not None and not any(
        getattr(unit, "path", "").startswith(path) for path in want.paths if hasattr(unit, "path")
    ):
        return False
    if not want.unit:
        return True
    text = want.unit.strip().casefold()
    names = (getattr(unit, "name_th", str(unit)), getattr(unit, "name_en", ""))
    return getattr(unit, "code", "") == text or any(text in name.casefold() for name in names)


def found(user: Any, keys: Iterable[str]) -> dict[str, DeskItem]:
    """Those of the keys that lie on the user's own desk now, put off or not."""
    wanted = frozenset(keys)
    made: dict[str, DeskItem] = {}
    rest = set(wanted)
    for source in large():
        own = frozenset(k for k in wanted if k.startswith(f"{source.kind}:"))
        rest -= own
        if own:
            places = source.soonest(user, DeskWant(only=own), len(own))
            made |= source.items(user, [key for _due, key in places])
    if rest:
        made |= {item.key: item for item in plain(user) if item.key in rest}
    return made
