"""One indicator at one unit, as its page shows it: years, periods, chart, and why."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from sucharit.core import clock
from sucharit.core.charts import Chart
from sucharit.core.fiscal import fiscal_year_be
from sucharit.orgs import scope
from sucharit.orgs.models import Unit
from sucharit.plans.engine import periods
from sucharit.plans.engine.figures import of_e4, text_of
from sucharit.plans.indicators import queries, words
from sucharit.plans.models import Actual, Indicator, Target

YEARS = 5  # shown back from the year of the page


@dataclass(frozen=True)
class Cell:
    """A period: its official figure and the newest one, which may be another."""

    seq: int
    label: str
    official: Actual | None
    latest: Actual | None
    due: bool  # it has ended: a figure may be expected

    @property
    def shown(self) -> Actual | None:
        return self.official or self.latest

    @property
    def state(self) -> str:
        if self.latest is not None:
            return str(self.latest.status)
        return "missing" if self.due else "planned"


@dataclass(frozen=True)
class Sheet:
    """Everything the page shows. ``years``: (fiscal year, row), newest first."""

    indicator: Indicator
    unit: Unit
    fiscal_year: int
    inside: bool  # the reader sees drafts and what is handed in
    row: queries.UnitRow
    target: Target | None
    cells: list[Cell]
    years: list[tuple[int, queries.UnitRow]]
    chart: Chart | None

    @property
    def actuals(self) -> list[Actual]:
        """The rows the year's figure rests on."""
        used = set(self.row.year.rows)
        return [c.shown for c in self.cells if c.shown is not None and c.shown.pk in used]


def sheet_of(user: Any, indicator: Indicator, unit: Unit, fiscal_year: int) -> Sheet:
    """The indicator at the unit; out of scope only verified figures of public indicators."""
    inside = scope.can(user, "view", unit)
    rows: dict[int, list[Actual]] = defaultdict(list)
    found = indicator.actuals.filter(unit=unit, period=indicator.frequency)
    found = found.filter(fiscal_year__lte=max(fiscal_year, fiscal_year_be(clock.today())))
    if not inside:
        found = found.filter(official=True) if indicator.public else found.none()
    for actual in found.select_related("verified_by", "entered_by").order_by("fiscal_year", "seq"):
        if actual.official or actual.latest:
            rows[actual.fiscal_year].append(actual)
    targets = {
        t.fiscal_year: t
        for t in Target.objects.filter(
            indicator=indicator, unit=unit, period="year", superseded=False
        ).select_related("approved_by")
    }
    wanted = sorted(set(rows) | set(targets) | {fiscal_year}, reverse=True)
    years = [(y, _row(indicator, unit, y, targets.get(y), rows.get(y, []))) for y in wanted]
    cells = _cells(indicator, fiscal_year, rows.get(fiscal_year, []))
    row = next(r for y, r in years if y == fiscal_year)
    return Sheet(
        indicator, unit, fiscal_year, inside, row, targets.get(fiscal_year), cells, years,
        _chart(indicator, fiscal_year, rows, targets),
    )  # fmt: skip


def _row(
    indicator: Indicator, unit: Unit, year: int, target: Target | None, actuals: list[Actual]
) -> queries.UnitRow:
    base = queries.baselines(unit, year, [indicator.pk]).get(indicator.pk)
    return queries.row_of(indicator, target, base, actuals, year)


def _cells(indicator: Indicator, fiscal_year: int, actuals: list[Actual]) -> list[Cell]:
    ended = periods.ended(fiscal_year, indicator.frequency, clock.today())
    made = []
    for seq in range(1, periods.PARTS[indicator.frequency] + 1):
        own = [a for a in actuals if a.seq == seq]
        made.append(
            Cell(
                seq,
                words.period(indicator.frequency, seq, fiscal_year),
                next((a for a in own if a.official), None),
                next((a for a in own if a.latest), None),
                seq <= ended,
            )
        )
    return made


def _chart(
    indicator: Indicator,
    fiscal_year: int,
    rows: dict[int, list[Actual]],
    targets: dict[int, Target],
) -> Chart | None:
    """The verified figures of the last years against the targets; gaps stay gaps."""
    years = [
        y for y in range(fiscal_year - YEARS + 1, fiscal_year + 1) if rows.get(y) or y in targets
    ]
    if not any(a.official and a.value_e4 is not None for y in years for a in rows.get(y, ())):
        return None
    labels: list[str] = []
    values: list[int | None] = []
    aims: list[int | None] = []
    for year in years:
        for cell in _cells(indicator, year, rows.get(year, [])):
            labels.append(cell.label)
            values.append(cell.official.value_e4 if cell.official else None)
            aims.append(targets[year].value_e4 if year in targets else None)
    no = _("no data")
    table = [
        (label, _text(v, indicator, no), _text(t, indicator, no))
        for label, v, t in zip(labels, values, aims, strict=True)
    ]
    return Chart(
        f"indicator-{indicator.pk}", "line", _("Figures against the target"),
        (_("Period"), _("Verified figure"), _("Target of the year")), labels,
        [(_("Verified figure"), _floats(values)), (_("Target of the year"), _floats(aims))],
        table,
    )  # fmt: skip


def _text(value: int | None, indicator: Indicator, no: str) -> str:
    return no if value is None else text_of(of_e4(value), indicator.decimals)


def _floats(values: list[int | None]) -> list[float | None]:
    """For the drawing only; the table has the exact figures."""
    return [None if v is None else v / 10_000 for v in values]
