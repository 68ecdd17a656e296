"""Movements of one line. Amounts are satang above zero; all need "budget.spend" at the line's unit.

``override_reason`` (with "budget.override") lets a reservation, commitment or payment take the line below zero.
Every one raises Refusal, with a sentence that names what is available now, where the rules do not allow it.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.core.errors import Refusal
from sucharit.plans.budget.services.base import Move, Paper, hold, tell, write
from sucharit.plans.models import BudgetLine, BudgetTransaction

NO_PAPER = Paper()


def allocate(
    *, actor: Any, line: BudgetLine, amount: int, paper: Paper = NO_PAPER
) -> BudgetTransaction:
    """Money is given to the line (ได้รับจัดสรร)."""
    return _one(line, Move("allocation", amount, paper), actor=actor)


def reserve(
    *, actor: Any, line: BudgetLine, amount: int, paper: Paper = NO_PAPER, override_reason: str = ""
) -> BudgetTransaction:
    """Money is set aside before there is a contract (กันเงินไว้)."""
    return _one(
        line, Move("reservation", amount, paper, override_reason=override_reason), actor=actor
    )


def release(
    *,
    actor: Any,
    line: BudgetLine,
    amount: int,
    reservation: BudgetTransaction,
    paper: Paper = NO_PAPER,
) -> BudgetTransaction:
    """What is open of a reservation, or a part of it, is free again."""
    return _one(
        line, Move("reservation_release", amount, paper, draws_on=reservation.pk), actor=actor
    )


def commit(
    *,
    actor: Any,
    line: BudgetLine,
    amount: int,
    reservation: BudgetTransaction | None = None,
    paper: Paper = NO_PAPER,
    override_reason: str = "",
) -> BudgetTransaction:
    """A contract or order binds money (ก่อหนี้ผูกพัน), out of a reservation or directly."""
    drawn = reservation.pk if reservation else None
    move = Move("commitment", amount, paper, draws_on=drawn, override_reason=override_reason)
    return _one(line, move, actor=actor)


def cancel_commitment(
    *,
    actor: Any,
    line: BudgetLine,
    amount: int,
    commitment: BudgetTransaction,
    paper: Paper = NO_PAPER,
) -> BudgetTransaction:
    """What is open of a commitment, or a part of it, will not be paid: it is available again."""
    return _one(line, Move("commitment_cancel", amount, paper, draws_on=commitment.pk), actor=actor)


def disburse(
    *,
    actor: Any,
    line: BudgetLine,
    amount: int,
    commitment: BudgetTransaction | None = None,
    paper: Paper = NO_PAPER,
    override_reason: str = "",
) -> BudgetTransaction:
    """Money is paid (เบิกจ่าย), on a commitment or directly."""
    drawn = commitment.pk if commitment else None
    move = Move("disbursement", amount, paper, draws_on=drawn, override_reason=override_reason)
    return _one(line, move, actor=actor)


def refund(
    *,
    actor: Any,
    line: BudgetLine,
    amount: int,
    disbursement: BudgetTransaction,
    paper: Paper = NO_PAPER,
) -> BudgetTransaction:
    """Money paid comes back (เบิกเกินส่งคืน): at most what is left of the payment."""
    return _one(line, Move("refund", amount, paper, draws_on=disbursement.pk), actor=actor)


def lapse(
    *, actor: Any, line: BudgetLine, amount: int, paper: Paper = NO_PAPER
) -> BudgetTransaction:
    """Money not spent goes back to the Treasury at the end of the year (พับไป)."""
    return _one(line, Move("lapse", amount, paper), actor=actor)


def reverse(
    *,
    actor: Any,
    movement: BudgetTransaction,
    paper: Paper = NO_PAPER,
    override_reason: str = "",
) -> list[BudgetTransaction]:
    """Undo a movement as a whole by new ones (the mistake stays to be seen); gives the new rows.

    The legs of a transfer or a carry-over are undone together, the last one first. Refusal while others draw on it,
    when it was reversed, and where the money went on (``override_reason`` lets the line go below zero). A reason in
    ``paper.note`` is asked for.
    """
    if not paper.note.strip():
        raise Refusal(_("Say in a sentence why it is reversed."), where="note")
    with transaction.atomic():
        legs = [movement]
        if movement.pair:
            legs = list(BudgetTransaction.objects.filter(pair=movement.pair).order_by("-pk"))
        lines = {
            line.pk: line for line in hold(*dict.fromkeys(leg.line_id for leg in legs), actor=actor)
        }
        pair = uuid.uuid4() if len(legs) > 1 else None
        made = [
            write(lines[leg.line_id],
                Move("reversal", leg.amount_satang, paper, reverses=leg.pk,
                     override_reason=override_reason, pair=pair), actor=actor)
            for leg in legs
        ]  # fmt: skip
        for row in made:
            tell(lines[row.line_id], row, actor=actor)
    return made


def _one(line: BudgetLine, move: Move, *, actor: Any) -> BudgetTransaction:
    with transaction.atomic():
        (held,) = hold(line.pk, actor=actor)
        made = write(held, move, actor=actor)
        tell(held, made, actor=actor)
    return made
