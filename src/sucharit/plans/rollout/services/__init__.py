"""Every write of the roll-out. Keyword-only ``actor``; refusals say what to do."""

from sucharit.plans.rollout.services.answers import adopt_template, decline_template
from sucharit.plans.rollout.services.publishing import (
    change_template,
    new_version,
    publish_template,
    remind,
    template_from_plan,
    withdraw_template,
)

__all__ = [
    "adopt_template",
    "change_template",
    "decline_template",
    "new_version",
    "publish_template",
    "remind",
    "template_from_plan",
    "withdraw_template",
]
