"""Rules of checklists: a campaign that the unit itself owns, so that every stage lies within its scope."""

from __future__ import annotations

from tests.house.rights import EDIT, EXPORT, MANAGE, SIGNED_IN, VIEW, Rule

CAMPAIGN = ("campaign_id:checklist",)
UNIT = (*CAMPAIGN, "code")
ITEM = (*UNIT, "item:checklist")
JUDGES = frozenset({"assessor", "ministry_centre"})
RULES: dict[str, Rule] = {
    "assessments:checklists": Rule(SIGNED_IN),  # the list is empty without a role
    "assessments:checklists_queue": Rule(JUDGES),
    "assessments:checklists_mappings": Rule(MANAGE),
    "assessments:checklists_campaign": Rule(VIEW, CAMPAIGN),
    "assessments:checklists_sample": Rule(MANAGE, CAMPAIGN),
    "assessments:checklists_finalise": Rule(MANAGE, CAMPAIGN, post=True),
    "assessments:checklists_differences": Rule(JUDGES | {"auditor"}, CAMPAIGN),
    "assessments:checklists_differences_csv": Rule((JUDGES | {"auditor"}) & EXPORT, CAMPAIGN),
    "assessments:checklists_unit": Rule(VIEW, UNIT),
    "assessments:checklists_copy": Rule(EDIT, UNIT, post=True),
    "assessments:checklists_item": Rule(VIEW, ITEM),
    "assessments:checklists_assign": Rule(EDIT, UNIT),
    "assessments:checklists_part": Rule(EDIT, (*UNIT, "pk:part")),
    "assessments:checklists_submit": Rule(EDIT, UNIT),
    "assessments:checklists_approve": Rule(frozenset({"unit_head"}), UNIT),
    "assessments:checklists_mark_unit": Rule(JUDGES, UNIT),
    "assessments:checklists_mark_item": Rule(JUDGES, ITEM),
    "assessments:checklists_marks": Rule(VIEW, UNIT),
    "assessments:checklists_object": Rule(EDIT, ITEM),
    "assessments:checklists_decide": Rule(JUDGES, ITEM),
    "assessments:checklists_result": Rule(VIEW, UNIT),
    "assessments:checklists_why": Rule(VIEW, (*UNIT, "node:checklist")),
}


def fill(make: object, side: dict[str, object]) -> dict[str, object]:
    """A judged checklist of the side's unit, with one open objection and one part."""
    from sucharit.assessments.checklists import services
    from sucharit.assessments.models import Framework
    from tests.assessments.checklists import world as makers

    unit = side["unit"]
    framework = Framework.objects.filter(code="test.moral").first()
    campaign = makers.campaign(unit, [unit], framework=framework)
    w = makers.World({unit.code: unit}, campaign, {"officer": makers.SYSTEM, "head": makers.SYSTEM})
    code = unit.code
    colleague = make.user("unit_officer", unit)
    part = services.assign(
        actor=makers.SYSTEM, campaign_unit=w.cu(code), user=colleague, items=["result"]
    )
    services.submit_assignment(actor=makers.SYSTEM, assignment=part)
    services.accept_assignment(actor=makers.SYSTEM, assignment=part)
    for item, value in (("members", "100"), ("declared", "90"), ("plan", "0")):
        w.save(item, value, actor=makers.SYSTEM, code=code)
    services.submit(actor=makers.SYSTEM, campaign_unit=w.cu(code), incomplete_ok=True)
    services.approve(actor=makers.SYSTEM, campaign_unit=w.cu(code))
    for item, value in (("members", "100"), ("declared", "90"), ("plan", "0"), ("result", "no")):
        w.mark(item, value, actor=makers.SYSTEM, code=code, comment="x")
    w.finish(actor=makers.SYSTEM, code=code)
    services.raise_objection(actor=makers.SYSTEM, campaign_unit=w.cu(code), item="plan", reason="x")
    return {
        "campaign_id:checklist": campaign.pk,
        "item:checklist": "plan",
        "node:checklist": "total",
        "pk:part": part.pk,
    }
