"""The shape of the tree: one lock for it, adding many units at once, moving a subtree.

Internal to the services of orgs: nothing here asks for rights or writes the ledger.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from sucharit.core.errors import Refusal
from sucharit.core.models import SearchDoc
from sucharit.orgs.models import Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

BATCH = 500  # rows a statement; SQLite's parameter limit is not far


def lock() -> None:
    """Take the tree's lock until the transaction ends.

    Every change of the tree's shape reads a neighbour's path first, so two at once would give one
    path to two units. The roots are the lock; NO KEY UPDATE leaves rows that only point at a root
    unhindered.
    """
    list(Unit.objects.filter(depth=1).select_for_update(no_key=True).values_list("pk", flat=True))


def fresh(unit: Unit) -> Unit:
    """The unit as it stands now, its row locked (paths may have changed since it was read)."""
    found: Unit = Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    return found


def last_steps(parents: Iterable[str]) -> dict[str, int]:
    """The last used step under each parent path ("" is the root level)."""
    wanted = set(parents)
    found: dict[str, int] = {}
    for path in Unit.objects.values_list("path", flat=True).iterator(chunk_size=5000):
        above, step = path[: -Unit.steplen], path[-Unit.steplen :]
        if above in wanted:
            found[above] = max(found.get(above, 0), Unit._str2int(step))  # noqa: SLF001 (treebeard's own numbering)
    return found


def _by_level(rows: Sequence[tuple[Unit, str | None]]) -> list[list[tuple[Unit, str | None]]]:
    """Rows in rounds: each round's parents are in the register or in an earlier round."""
    waiting = {unit.code: parent for unit, parent in rows}
    depth: dict[str, int] = {}

    def depth_of(code: str) -> int:
        trail: list[str] = []
        at: str | None = code
        while at is not None and at in waiting and at not in depth:
            if at in trail:
                raise Refusal(f"The units {' → '.join([*trail, at])} are each other's parents.")
            trail.append(at)
            at = waiting[at]
        base = depth.get(at, -1) if at is not None else -1
        for n, each in enumerate(reversed(trail), start=1):
            depth[each] = base + n
        return depth[code]

    rounds: dict[int, list[tuple[Unit, str | None]]] = defaultdict(list)
    for unit, parent in rows:
        rounds[depth_of(unit.code)].append((unit, parent))
    return [rounds[n] for n in sorted(rounds)]


def add_many(
    rows: Sequence[tuple[Unit, str | None]], *, step: Callable[[int], None] | None = None
) -> None:
    """Insert unsaved units below the parents named by code (None: a root).

    Fills path, depth, numchild.

    Parents may be among the rows. Call ``lock()`` first. ``step`` hears how many rows were written.
    Raises Refusal when a parent is unknown or a code is taken.
    """
    parents: dict[str, tuple[str, int]] = {
        code: (path, depth)
        for code, path, depth in Unit.objects.values_list("code", "path", "depth")
    }
    for round_ in _by_level(rows):
        _add_round(round_, parents, step)


def _add_round(
    rows: Sequence[tuple[Unit, str | None]],
    parents: dict[str, tuple[str, int]],
    step: Callable[[int], None] | None,
) -> None:
    missing = sorted({p for _unit, p in rows if p is not None and p not in parents})
    if missing:
        raise Refusal(
            f"No unit has the code {missing[0]}; it is named as a parent.", where=missing[0]
        )
    above = [parents[p][0] if p is not None else "" for _unit, p in rows]
    steps = last_steps(above)
    grown: dict[str, int] = defaultdict(int)
    units: list[Unit] = []
    for (unit, parent), path in zip(rows, above, strict=True):
        steps[path] = steps.get(path, 0) + 1
        unit.depth = (parents[parent][1] if parent is not None else 0) + 1
        unit.path = Unit._get_path(path, unit.depth, steps[path])  # noqa: SLF001
        unit.numchild = 0
        grown[path] += 1
        units.append(unit)
        parents[unit.code] = (unit.path, unit.depth)
    try:
        with transaction.atomic():
            for start in range(0, len(units), BATCH):
                part = units[start : start + BATCH]
                Unit.objects.bulk_create(part)
                if step:
                    step(len(part))
    except IntegrityError as error:
        raise Refusal("A unit with one of these codes exists already.") from error
    _count_children(grown)


def _count_children(grown: dict[str, int]) -> None:
    """Add to the child counts of the parents, one statement per distinct number of new children."""
    by_number: dict[int, list[str]] = defaultdict(list)
    for path, number in grown.items():
        if path:
            by_number[number].append(path)
    for number, paths in by_number.items():
        for start in range(0, len(paths), BATCH):
            Unit.objects.filter(path__in=paths[start : start + BATCH]).update(
                numchild=F("numchild") + number
            )


def move(unit: Unit, parent: Unit) -> None:
    """Hang the subtree below another parent.

    Search documents follow, because they copy the path.
    """
    old = unit.path
    Unit.objects.move(unit, parent, "last-child")
    new = Unit.objects.values_list("path", flat=True).get(pk=unit.pk)
    SearchDoc.objects.filter(org_path__gte=old, org_path__lt=old + "~").update(
        org_path=Concat(Value(new), Substr("org_path", len(old) + 1))
    )
