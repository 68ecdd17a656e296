"""Rules of collecting: campaigns answered by people."""

from __future__ import annotations

from typing import Any

from tests.house.rights import EDIT, EXPORT, MANAGE, PUBLIC, VIEW, Rule

ONE = ("campaign_id:collect",)
UNIT = (*ONE, "code")
# Who holds a role at the very unit may answer for it.
OWN = frozenset({"ministry_centre", "unit_head", "unit_officer", "assessor", "auditor", "system_admin", "partner"})  # fmt: skip
RULES: dict[str, Rule] = {
    "assessments:collect_respond": Rule(PUBLIC, ("code:collect",)),
    "assessments:collect_answer": Rule(OWN, ("code:collect_signed",)),
    "assessments:collect_list": Rule(OWN),  # the list is empty without a role
    "assessments:collect_new": Rule(MANAGE),
    "assessments:collect_campaign": Rule(VIEW, ONE),
    "assessments:collect_units": Rule(MANAGE, ONE),
    "assessments:collect_set_up": Rule(MANAGE, ONE),
    "assessments:collect_window": Rule(MANAGE, ONE),
    "assessments:collect_step": Rule(MANAGE, (*ONE, "action:collect")),
    "assessments:collect_links": Rule(EDIT, UNIT),
    "assessments:collect_links_pdf": Rule(EDIT, UNIT),
    "assessments:collect_cards": Rule(EDIT, UNIT, post=True),
    "assessments:collect_results": Rule(VIEW, ("campaign_id:collect_closed",)),
    "assessments:collect_unit_results": Rule(VIEW, ("campaign_id:collect_closed", "code")),
    "assessments:collect_export": Rule(EXPORT, ("campaign_id:collect_closed", "form")),
}


def fill(make: Any, side: dict[str, Any]) -> dict[str, Any]:
    """An open campaign, a signed-in one and a closed one of the side's unit."""
    from sucharit.assessments.collect import campaigns
    from tests.assessments.collect import make_collect as mc

    unit = side["unit"]
    is_open = mc.campaign(unit, [unit])
    signed = mc.campaign(unit, [unit], access="signed_in")
    closed = mc.campaign(unit, [unit])
    campaigns.close_campaign(actor=mc.SYSTEM, campaign=closed)
    return {
        "campaign_id:collect": is_open.pk,
        "campaign_id:collect_closed": closed.pk,
        "code:collect": mc.part(is_open, unit.code).collect_code.code,
        "code:collect_signed": mc.part(signed, unit.code).collect_code.code,
        "action:collect": "close",
    }
