"""The plan ladder (ลำดับชั้นแผน) of an area: nation → region → cluster → province → district, each with its plans."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.urls import reverse

from sucharit.orgs.models import GroupMembership, Unit
from sucharit.plans.areas import words
from sucharit.plans.areas.queries.base import AREA_KINDS, PROVINCE_KINDS, ways
from sucharit.plans.models import Plan, Strategy

SCHEMES = ("region4", "region6", "cluster18")
NATION = ("national", "master", "subplan", "action")


@dataclass
class Rung:
    """One rung: what it is, whose it is, and the plans there. ``verified`` False: the grouping is not verified."""

    key: str
    label: Any
    name: str
    url: str = ""
    here: bool = False
    verified: bool = True
    strategies: list[Strategy] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)


def ladder(user: Any, area: Unit, fiscal_year: int) -> list[Rung]:
    """From the nation down to the area. Plans of other units only as far as the reader sees them. Four queries."""
    chain = list(Unit.objects.filter(path__in=ways(area)).order_by("path"))
    units = [u for u in chain if u.kind in AREA_KINDS]
    province = next((u for u in units if u.kind in PROVINCE_KINDS), area)
    groups = GroupMembership.objects.filter(
        unit=province, valid_to=None, grouping__scheme__in=SCHEMES
    ).select_related("grouping")
    by_group = {m.grouping_id: _of_group(m) for m in groups}
    by_unit = {u.pk: _of_unit(u, area) for u in units}
    nation = Rung("nation", words.RUNGS["nation"], "")
    for strategy in Strategy.objects.filter(
        Q(grouping__in=by_group) | Q(unit__in=by_unit) | Q(level__in=NATION, unit=None, grouping=None),
        from_fy__lte=fiscal_year, to_fy__gte=fiscal_year,
    ):  # fmt: skip
        rung = by_group.get(strategy.grouping_id or 0) or by_unit.get(strategy.unit_id or 0)
        (rung or nation).strategies.append(strategy)
    plans = Plan.objects.visible_to(user).filter(owner__in=by_unit, fiscal_year=fiscal_year)
    for plan in plans.order_by("kind", "code"):
        by_unit[plan.owner_id].plans.append(plan)
    groups_in_order = sorted(by_group.values(), key=lambda r: SCHEMES.index(r.key))
    return [nation, *groups_in_order, *by_unit.values()]


def _of_group(member: GroupMembership) -> Rung:
    grouping = member.grouping
    return Rung(
        grouping.scheme, words.RUNGS[grouping.scheme], words.name(grouping), verified=grouping.verified
    )  # fmt: skip


def _of_unit(unit: Unit, area: Unit) -> Rung:
    key = {"bangkok": "province", "khet": "district"}.get(unit.kind, unit.kind)
    url = reverse("plans:area", args=[unit.code])
    return Rung(key, words.RUNGS[key], words.name(unit), url, unit.pk == area.pk)
