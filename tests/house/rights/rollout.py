"""Rules of the roll-out: a published template of the unit itself, asked of its district."""

from __future__ import annotations

from tests.house.rights import EDIT, EXPORT, MANAGE, SIGNED_IN, VIEW, Rule

ONE = ("pk:template",)
UNIT = ("pk:template", "code:adopter")
RULES: dict[str, Rule] = {
    "api:template_answers": Rule(VIEW, ONE),
    "plans:rollout": Rule(SIGNED_IN),
    "plans:rollout_new": Rule(MANAGE),
    "plans:rollout_template": Rule(VIEW, ONE),
    "plans:rollout_answers": Rule(EXPORT, ONE),
    "plans:rollout_edit": Rule(MANAGE, ONE),
    "plans:rollout_unit": Rule(VIEW, UNIT),
    "plans:rollout_adopt": Rule(EDIT, UNIT, post=True),
    "plans:rollout_step": Rule(MANAGE, ("pk:template", "name:step"), post=True),
}


def fill(make: object, side: dict[str, object]) -> dict[str, object]:
    """A template of the side's unit that its district is asked to adopt."""
    from sucharit.plans.models import PlanTemplate

    document = {
        "projects": [{"key": "p1", "title_th": "x", "activities": [{"key": "a", "title_th": "x"}]}]
    }
    made = PlanTemplate.objects.create(
        owner=side["unit"], code="t", fiscal_year=2567, title_th="x", document=document,
        audience_kinds=["district"], state="published",
    )  # fmt: skip
    return {"pk:template": made.pk, "code:adopter": f"{side['code']}01", "name:step": "remind"}
