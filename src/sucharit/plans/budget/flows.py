"""What needs the transactions themselves: open documents, months, sums as they stood on a day."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from sucharit.core import clock, fiscal
from sucharit.orgs.models import Unit
from sucharit.plans.budget import queries
from sucharit.plans.engine.budget import EFFECTS
from sucharit.plans.models import BudgetTransaction

Transactions = QuerySet[BudgetTransaction]
_ALLOCATED, _DISBURSED = 0, 4  # places in EFFECTS
_PAYS = [*(kind for kind, signs in EFFECTS.items() if signs[_DISBURSED]), "reversal"]


def open_documents(rows: Transactions, kind: str) -> Transactions:
    """Documents of a kind with something open, as ``open_satang``; reversed ones are not open."""
    undone = BudgetTransaction.objects.filter(reverses=OuterRef("pk"))
    standing = (
        BudgetTransaction.objects.filter(draws_on=OuterRef("pk"), reversed_by__isnull=True)
        .order_by()
        .values("draws_on")
        .annotate(s=Sum("amount_satang"))
        .values("s")
    )
    return (
        rows.filter(kind=kind)
        .exclude(Exists(undone))
        .annotate(open_satang=F("amount_satang") - Coalesce(Subquery(standing), 0))
        .filter(open_satang__gt=0)
        .order_by("number")
    )


def as_of(unit: Unit, fiscal_year: int, until: dt.date) -> tuple[int, int] | None:
    """(disbursed, allocated) in satang of the subtree's lines by documents up to a day; None without a line.

    Today and later it is read from the kept sums.
    """
    lines = queries.lines_of(unit, fiscal_year)
    if until >= clock.today():
        now = queries.total(lines)
        return (now.disbursed, now.allocated) if now.lines else None
    rows = BudgetTransaction.objects.filter(line__in=lines.order_by().values("pk"), on__lte=until)
    sums = _by_kind(rows)
    if not sums:
        return None
    return _net(sums, _DISBURSED), _net(sums, _ALLOCATED)


def by_month(unit: Unit, fiscal_year: int) -> list[int]:
    """Paid less refunded in satang for October … September (12), by the day of the document.

    Documents dated outside the year (a late correction) count in the first or the last month.
    """
    lines = queries.lines_of(unit, fiscal_year).order_by().values("pk")
    found = (
        BudgetTransaction.objects.filter(line__in=lines, kind__in=_PAYS)
        .order_by()
        .values_list("on", "kind", "reverses__kind")
        .annotate(s=Sum("amount_satang"))
    )
    period = fiscal.year(fiscal_year)
    months = [0] * 12
    # Days are grouped by the database and months made of them here: SQLite has no months, only calls of Python.
    for on, kind, undone, total in found:
        day = min(max(on, period.start), period.end)
        months[fiscal.month_of(day) - 1] += _net({(kind, undone): total}, _DISBURSED)
    return months


def _by_kind(rows: Transactions) -> dict[tuple[str, str | None], int]:
    found = rows.order_by().values_list("kind", "reverses__kind").annotate(s=Sum("amount_satang"))
    return {(kind, undone): total for kind, undone, total in found}


def _net(sums: dict[tuple[str, str | None], int], place: int) -> int:
    """Sum with the sign of the kind; a reversal has the opposite one of what it undoes."""
    return sum(
        total * (-EFFECTS[undone][place] if undone else EFFECTS[kind][place])
        for (kind, undone), total in sums.items()
    )
