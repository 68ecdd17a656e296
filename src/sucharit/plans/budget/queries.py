"""Sums of budgets, always from the lines' kept sums and never from the transactions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from sucharit.orgs.models import Unit
from sucharit.plans.engine.quadrant import percent
from sucharit.plans.models import BudgetLine, Project


@dataclass(frozen=True)
class Totals:
    """Sums in satang of some lines. No line at all is "nothing known", not zero: look at ``lines``."""

    lines: int = 0
    allocated: int = 0
    left: int = 0  # lapsed or carried over
    reserved: int = 0
    committed: int = 0
    disbursed: int = 0

    @property
    def available(self) -> int:
        return self.allocated - self.left - self.reserved - self.committed - self.disbursed

    @property
    def disbursed_percent(self) -> Fraction | None:
        """Disbursed of allocated (อัตราการเบิกจ่าย); None where nothing is allocated."""
        return percent(self.disbursed, self.allocated)

    @property
    def spent_percent(self) -> Fraction | None:
        """Disbursed and committed of allocated (อัตราการใช้จ่าย); None where nothing is allocated."""
        return percent(self.disbursed + self.committed, self.allocated)

    def plus(self, other: Totals) -> Totals:
        """Both together."""
        return Totals(
            self.lines + other.lines, self.allocated + other.allocated, self.left + other.left,
            self.reserved + other.reserved, self.committed + other.committed,
            self.disbursed + other.disbursed,
        )  # fmt: skip


NOTHING = Totals()
_SUMS: dict[str, Any] = {
    "n": Count("pk"),
    "allocated": Sum("allocated_satang", default=0),
    "left": Sum("left_satang", default=0),
    "reserved": Sum("reserved_satang", default=0),
    "committed": Sum("committed_satang", default=0),
    "disbursed": Sum("disbursed_satang", default=0),
    "carried": Sum("allocated_satang", filter=Q(carried_from__isnull=False), default=0),
}


def _totals(row: dict[str, Any], *, whole_life: bool) -> Totals:
    """Over all years carried-over money would count twice: once given, once carried in."""
    again = row["carried"] if whole_life else 0
    return Totals(
        row["n"], row["allocated"] - again, row["left"] - again, row["reserved"], row["committed"],
        row["disbursed"],
    )  # fmt: skip


def grouped(lines: QuerySet[Any], *by: str, whole_life: bool = False) -> dict[Any, Totals]:
    """Totals of lines by one or more fields; the key is the value, or a tuple of several."""
    found = {}
    for row in lines.order_by().values(*by).annotate(**_SUMS):
        key = row[by[0]] if len(by) == 1 else tuple(row[name] for name in by)
        found[key] = _totals(row, whole_life=whole_life)
    return found


def total(lines: QuerySet[Any], *, whole_life: bool = False) -> Totals:
    """Totals of lines."""
    return _totals(lines.order_by().aggregate(**_SUMS), whole_life=whole_life)


def totals_by_project(
    project_ids: QuerySet[Any] | Iterable[int], fiscal_year: int | None = None
) -> dict[int, Totals]:
    """Totals by project key; projects without a line are missing. ``project_ids``: keys, or a queryset of them.

    Without ``fiscal_year`` the whole life of a project, carried-over money once; with it (BE) what is spent that year.
    """
    lines = BudgetLine.objects.filter(project__in=project_ids)
    if fiscal_year is not None:
        lines = lines.filter(fiscal_year=fiscal_year)
    return grouped(lines, "project_id", whole_life=fiscal_year is None)


def totals_by_activity(activity_ids: QuerySet[Any] | Iterable[int]) -> dict[int, Totals]:
    """Totals by activity key over all years; activities without a line are missing."""
    return grouped(
        BudgetLine.objects.filter(activity__in=activity_ids), "activity_id", whole_life=True
    )


def lines_of(unit: Unit, fiscal_year: int) -> QuerySet[Any]:
    """Lines spent in the unit's subtree in a fiscal year (BE)."""
    return BudgetLine.objects.filter(
        fiscal_year=fiscal_year, unit__path__gte=unit.path, unit__path__lt=unit.path + "~"
    )


def totals(unit: Unit, fiscal_year: int) -> Totals:
    """Everything the unit's subtree spends in a fiscal year (BE)."""
    return total(lines_of(unit, fiscal_year))


def totals_in_area(area: Unit, fiscal_year: int) -> Totals:
    """Money of all projects that work in an area or a part of it, whoever spends it (BE year).

    A project of several provinces counts in each of them in full: areas do not add up to the country.
    """
    projects = Project.objects.in_area(area).order_by()
    lines = BudgetLine.objects.filter(fiscal_year=fiscal_year, project__in=projects.values("pk"))
    return total(lines)
