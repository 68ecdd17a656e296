"""Tables of plans."""

from sucharit.plans.models.budget import BudgetLine, BudgetTransaction, Ceiling, SpendingTarget
from sucharit.plans.models.indicators import Actual, Baseline, Indicator, Target
from sucharit.plans.models.plans import Alignment, Plan, Project, ProjectArea
from sucharit.plans.models.reports import PublishedReport
from sucharit.plans.models.rollout import Adoption, PlanTemplate
from sucharit.plans.models.strategy import Goal, Strategy
from sucharit.plans.models.work import (
    Activity,
    ActivityMonth,
    ActivityReport,
    PeriodLock,
)

__all__ = [
    "Activity",
    "ActivityMonth",
    "ActivityReport",
    "Actual",
    "Adoption",
    "Alignment",
    "Baseline",
    "BudgetLine",
    "BudgetTransaction",
    "Ceiling",
    "Goal",
    "Indicator",
    "PeriodLock",
    "Plan",
    "PlanTemplate",
    "Project",
    "ProjectArea",
    "PublishedReport",
    "SpendingTarget",
    "Strategy",
    "Target",
]
