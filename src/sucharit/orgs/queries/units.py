"""Reads of units as of a day: names, the tree, codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from sucharit.orgs.models import Grouping, Unit, UnitEvent, UnitIdentifier, UnitName

if TYPE_CHECKING:
    import datetime as dt


def holding_on(day: dt.date) -> Q:
    """Rows with ``valid_from``/``valid_to`` that hold on the day (null start.

    Since before records).
    """
    return (Q(valid_from=None) | Q(valid_from__lte=day)) & (Q(valid_to=None) | Q(valid_to__gte=day))


def name_on(unit: Unit, day: dt.date) -> UnitName | None:
    """The name and kind of the unit on the day; None when it did not exist then.

    Where no history was written, the present name stands for all days of the unit.
    """
    found = unit.names.filter(holding_on(day)).last()
    if found is not None or unit.names.exists():
        return found
    if (unit.valid_from and day < unit.valid_from) or (unit.valid_to and day > unit.valid_to):
        return None
    return UnitName(unit=unit, kind=unit.kind, name_th=unit.name_th, name_en=unit.name_en)


def parent_on(unit: Unit, day: dt.date) -> Unit | None:
    """The unit above on the day: the present one unless a later move says where it was before."""
    later = (
        unit.events.filter(kind=UnitEvent.Kind.MOVED, on__gt=day).select_related("origin").first()
    )
    if later is not None:
        return later.origin
    return Unit.objects.get_parent(unit)


@dataclass(frozen=True)
class Placed:
    """A unit as it stood on a day."""

    pk: int
    code: str
    kind: str
    name_th: str
    name_en: str
    parent: int | None  # pk
    depth: int  # 1 = root


def tree_on(day: dt.date) -> list[Placed]:
    """All units that existed on the day, parents first, with names, kinds and parents of that day.

    Four queries whatever the size of the register.
    """
    units = {u.pk: u for u in Unit.objects.alive(day)}
    names = {n.unit_id: n for n in UnitName.objects.filter(holding_on(day)).order_by("id")}
    parent: dict[int, int | None] = {}
    path_pk = dict(Unit.objects.values_list("path", "pk"))
    for unit in units.values():
        parent[unit.pk] = path_pk.get(unit.path[: -Unit.steplen]) if unit.depth > 1 else None
    moves = UnitEvent.objects.filter(kind=UnitEvent.Kind.MOVED, on__gt=day).order_by("-on", "-id")
    for unit_id, origin in moves.values_list("unit_id", "origin_id"):
        if unit_id in parent:
            parent[unit_id] = origin  # the earliest later move is the last one written here
    below: dict[int | None, list[int]] = {}
    for pk, above in parent.items():
        below.setdefault(above if above in units else None, []).append(pk)
    placed: list[Placed] = []
    waiting: list[tuple[int, int | None, int]] = [
        (pk, None, 1) for pk in reversed(below.get(None, []))
    ]
    while waiting:
        pk, above, depth = waiting.pop()
        unit, name = units[pk], names.get(pk)
        shown = name or unit
        placed.append(Placed(pk, unit.code, shown.kind, shown.name_th, shown.name_en, above, depth))
        waiting.extend((child, pk, depth + 1) for child in reversed(below.get(pk, [])))
    return placed


def find_by_identifier(scheme: str, code: str, on: dt.date) -> Unit | None:
    """The unit that carried the code on the day."""
    found = (
        UnitIdentifier.objects.filter(holding_on(on), scheme=scheme, code=code)
        .select_related("unit")
        .last()
    )
    return found.unit if found else None


def in_grouping(scheme: str, code: str, on: dt.date) -> QuerySet[Unit]:
    """Units in a group of a scheme on the day."""
    member = Grouping.objects.get(scheme=scheme, code=code).memberships.filter(holding_on(on))
    return Unit.objects.filter(pk__in=member.values("unit_id"))


def history(unit: Unit) -> QuerySet[UnitEvent]:
    """What happened to the unit, newest first, with where it went and came from."""
    return unit.events.select_related("into", "origin").order_by("-on", "-id")
