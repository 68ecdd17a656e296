"""Documents of a movement: the order, the contract, the receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sucharit.core.evidence.services import add_evidence
from sucharit.plans.budget.services.base import SPEND, require
from sucharit.plans.models import BudgetLine, BudgetTransaction

if TYPE_CHECKING:
    from sucharit.core.models import Evidence

KIND = "plans.budget_transaction"  # owner_kind of the files


def attach(*, actor: Any, movement: BudgetTransaction, title: str, upload: Any) -> Evidence:
    """Keep a file with a movement. Needs "budget.spend" at the line's unit; Refusal for a bad file."""
    line = BudgetLine.objects.select_related("unit").get(pk=movement.line_id)
    return add_evidence(
        actor=actor, unit=line.unit, fiscal_year=line.fiscal_year, title=title, owner_kind=KIND,
        owner_id=movement.pk, upload=upload, check=lambda: require(SPEND, line, actor=actor),
    )  # fmt: skip


def may_read(user: Any, owner_id: str) -> bool:
    """Whoever sees the line reads the documents of its movements (``registry.evidence``)."""
    if not owner_id.isdigit():
        return False
    seen = BudgetLine.objects.visible_to(user).order_by().values("pk")
    return BudgetTransaction.objects.filter(pk=owner_id, line__in=seen).exists()
