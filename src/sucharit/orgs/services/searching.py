"""Keeping search in step with the register (internal to the services of orgs)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction

from sucharit.core.search.documents import index
from sucharit.orgs.models import Unit
from sucharit.orgs.queries.unit_pages import search_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

KIND = "unit"
BATCH = 500


def refresh(unit: Unit) -> None:
    """Write the unit's document in the caller's transaction."""
    index(KIND, search_rows([unit.pk]))


def refresh_later(codes: Collection[str]) -> None:
    """Write the documents of many units after the commit: the write lock is free meanwhile."""
    if codes:
        transaction.on_commit(partial(_refresh, sorted(codes)))


def _refresh(codes: Sequence[str]) -> None:
    for start in range(0, len(codes), BATCH):
        some = Unit.objects.filter(code__in=codes[start : start + BATCH])
        index(KIND, search_rows(list(some.values_list("pk", flat=True))))
