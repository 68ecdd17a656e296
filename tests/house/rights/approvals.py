"""Rules of approval up the tree and of action items."""

from __future__ import annotations

from typing import Any

from tests.house.rights import SIGNED_IN, VIEW, Rule

ONE = ("kind:approvals", "pk:approvals")
RULES: dict[str, Rule] = {
    "assessments:approvals": Rule(SIGNED_IN),  # the list is empty without a role
    "assessments:approvals_unit": Rule(VIEW, (*ONE, "code")),
    "assessments:approvals_hits": Rule(VIEW, ONE),
    "assessments:approvals_hit": Rule(frozenset({"ministry_centre"}), (*ONE, "code", "ref")),
    "desk:actions": Rule(SIGNED_IN),  # empty without a role
    "desk:action": Rule(VIEW, ("pk:action",)),
}


def fill(make: Any, side: dict[str, Any]) -> dict[str, Any]:
    """The round as a workflow, a broken rule of its unit, and an action item."""
    from sucharit.assessments.models import ResponseCounter
    from sucharit.core.actors import System
    from sucharit.desk.services.actions import open_action

    ResponseCounter.objects.create(participation=side["participation"], instrument="IIT", n=1_000)
    item = open_action(
        actor=System("test"),
        unit=side["unit"],
        fiscal_year=2567,
        title="x",
        source_kind="test",
        source_id="1",
    )
    return {
        "kind:approvals": "round",
        "pk:approvals": side["round"].pk,
        "ref": "rule.answers-over-staff",
        "pk:action": item.pk,
    }
