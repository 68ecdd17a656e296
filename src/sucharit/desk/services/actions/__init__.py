"""Action items: open, work, hand in, accept or return. Every step is kept in its history.

The engine's table says which step leads where (``desk.engine.actions``); here are the rights: the lead unit
and the co-units work, only the unit the finding belongs to (``origin_unit``) accepts, returns, defers, cancels.
"""

from sucharit.desk.services.actions.deciding import (
    accept_action,
    cancel_action,
    defer_action,
    refuse_day,
    reopen_action,
    return_action,
)
from sucharit.desk.services.actions.opening import MANUAL, open_action, open_own
from sucharit.desk.services.actions.proving import attach_evidence
from sucharit.desk.services.actions.steps import EDIT, is_origin, works
from sucharit.desk.services.actions.working import (
    ask_for_day,
    block_action,
    change_action,
    report_progress,
    start_action,
    submit_action,
    unblock_action,
)

__all__ = [
    "EDIT",
    "MANUAL",
    "accept_action",
    "ask_for_day",
    "attach_evidence",
    "block_action",
    "cancel_action",
    "change_action",
    "defer_action",
    "is_origin",
    "open_action",
    "open_own",
    "refuse_day",
    "reopen_action",
    "report_progress",
    "return_action",
    "start_action",
    "submit_action",
    "unblock_action",
    "works",
]
