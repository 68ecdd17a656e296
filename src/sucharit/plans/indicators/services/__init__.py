"""Writes of indicators. Each locks, checks the right, asks the engine, saves, and writes the ledger last.

``sheets`` (reference sheets and their versions), ``goals`` (baselines and targets), ``figures`` (enter,
submit, evidence), ``verifying`` (verify, return), ``counted`` (figures the platform counts itself).
"""

from sucharit.plans.indicators.services.counted import pull_measures
from sucharit.plans.indicators.services.figures import (
    Entry,
    add_evidence_to,
    enter_actual,
    submit_actual,
    token,
)
from sucharit.plans.indicators.services.goals import approve_target, set_baseline, set_target
from sucharit.plans.indicators.services.sheets import (
    create_indicator,
    new_version,
    retire_indicator,
)
from sucharit.plans.indicators.services.verifying import return_actual, verify_actual

__all__ = [
    "Entry",
    "add_evidence_to",
    "approve_target",
    "create_indicator",
    "enter_actual",
    "new_version",
    "pull_measures",
    "retire_indicator",
    "return_actual",
    "set_baseline",
    "set_target",
    "submit_actual",
    "token",
    "verify_actual",
]
