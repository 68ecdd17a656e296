"""What the pages of the register show; every queryset comes in limited to the reader's scope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Length, Substr

from sucharit.core.collation import sort_key
from sucharit.orgs.engine.names import clean
from sucharit.orgs.models import GroupMembership, Unit, UnitName

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable

    from django.contrib.auth.models import AnonymousUser

    from sucharit.orgs.models import User
    from sucharit.orgs.models.unit import UnitQuerySet


@dataclass(frozen=True)
class Wanted:
    """The filters of the list."""

    text: str = ""
    kind: str = ""
    within: str = ""  # code of a unit
    ended: bool = False  # also units that have ended


def matching(user: User | AnonymousUser, wanted: Wanted, day: dt.date) -> UnitQuerySet:
    """Units of the user's scope by name (also former names), short name or code, in Thai order."""
    found = Unit.objects.visible_to(user)
    if not wanted.ended:
        found = found.alive(day)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.within:
        top = Unit.objects.visible_to(user).filter(code=wanted.within).first()
        found = found.under(top) if top is not None else found.none()
    text = clean(wanted.text)
    if text:
        former = UnitName.objects.filter(unit=OuterRef("pk"), name_th__icontains=text)
        found = found.filter(
            Q(name_th__icontains=text) | Q(name_en__icontains=text) | Q(short_th__icontains=text)
            | Q(code__icontains=text) | Q(Exists(former))
        )  # fmt: skip
    return found.by_name().annotate(above=_above())


def _above() -> Subquery:
    """Name of the unit directly above: the one whose path is one step shorter."""
    path = Substr(OuterRef("path"), 1, Length(OuterRef("path")) - Unit.steplen)
    return Subquery(Unit.objects.filter(path=path).values("name_th")[:1])


def ancestors(unit: Unit, user: User | AnonymousUser) -> list[Unit]:
    """The units above that the user may see, from the top down."""
    above = Unit.objects.get_ancestors(unit).values("pk")
    return list(Unit.objects.visible_to(user).filter(pk__in=above).order_by("depth"))


def children(unit: Unit, day: dt.date) -> UnitQuerySet:
    """Living units directly below, in Thai order."""
    below = Unit.objects.get_children(unit).values("pk")
    found: UnitQuerySet = Unit.objects.filter(pk__in=below).alive(day)
    return found.by_name()


def groupings(unit: Unit) -> list[GroupMembership]:
    """The groups the unit is or was in."""
    return list(
        unit.memberships.select_related("grouping").order_by("grouping__scheme", "-valid_from")
    )


def search_rows(
    pks: Collection[int] | None = None,
) -> Iterable[tuple[str, str, str, str, str, bool]]:
    """Documents for search: present name as title; former names, short name and codes as body.

    ``pks``: of these units only (None: of all).
    """
    from django.urls import reverse

    units = Unit.objects.prefetch_related("names", "identifiers").order_by("pk")
    if pks is not None:
        units = units.filter(pk__in=pks)
    for unit in units.iterator(chunk_size=1000):
        words: dict[str, None] = dict.fromkeys([unit.name_en, unit.short_th, unit.code])
        words |= dict.fromkeys(n.name_th for n in unit.names.all() if n.name_th != unit.name_th)
        words |= dict.fromkeys(i.code for i in unit.identifiers.all())
        body = " ".join(w for w in words if w)
        yield (
            str(unit.pk),
            unit.path,
            unit.name_th,
            body,
            reverse("orgs:unit", args=[unit.code]),
            False,
        )


def open_count(fiscal_year: int) -> int:
    """How many units existed on the last day of the fiscal year."""
    from sucharit.core.fiscal import end_of

    return Unit.objects.alive(end_of(fiscal_year)).count()


def open_rows(fiscal_year: int) -> Iterable[tuple[Any, ...]]:
    """The register as open data: units that existed on the last day of the fiscal year."""
    from sucharit.core.fiscal import end_of
    from sucharit.orgs.queries.units import tree_on

    placed = tree_on(end_of(fiscal_year))
    codes = {p.pk: p.code for p in placed}
    for p in sorted(placed, key=lambda p: (p.kind, sort_key(p.name_th), p.code)):
        yield p.code, p.kind, p.name_th, p.name_en, codes.get(p.parent or 0, "")
