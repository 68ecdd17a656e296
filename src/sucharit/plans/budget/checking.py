"""Replay of every line against its kept sums, in one pass and constant memory a line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sucharit.plans.budget.services.base import SUMS
from sucharit.plans.engine import budget as engine
from sucharit.plans.models import BudgetLine, BudgetTransaction


def first_difference() -> tuple[int, str]:
    """(lines looked at, what is wrong with the first line that differs; empty: nothing)."""
    lines = BudgetLine.objects.order_by("pk").iterator(chunk_size=2_000)
    rows = (
        BudgetTransaction.objects.order_by("line_id", "number")
        .values("line_id", "pk", "number", "kind", "amount_satang", "draws_on_id", "reverses_id", "override")
        .iterator(chunk_size=5_000)
    )  # fmt: skip
    groups = groupby(rows, key=lambda row: row["line_id"])
    group = next(groups, None)
    checked = 0
    for line in lines:
        entries: Iterator[Any] = iter(())
        if group is not None and group[0] == line.pk:
            entries = iter(list(group[1]))
            group = next(groups, None)
        wrong = _differs(line, list(entries))
        checked += 1
        if wrong:
            return checked, wrong
    return checked, ""


def _differs(line: BudgetLine, rows: list[dict[str, Any]]) -> str:
    numbers = {row["pk"]: row["number"] for row in rows}
    book = engine.replay(
        engine.Entry(
            row["number"], row["kind"], row["amount_satang"], numbers.get(row["draws_on_id"]),
            numbers.get(row["reverses_id"]), row["override"],
        )
        for row in rows
    )  # fmt: skip
    if book.wrong:
        return f"line {line.pk}: transaction {book.wrong[0]} is against the rules ({book.wrong[1].code})"
    for name in SUMS:
        kept, replayed = getattr(line, f"{name}_satang"), getattr(book.balance, name)
        if kept != replayed:
            return f"line {line.pk}: {name} is kept as {kept} satang, its transactions come to {replayed}"
    if line.transactions_count != len(rows):
        return f"line {line.pk}: counts {line.transactions_count} transactions, has {len(rows)}"
    return ""
