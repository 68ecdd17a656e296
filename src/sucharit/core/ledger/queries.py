"""Reads of the ledger for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sucharit.core.models import LedgerEntry
from sucharit.core.registry import registry

if TYPE_CHECKING:
    from django.db.models import QuerySet

PERMISSION = "ledger.view"


def visible_to(user: Any) -> QuerySet[LedgerEntry]:
    """Rows about units in the user's "ledger.view" scope; without a unit: from the top only."""
    rows = LedgerEntry.objects.order_by("-seq")
    if not registry.may(user, PERMISSION):
        return rows.none()
    codes = registry.unit_codes(user, PERMISSION)
    return rows if codes is None else rows.filter(unit__in=codes)


def filtered(rows: QuerySet[LedgerEntry], wanted: dict[str, str]) -> QuerySet[LedgerEntry]:
    """Narrow by what the page's form gives: action (begins with), actor, target, unit (exact)."""
    if wanted.get("action"):
        rows = rows.filter(action__startswith=wanted["action"])
    for name in ("actor", "target", "unit"):
        if wanted.get(name):
            rows = rows.filter(**{name: wanted[name]})
    return rows
