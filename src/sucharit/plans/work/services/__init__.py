"""Every write of plans, projects and activities. Keyword-only ``actor``; refusals name the field."""

from sucharit.plans.work.services.activities import (
    block_activity,
    cancel_activity,
    change_activity,
    create_activity,
    set_month_plan,
)
from sucharit.plans.work.services.copying import copy_plan
from sucharit.plans.work.services.plans import (
    approve_plan,
    change_plan,
    close_plan,
    create_plan,
    publish_plan,
    return_plan,
    submit_plan,
)
from sucharit.plans.work.services.projects import (
    align_project,
    cancel_project,
    change_project,
    create_project,
    unalign_project,
)
from sucharit.plans.work.services.reports import lock_quarter, reopen_quarter, report_quarter

__all__ = [
    "align_project",
    "approve_plan",
    "block_activity",
    "cancel_activity",
    "cancel_project",
    "change_activity",
    "change_plan",
    "change_project",
    "close_plan",
    "copy_plan",
    "create_activity",
    "create_plan",
    "create_project",
    "lock_quarter",
    "publish_plan",
    "reopen_quarter",
    "report_quarter",
    "return_plan",
    "set_month_plan",
    "submit_plan",
    "unalign_project",
]
