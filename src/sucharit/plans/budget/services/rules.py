"""Load the dated data that comes with the program: ceilings and targets of spending."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from sucharit.core import money
from sucharit.core.ledger import record
from sucharit.plans.budget import rules
from sucharit.plans.models import Ceiling, SpendingTarget


def load_rules(*, actor: Any) -> dict[str, int]:
    """Bring the bundled rows in; gives how many are new or changed by table. Rows of one's own stay.

    For the platform itself (the command, the demo): no right is asked for.
    """
    with transaction.atomic():
        done = {"ceilings": _ceilings(), "spending_targets": _targets()}
        if any(done.values()):
            record(actor=actor, action="plans.budget.rules", target="plans.budget", **done)
    return done


def _ceilings() -> int:
    changed = 0
    for row in rules.read("ceilings"):
        values = {
            "title_th": row["title"]["th"],
            "title_en": row["title"]["en"],
            "rate_satang": money.parse(row["rate"]),
            "per_th": row["per"]["th"],
            "per_en": row["per"]["en"],
            "effective_to": row.get("effective_to"),
            "legal_basis": row["legal_basis"],
            "source": row["source"],
            "verified": bool(row["verified"]),
        }
        key = {"key": row["key"], "effective_from": row["effective_from"]}
        changed += _put(Ceiling, key, values)
    return changed


def _targets() -> int:
    changed = 0
    for row in rules.read("spending-targets"):
        key = {"fiscal_year": row["fiscal_year"], "quarter": row["quarter"], "kind": row["kind"]}
        values = {
            "percent_e2": row["percent"] * 100,
            "source": row["source"],
            "verified": bool(row["verified"]),
        }
        changed += _put(SpendingTarget, key, values)
    return changed


def _put(model: Any, key: dict[str, Any], values: dict[str, Any]) -> int:
    """1 when the row is new or differs."""
    found = model.objects.select_for_update().filter(**key).first()
    if found is not None and all(getattr(found, name) == value for name, value in values.items()):
        return 0
    model.objects.update_or_create(**key, defaults=values)
    return 1
