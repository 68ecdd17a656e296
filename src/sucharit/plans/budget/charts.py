"""Charts of the budget room; baht without satang is drawn, the exact figures stand in the table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sucharit.core import fiscal, rounding, thaidate
from sucharit.core.charts import Chart
from sucharit.core.money import SATANG
from sucharit.plans.budget import words
from sucharit.plans.budget.standing import Row
from sucharit.plans.engine.quadrant import percent
from sucharit.plans.models import BudgetLine

DRAWN = 20  # projects in a drawing; the table has them all


def balance_chart(line: BudgetLine) -> Chart:
    """Where the money of a line is."""
    parts = [
        (_("Disbursed"), line.disbursed_satang),
        (_("Committed, not yet paid"), line.committed_satang),
        (_("Reserved"), line.reserved_satang),
        (_("Lapsed or carried over"), line.left_satang),
        (_("Available"), line.available_satang),
    ]
    return Chart(
        key=f"budget-line-{line.pk}",
        kind="bar",
        title=_("Where the money is (baht)"),
        columns=[_("Part"), _("Baht")],
        labels=[name for name, _amount in parts],
        series=[(_("Baht"), [amount // SATANG for _name, amount in parts])],
        rows=[(name, words.baht(amount)) for name, amount in parts],
    )


def months_chart(months: Sequence[int], allocated: int, past: int) -> Chart:
    """Paid month by month, and all together; months to come are a gap, not zero."""
    labels = _names()
    sums, rows = 0, []
    single: list[float | None] = []
    for place, (name, paid) in enumerate(zip(labels, months, strict=True)):
        if place >= past:
            single.append(None)
            rows.append((name, "–", "–", "–"))
            continue
        sums += paid
        single.append(paid // SATANG)
        rows.append((name, words.baht(paid), words.baht(sums), _text(percent(sums, allocated))))
    return Chart(
        key="budget-months",
        kind="bar",
        title=_("Disbursed month by month (baht)"),
        columns=[_("Month"), _("Disbursed"), _("Cumulative"), _("Disbursed of allocated")],
        labels=labels,
        series=[(_("Disbursed"), single)],
        rows=rows,
    )


def _names() -> list[str]:
    """Short names of October … September."""
    thai = (get_language() or "th").startswith("th")
    names = thaidate.MONTHS_TH_SHORT if thai else [name[:3] for name in thaidate.MONTHS_EN]
    return [names[(fiscal.FIRST_MONTH - 1 + n) % 12] for n in range(12)]


def quadrant_chart(rows: Sequence[Row]) -> Chart:
    """Work beside money; what is not known leaves a gap."""
    drawn = rows[:DRAWN]
    return Chart(
        key="budget-quadrant",
        kind="bar",
        title=_("Work beside money (per cent)"),
        columns=[_("Name"), _("Work done"), _("Money disbursed"), _("What to ask about")],
        labels=[row.title for row in drawn],
        series=[
            (_("Work done"), [_whole(row.placed.work) for row in drawn]),
            (_("Money disbursed"), [_whole(row.placed.money) for row in drawn]),
        ],
        rows=[
            (
                row.title,
                _text(row.placed.work),
                _text(row.placed.money),
                str(words.QUADRANTS[row.placed.where][1]),
            )
            for row in rows
        ],
        top=100,
    )


def _whole(value: Any) -> int | None:
    return None if value is None else rounding.half_up(value)


def _text(value: Any) -> str:
    return "–" if value is None else f"{rounding.hundredths_text(rounding.hundredths(value))} %"
