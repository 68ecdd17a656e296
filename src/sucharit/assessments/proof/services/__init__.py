"""Writes of the evidence library and what stands on it; ``attached`` is the read every room needs."""

from sucharit.assessments.proof.queries import attached, attached_by_item, frozen_uses
from sucharit.assessments.proof.services.library import add_proof, add_revision, withdraw
from sucharit.assessments.proof.services.using import (
    attach,
    confirm_use,
    copy_uses,
    detach,
    unconfirmed_items,
)
from sucharit.assessments.proof.targets import guard_campaign_units

__all__ = [
    "add_proof",
    "add_revision",
    "attach",
    "attached",
    "attached_by_item",
    "confirm_use",
    "copy_uses",
    "detach",
    "frozen_uses",
    "guard_campaign_units",
    "unconfirmed_items",
    "withdraw",
]
