"""Movements between two lines: both legs in one transaction, both lines locked in the order of their keys."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.core.errors import Refusal
from sucharit.plans.budget.services.base import Move, Paper, hold, tell, write
from sucharit.plans.models import BudgetLine, BudgetTransaction

NO_PAPER = Paper()


def transfer(
    *,
    actor: Any,
    source: BudgetLine,
    target: BudgetLine,
    amount: int,
    paper: Paper = NO_PAPER,
) -> tuple[BudgetTransaction, BudgetTransaction]:
    """Move available money to another line (โอนเปลี่ยนแปลง) of the same year and the same year of origin.

    Needs "budget.spend" at both units. Never below zero: money that is not there cannot be moved.
    """
    if source.pk == target.pk:
        raise Refusal(_("Choose another line to transfer to."), where="target")
    with transaction.atomic():
        giver, taker = hold(source.pk, target.pk, actor=actor)
        years = (giver.fiscal_year, giver.origin_fiscal_year)
        if years != (taker.fiscal_year, taker.origin_fiscal_year):
            raise Refusal(
                _("Both lines must be of the same fiscal year; use a carry-over between years."),
                where="target",
            )
        pair = uuid.uuid4()
        out = write(giver, Move("transfer_out", amount, paper, pair=pair), actor=actor)
        into = write(taker, Move("transfer_in", amount, paper, pair=pair), actor=actor)
        tell(giver, out, actor=actor)
        tell(taker, into, actor=actor)
    return out, into


def carry_over(
    *,
    actor: Any,
    line: BudgetLine,
    amount: int,
    commitment: BudgetTransaction | None = None,
    paper: Paper = NO_PAPER,
) -> tuple[BudgetTransaction, BudgetTransaction]:
    """Keep money for the next year (กันเงินเหลื่อมปี): to the line's own line of the next fiscal year.

    That line is made at the first carry-over and keeps the year of the money's origin. With ``commitment`` what is
    bound by it moves, and is bound again over there; without one, money that is available.
    """
    with transaction.atomic():
        (giver,) = hold(line.pk, actor=actor)
        taker = _next_year(giver)
        pair = uuid.uuid4()
        drawn = commitment.pk if commitment else None
        out = write(
            giver, Move("carry_over_out", amount, paper, draws_on=drawn, pair=pair), actor=actor
        )
        into = write(taker, Move("carry_over_in", amount, paper, pair=pair), actor=actor)
        rows = [(giver, out), (taker, into)]
        if commitment:
            rows.append(
                (taker, write(taker, Move("commitment", amount, paper, pair=pair), actor=actor))
            )
        for at, row in rows:
            tell(at, row, actor=actor)
    return out, into


def _next_year(line: BudgetLine) -> BudgetLine:
    """The line carried-over money goes to, locked; safe because the line it comes from is held."""
    found = (
        BudgetLine.objects.select_for_update(of=("self",))
        .select_related("unit", "project")
        .filter(carried_from=line, fiscal_year=line.fiscal_year + 1)
        .order_by("pk")
        .first()
    )
    return found or BudgetLine.objects.create(
        project=line.project, activity_id=line.activity_id, unit=line.unit,
        fiscal_year=line.fiscal_year + 1, origin_fiscal_year=line.origin_fiscal_year,
        carried_from=line, source=line.source, category=line.category, item=line.item,
    )  # fmt: skip
