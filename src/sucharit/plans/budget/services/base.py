"""What every movement does: lock the lines, ask for the right, ask the engine, save line and row."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from sucharit.core import clock, money
from sucharit.core.actors import System
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.ledger import record
from sucharit.orgs import scope
from sucharit.plans.budget import words
from sucharit.plans.engine import budget as engine
from sucharit.plans.models import BudgetLine, BudgetTransaction

SPEND, OVERRIDE = "budget.spend", "budget.override"
_NEEDS_LIFE = frozenset({"allocation", "reservation", "commitment"})
SUMS = ("allocated", "left", "reserved", "committed", "disbursed")


@dataclass(frozen=True)
class Paper:
    """The paper behind a movement: its day (CE, None: today), its number, a remark."""

    on: dt.date | None = None
    document_no: str = ""
    note: str = ""


@dataclass(frozen=True)
class Move:
    """One movement asked for. ``draws_on`` and ``reverses`` are primary keys of the same line's transactions."""

    kind: str
    amount: int  # satang
    paper: Paper
    draws_on: int | None = None
    reverses: int | None = None
    override_reason: str = ""
    pair: uuid.UUID | None = None


def hold(*pks: int, actor: Any) -> list[BudgetLine]:
    """The lines, locked in the order of their keys (two transfers cannot wait for each other), in the order asked.

    Needs "budget.spend" at each line's unit. Call it inside the transaction.
    """
    rows = (
        BudgetLine.objects.select_for_update(of=("self",))
        .select_related("unit", "project")
        .filter(pk__in=pks)
        .order_by("pk")
    )
    found = {line.pk: line for line in rows}
    if len(found) != len(set(pks)):
        raise NotFoundInScope(_("There is no such budget line within your scope."))
    for line in found.values():
        require(SPEND, line, actor=actor)
    return [found[pk] for pk in pks]


def require(permission: str, line: BudgetLine, *, actor: Any) -> None:
    """The right at the line's unit. Who sees the line only because of its project's place is told "not yours" (403)."""
    if isinstance(actor, System) or scope.can(actor, permission, line.unit):
        return
    if BudgetLine.objects.visible_to(actor).filter(pk=line.pk).exists():
        raise Forbidden(_("Your role does not include entering money of this unit."))
    raise NotFoundInScope(_("There is no such budget line within your scope."))


def account(*, actor: Any) -> Any:
    """The user behind the actor; None for the platform itself."""
    return None if isinstance(actor, System) else actor


def write(line: BudgetLine, move: Move, *, actor: Any) -> BudgetTransaction:
    """Enter one movement on a held line. The caller writes the ledger after its last one (``tell``)."""
    on = _checked(line, move, actor=actor)
    draws_on = _document(line, move.draws_on)
    undone = _document(line, move.reverses)
    before = balance_of(line)
    after = engine.apply(
        before, move.kind, move.amount, draws_on=draws_on, reverses=undone,
        override=bool(move.override_reason), closed=line.closed_at is not None,
    )  # fmt: skip
    if isinstance(after, engine.Refused):
        where = words.WHERE.get(after.code, "")
        raise Refusal(words.why(line.item, move.kind, after), where=where)
    below, worse = after.available < 0, after.available < before.available
    made = BudgetTransaction.objects.create(
        line=line, number=line.transactions_count + 1, kind=move.kind, amount_satang=move.amount,
        on=on, document_no=move.paper.document_no.strip()[:120], note=move.paper.note.strip()[:300],
        draws_on_id=move.draws_on, reverses_id=move.reverses, pair=move.pair,
        override=below and worse, override_reason=move.override_reason if below and worse else "",
        stands_on_id=_standing(line, move) if below and not worse else None,
        allocated_after=after.allocated, available_after=after.available,
        by=account(actor=actor), at=clock.now(),
    )  # fmt: skip
    for name in SUMS:
        setattr(line, f"{name}_satang", getattr(after, name))
    line.transactions_count = made.number
    line.save(update_fields=[*(f"{name}_satang" for name in SUMS), "transactions_count"])
    return made


def tell(line: BudgetLine, made: BudgetTransaction, *, actor: Any) -> None:
    """The ledger row of a movement: amounts and ids only."""
    more: dict[str, Any] = {"pair": str(made.pair)} if made.pair else {}
    if made.override:
        more["override"] = True
    record(
        actor=actor, action=f"plans.budget.{made.kind}", target=made, unit=line.unit,
        fiscal_year=line.fiscal_year, line=line.pk, number=made.number, satang=made.amount_satang,
        available=made.available_after, **more,
    )  # fmt: skip


def balance_of(line: BudgetLine) -> engine.Balance:
    """The kept sums as the engine sees them."""
    return engine.Balance(*(getattr(line, f"{name}_satang") for name in SUMS))


def _checked(line: BudgetLine, move: Move, *, actor: Any) -> dt.date:
    """The day of the movement; refuses what the engine cannot know."""
    today = clock.today()
    on = move.paper.on or today
    if on > today:
        raise Refusal(_("The document cannot be of a day to come."), where="on")
    if move.amount > money.LARGEST or abs(line.allocated_satang) + move.amount > money.LARGEST:
        raise Refusal(_("The amount is too large."), where="amount")
    if move.kind in _NEEDS_LIFE and line.project.state == "cancelled":
        raise Refusal(_("The project was cancelled: no new money is bound to it."))
    if move.kind == "allocation" and line.carried_from_id is not None:
        raise Refusal(_("This line holds carried-over money only: allocate to a line of the year."))
    if move.override_reason:
        require(OVERRIDE, line, actor=actor)
    return on


def _document(line: BudgetLine, pk: int | None) -> engine.Document | None:
    """An earlier transaction of the line with what is open of it."""
    if pk is None:
        return None
    found = line.transactions.select_related("reversed_by").filter(pk=pk).first()
    if found is None:
        raise Refusal(_("Choose a document of this line."), where="draws_on")
    gone = hasattr(found, "reversed_by")
    drawn = found.drawn_by.filter(reversed_by__isnull=True).aggregate(s=Sum("amount_satang"))["s"]
    return engine.Document(
        found.number, found.kind, found.amount_satang,
        0 if gone else found.amount_satang - (drawn or 0),
        drew_on=found.draws_on_id, reversed=gone,
    )  # fmt: skip


def _standing(line: BudgetLine, move: Move) -> int | None:
    """Key of the override a line below zero still stands on: the latest not undone, before or by this movement.

    There always is one: without it every step down was covered. (None would be refused by the database.)
    """
    still = line.transactions.filter(override=True, reversed_by__isnull=True)
    return (
        still.exclude(pk=move.reverses or 0)
        .order_by("-number")
        .values_list("pk", flat=True)
        .first()
    )
