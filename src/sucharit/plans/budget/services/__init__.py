"""Writes of the budget room. ``movements`` (one line), ``pairs`` (two lines), ``lines``, ``rules`` (dated data)."""

from __future__ import annotations

from sucharit.plans.budget.services.base import OVERRIDE, SPEND, Paper
from sucharit.plans.budget.services.lines import close_line, create_line, reopen_line
from sucharit.plans.budget.services.movements import (
    allocate,
    cancel_commitment,
    commit,
    disburse,
    lapse,
    refund,
    release,
    reserve,
    reverse,
)
from sucharit.plans.budget.services.pairs import carry_over, transfer

__all__ = [
    "OVERRIDE",
    "SPEND",
    "Paper",
    "allocate",
    "cancel_commitment",
    "carry_over",
    "close_line",
    "commit",
    "create_line",
    "disburse",
    "lapse",
    "refund",
    "release",
    "reopen_line",
    "reserve",
    "reverse",
    "transfer",
]
