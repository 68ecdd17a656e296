"""Tests that flush tables must get past the ledger's triggers; nothing else in the house does."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.core.management.commands import flush
from django.db import connection

from sucharit.core.ledger import triggers
from sucharit.plans.budget import triggers as budget

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def without_triggers() -> Iterator[None]:
    """The ledger as somebody finds it who owns the database and took the triggers away."""
    triggers.run(connection, install=False)
    try:
        yield
    finally:
        triggers.run(connection, install=True)


def let_flush_through(monkeypatch) -> None:
    """Django empties tables after a transactional test; let it, with the triggers back after."""
    handle = flush.Command.handle

    def flushed(self, **options):
        budget.run(connection, install=False)
        try:
            with without_triggers():
                handle(self, **options)
        finally:
            budget.run(connection, install=True)

    monkeypatch.setattr(flush.Command, "handle", flushed)
