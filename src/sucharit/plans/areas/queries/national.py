"""The same figures of every province at once: a constant number of queries, whatever the number of provinces.

Within the reader's scope every project he sees counts; elsewhere only projects of published plans and public
indicators do. Money goes to the province of the unit that spends, else to the only province of the project;
what cannot be divided is told apart and never shared out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from sucharit.core import clock
from sucharit.orgs.models import Unit
from sucharit.plans.areas import data
from sucharit.plans.areas.queries.base import PROVINCE_KINDS
from sucharit.plans.budget.queries import NOTHING, Totals, grouped
from sucharit.plans.engine import areas as engine
from sucharit.plans.indicators.queries import row_of
from sucharit.plans.models import (
    Activity,
    Actual,
    Baseline,
    BudgetLine,
    Indicator,
    Project,
    ProjectArea,
    Target,
)


@dataclass
class Province:
    """Figures of a province. ``mine``: its page is open to the reader. None is "no data", never zero."""

    unit: Unit
    mine: bool
    projects: int = 0
    activities: int = 0
    reported: int = 0
    money: Totals = NOTHING
    indicators_met: int = 0
    indicators_known: int = 0

    @property
    def reported_e2(self) -> int | None:
        return engine.share_e2(self.reported, self.activities)

    @property
    def disbursed_e2(self) -> int | None:
        return engine.share_e2(self.money.disbursed, self.money.allocated)

    @property
    def met_e2(self) -> int | None:
        return engine.share_e2(self.indicators_met, self.indicators_known)

    def figure(self, key: str) -> int | None:
        """One of the figures in hundredths of a per cent: "reported", "disbursed", "met"."""
        found: int | None = getattr(self, f"{key}_e2")
        return found

    def step(self, key: str) -> int:
        """Its colour on the map: 0 without data, else 1 … 5."""
        return engine.step_of(self.figure(key), data.showing().steps)


@dataclass(frozen=True)
class National:
    """Every province, and the money that no single province can be given."""

    rows: list[Province]
    undivided: Totals
    synthetic: bool


def national(user: Any, fiscal_year: int) -> National:
    """Figures of all provinces in a year, by name."""
    units = list(Unit.objects.alive(clock.today()).filter(kind__in=PROVINCE_KINDS).by_name())
    mine = set(
        Unit.objects.visible_to(user).filter(kind__in=PROVINCE_KINDS).values_list("pk", flat=True)
    )
    rows = {u.path: Province(u, u.pk in mine) for u in units}
    seen = _seen(user, fiscal_year)
    places = _places(seen, fiscal_year, rows)
    _count_activities(seen, places, rows)
    undivided = _share_money(seen, places, rows)
    _count_indicators(user, fiscal_year, rows)
    return National(list(rows.values()), undivided, seen.filter(plan__synthetic=True).exists())


def _seen(user: Any, fiscal_year: int) -> QuerySet[Project]:
    mine = Project.objects.visible_to(user).filter(fiscal_year=fiscal_year).order_by().values("pk")
    found = Project.objects.filter(
        Q(pk__in=mine) | Q(plan__published_at__isnull=False), fiscal_year=fiscal_year
    )
    return found.exclude(state=Project.State.CANCELLED).order_by()


def _places(
    seen: QuerySet[Project], fiscal_year: int, rows: dict[str, Province]
) -> dict[int, set[str]]:
    """Project → paths of the provinces it works in; counts the projects of each."""
    depth = {len(path) for path in rows}
    found: dict[int, set[str]] = defaultdict(set)
    named = ProjectArea.objects.filter(fiscal_year=fiscal_year, project__in=seen.values("pk"))
    for pk, path in named.values_list("project_id", "path"):
        found[pk].update(path[:size] for size in depth if path[:size] in rows)
    for paths in found.values():
        for path in paths:
            rows[path].projects += 1
    return found


def _count_activities(
    seen: QuerySet[Project], places: dict[int, set[str]], rows: dict[str, Province]
) -> None:
    every = Activity.objects.filter(project__in=seen.values("pk")).order_by()
    counted = every.exclude(state=Activity.State.CANCELLED).values_list("project_id")
    for pk, many, told in counted.annotate(Count("pk"), Count("progress_e2")):
        for path in places.get(pk, ()):
            rows[path].activities += many
            rows[path].reported += told


def _share_money(
    seen: QuerySet[Project], places: dict[int, set[str]], rows: dict[str, Province]
) -> Totals:
    """Give each line's sums to a province; what is left belongs to several."""
    depth = {len(path) for path in rows}
    undivided = NOTHING
    lines = BudgetLine.objects.filter(project__in=seen.values("pk"))
    for (pk, spender), money in grouped(lines, "project_id", "unit__path", whole_life=True).items():
        own = next((spender[:n] for n in depth if spender[:n] in rows), None)
        only = places.get(pk, set())
        path = own or (next(iter(only)) if len(only) == 1 else None)
        if path is None:
            undivided = undivided.plus(money)
        else:
            rows[path].money = rows[path].money.plus(money)
    return undivided


def _count_indicators(user: Any, fiscal_year: int, rows: dict[str, Province]) -> None:
    """Indicators with a target of the year and a verified figure, and how many of them met it."""
    by_pk = {p.unit.pk: p for p in rows.values()}
    year = {"fiscal_year": fiscal_year, "unit__in": list(by_pk)}
    visible = {
        i.pk: i for i in Indicator.objects.visible_to(user) | Indicator.objects.filter(public=True)
    }
    targets = {
        (t.unit_id, t.indicator_id): t
        for t in Target.objects.filter(**year, period="year", superseded=False)
    }
    actuals: dict[tuple[int, int], list[Actual]] = defaultdict(list)
    figures = Actual.objects.filter(**year, official=True, period=F("indicator__frequency"))
    for actual in figures.order_by("seq"):
        actuals[actual.unit_id, actual.indicator_id].append(actual)
    bases = _baselines(by_pk, fiscal_year)
    for key, told in actuals.items():
        indicator, province = visible.get(key[1]), by_pk[key[0]]
        if indicator is None or not (province.mine or indicator.public):
            continue
        met = row_of(indicator, targets.get(key), bases.get(key), told, fiscal_year).attainment.met
        province.indicators_known += met is not None
        province.indicators_met += bool(met)


def _baselines(units: Iterable[int], fiscal_year: int) -> dict[tuple[int, int], Baseline]:
    rows = Baseline.objects.filter(unit__in=list(units), fiscal_year__lte=fiscal_year)
    return {(b.unit_id, b.indicator_id): b for b in rows.order_by("fiscal_year")}
