"""Where projects of different agencies meet in an area, and where nothing is done about what is missing.

Neither is a fault: two agencies may reach the same people on purpose. The reader gets what they share and decides.
Areas are tree paths (an area covers everything whose path begins with it), months a bit mask (bit 0 = October).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

MONTHS = 12
YEAR = (1 << MONTHS) - 1
BUDGET = 20_000  # pairs compared at most: a page must not grow with the square of its projects


@dataclass(frozen=True)
class Effort:
    """A project in an area: who, where, and what it aims at in which months.

    ``aims``: what is aimed at → months in which it is worked at. Keys are told apart by their first part:
    "group:youth", "goal:210101", "indicator:12". A mask of 0 says that the months are not known.
    """

    key: str
    agency: str
    areas: tuple[str, ...]
    aims: Mapping[str, int]


@dataclass(frozen=True)
class Overlap:
    """Two projects (``first`` < ``second``) and why they are shown together."""

    first: str
    second: str
    aims: tuple[str, ...]  # shared ones, in order
    months: int  # mask of the months in which both work at a shared aim
    areas: tuple[str, ...]  # the narrower area of each pair that meets


@dataclass(frozen=True)
class Overlaps:
    """What was found. ``complete`` False: the comparison stopped at its budget, there may be more."""

    found: tuple[Overlap, ...]
    complete: bool
    compared: int
    without_months: tuple[str, ...]  # projects that cannot be compared: no month is known


@dataclass(frozen=True)
class Figure:
    """An indicator of the area: met (True), below its target (False), or without data or target (None)."""

    key: str
    met: bool | None


@dataclass(frozen=True)
class Gap:
    """Something missing: ``kind`` "indicator" or "district". ``wide``: projects that work in the whole area."""

    kind: str
    key: str
    wide: int = 0


@dataclass
class _Pair:
    aims: set[str] = field(default_factory=set)
    months: int = 0


def mask(first: int, last: int) -> int:
    """Months ``first`` … ``last`` of the fiscal year (1 = October) as a mask; 0 where there is none between."""
    return sum(1 << (month - 1) for month in range(max(first, 1), min(last, MONTHS) + 1))


def months_of(mask_: int) -> tuple[int, ...]:
    """The months in a mask, in order: 0b101 → (1, 3)."""
    return tuple(month for month in range(1, MONTHS + 1) if mask_ >> (month - 1) & 1)


def meet(first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    """Where two lists of areas lie over one another: the narrower area of each pair that does, in order."""
    inner = {
        max(a, b, key=len) for a, b in product(first, second) if a.startswith(b) or b.startswith(a)
    }
    return tuple(sorted(inner))


def overlaps(efforts: Iterable[Effort], *, budget: int = BUDGET) -> Overlaps:
    """Pairs of different agencies that share an aim, a month and an area; most shared aims first.

    Candidates come from the aim they share, rarest aim first, and at most ``budget`` pairs are compared. The
    answer does not hang on the order of ``efforts``.
    """
    known = {e.key: e for e in efforts}
    pairs: dict[tuple[str, str], _Pair] = defaultdict(_Pair)
    compared, complete = 0, True
    for aim, one, two in _candidates(known):
        if compared >= budget:
            complete = False
            break
        compared += 1
        shared = known[one].aims[aim] & known[two].aims[aim]
        if shared:
            pair = pairs[one, two]
            pair.aims.add(aim)
            pair.months |= shared
    found = [
        Overlap(one, two, tuple(sorted(pair.aims)), pair.months, areas)
        for (one, two), pair in pairs.items()
        if (areas := meet(known[one].areas, known[two].areas))
    ]
    return Overlaps(
        tuple(sorted(found, key=lambda o: (-len(o.aims), o.first, o.second))),
        complete,
        compared,
        tuple(sorted(e.key for e in known.values() if not any(e.aims.values()))),
    )


def _candidates(known: Mapping[str, Effort]) -> Iterator[tuple[str, str, str]]:
    """(aim, one, other) of different agencies, the rarest aim first."""
    holders: dict[str, list[str]] = defaultdict(list)
    for key in sorted(known):
        for aim, months in known[key].aims.items():
            if months:
                holders[aim].append(key)
    for aim in sorted(holders, key=lambda a: (len(holders[a]), a)):
        agencies: dict[str, list[str]] = defaultdict(list)
        for key in holders[aim]:
            agencies[known[key].agency].append(key)
        for one, two in combinations(sorted(agencies), 2):
            for a, b in product(agencies[one], agencies[two]):
                yield aim, min(a, b), max(a, b)


def indicator_gaps(figures: Iterable[Figure], linked: Mapping[str, int]) -> list[Gap]:
    """Indicators below their target that no activity in the area works at. Without data there is no gap to claim."""
    return [Gap("indicator", f.key) for f in figures if f.met is False and not linked.get(f.key)]


def district_gaps(area: str, districts: Mapping[str, str], efforts: Iterable[Effort]) -> list[Gap]:
    """Districts (key → path) that no project names; ``wide`` counts those that work in the whole area."""
    named: set[str] = set()
    wide = 0
    size = min(map(len, districts.values()), default=0)
    for effort in efforts:
        inside = [a for a in effort.areas if a.startswith(area) and len(a) >= size]
        named.update(a[:size] for a in inside)
        wide += any(area.startswith(a) for a in effort.areas)
    return [Gap("district", key, wide) for key, path in districts.items() if path not in named]
