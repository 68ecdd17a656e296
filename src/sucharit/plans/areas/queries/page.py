"""One area in a year: projects by agency, indicators, overlaps, gaps, ladder. A constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Any

from rapidfuzz import fuzz

from sucharit.core import clock
from sucharit.desk.models import ActionItem
from sucharit.orgs.models import Unit
from sucharit.plans.areas import data
from sucharit.plans.areas.queries.base import districts
from sucharit.plans.areas.queries.gather import Gathered, ProjectRow, gather
from sucharit.plans.areas.queries.ladder import Rung, ladder
from sucharit.plans.budget.queries import NOTHING, Totals
from sucharit.plans.engine import areas as engine
from sucharit.plans.engine import overlaps as matching
from sucharit.plans.indicators.queries import UnitRow, unit_rows

SOURCE = "plans.gap"


@dataclass(frozen=True)
class Agency:
    """What one agency does in the area."""

    unit: Unit
    rows: list[ProjectRow]

    @property
    def activities(self) -> int:
        return sum(len(r.activities) for r in self.rows)

    @property
    def money(self) -> Totals:
        return reduce(Totals.plus, (r.money for r in self.rows), NOTHING)


@dataclass(frozen=True)
class Meeting:
    """An overlap with what it needs to be shown: both projects, names of what they share, how alike titles are."""

    first: ProjectRow
    second: ProjectRow
    aims: list[str]
    months: tuple[int, ...]
    areas: list[Unit]
    alike: int | None  # per cent, only where the titles are much alike


@dataclass(frozen=True)
class GapRow:
    """A gap with what it is about and the action item opened for it, if any. ``key`` names it for ever."""

    kind: str
    key: str
    gap: matching.Gap
    indicator: UnitRow | None
    district: Unit | None
    item: ActionItem | None

    @property
    def about(self) -> Any:
        """The indicator or the district."""
        return self.indicator.indicator if self.indicator else self.district


@dataclass(frozen=True)
class AreaPage:
    """Everything the page of an area shows."""

    area: Unit
    fiscal_year: int
    agencies: list[Agency]
    meetings: list[Meeting]
    overlaps: matching.Overlaps
    gaps: list[GapRow]
    indicators: list[UnitRow]
    districts: list[tuple[Unit, int]]  # with the number of projects that name it
    ladder: list[Rung]

    @property
    def rows(self) -> list[ProjectRow]:
        return [row for agency in self.agencies for row in agency.rows]

    @property
    def money(self) -> Totals:
        return reduce(Totals.plus, (r.money for r in self.rows), NOTHING)

    @property
    def progress(self) -> engine.Progress:
        return engine.progress(
            (a.weight, a.progress_e2) for row in self.rows for a in row.activities
        )

    @property
    def disbursed_e2(self) -> int | None:
        return engine.share_e2(self.money.disbursed, self.money.allocated)

    @property
    def met(self) -> tuple[int, int]:
        """Indicators that met their target, of those that have target and figure."""
        known = [r for r in self.indicators if r.attainment.met is not None]
        return sum(bool(r.attainment.met) for r in known), len(known)

    @property
    def verified(self) -> bool:
        return all(r.indicator.verified for r in self.indicators)

    @property
    def synthetic(self) -> bool:
        return any(r.project.plan.synthetic for r in self.rows)


def area_page(user: Any, area: Unit, fiscal_year: int) -> AreaPage:
    """The area as the reader may see it; the caller has checked that the area is in his scope."""
    found = gather(user, area, fiscal_year)
    below = districts(area, clock.today())
    indicators = unit_rows(user, area, fiscal_year)
    overlaps = matching.overlaps(r.effort for r in found.rows.values())
    return AreaPage(
        area,
        fiscal_year,
        _agencies(found.rows.values()),
        _meetings(found, overlaps),
        overlaps,
        _gaps(area, fiscal_year, found, indicators, below),
        indicators,
        [(d, _naming(d, found)) for d in below],
        ladder(user, area, fiscal_year),
    )


def gaps_of(user: Any, area: Unit, fiscal_year: int) -> list[GapRow]:
    """The gaps of an area alone, as the page shows them."""
    found = gather(user, area, fiscal_year)
    rows = unit_rows(user, area, fiscal_year)
    return _gaps(area, fiscal_year, found, rows, districts(area, clock.today()))


def source_id(fiscal_year: int, gap: matching.Gap) -> str:
    """Name of a gap among the action items of its area: "2567:indicator:12", "2567:district:th-3801"."""
    return f"{fiscal_year}:{gap.kind}:{gap.key}"


def _agencies(rows: Iterable[ProjectRow]) -> list[Agency]:
    found: dict[int, Agency] = {}
    for row in rows:
        owner = row.project.owner
        found.setdefault(owner.pk, Agency(owner, [])).rows.append(row)
    return list(found.values())


def _meetings(found: Gathered, overlaps: matching.Overlaps) -> list[Meeting]:
    names = {a.path: a.unit for row in found.rows.values() for a in row.areas}
    alike_from, most = data.showing().alike_from, data.showing().overlaps_shown
    rows = []
    for one in overlaps.found[:most]:
        first, second = found.rows[int(one.first)], found.rows[int(one.second)]
        alike = int(fuzz.ratio(first.project.title_th, second.project.title_th))
        rows.append(
            Meeting(
                first, second, [found.names[a] for a in one.aims], matching.months_of(one.months),
                [names[p] for p in one.areas], alike if alike >= alike_from else None,
            )
        )  # fmt: skip
    return rows


def _gaps(
    area: Unit,
    fiscal_year: int,
    found: Gathered,
    indicators: list[UnitRow],
    below: list[Unit],
) -> list[GapRow]:
    rows = {str(r.indicator.pk): r for r in indicators}
    places = {u.code: u for u in below}
    figures = [matching.Figure(key, r.attainment.met) for key, r in rows.items()]
    gaps = matching.indicator_gaps(figures, found.linked)
    gaps += matching.district_gaps(
        area.path,
        {u.code: u.path for u in below},
        (r.effort for r in found.rows.values()),
    )
    items = {
        i.source_id: i
        for i in ActionItem.objects.open().filter(
            unit=area, source_kind=SOURCE, fiscal_year=fiscal_year
        )
    }
    return [
        GapRow(
            g.kind, f"{g.kind}:{g.key}", g, rows.get(g.key) if g.kind == "indicator" else None,
            places.get(g.key) if g.kind == "district" else None, items.get(source_id(fiscal_year, g)),
        )
        for g in gaps
    ]  # fmt: skip


def _naming(place: Unit, found: Gathered) -> int:
    return sum(any(a.path.startswith(place.path) for a in row.areas) for row in found.rows.values())
