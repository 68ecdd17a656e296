"""The roll-out over HTTP: how each unit answered a plan template."""

# No postponed annotations here: ninja reads the types of wrapped views when they are defined.
import datetime as dt
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from sucharit.core.errors import NotFoundInScope
from sucharit.plans.models import PlanTemplate
from sucharit.plans.rollout import queries

router = Router(tags=["roll-out"])


class TemplateAnswerOut(Schema):
    """``standing``: adopted, adapted, declined, waiting or late. ``differences``: null without a plan."""

    unit: str
    name_th: str
    standing: str
    answered_at: dt.datetime | None
    plan: str | None
    differences: int | None
    reason: str


@router.get("/{pk}/answers", response=list[TemplateAnswerOut], summary="Answers to a plan template")
def template_answers(request: HttpRequest, pk: int) -> list[dict[str, Any]]:
    """Units of its audience within the caller's scope; nothing while it is a draft."""
    template = queries.visible_to(request.user).filter(pk=pk).first()
    if template is None:
        raise NotFoundInScope("No such template.")
    if template.state == PlanTemplate.State.DRAFT:
        return []
    return [_row(a) for a in queries.answers(request.user, template)]


def _row(answer: queries.Answer) -> dict[str, Any]:
    told, plan = answer.adoption, answer.plan
    return {
        "unit": answer.unit.code,
        "name_th": answer.unit.name_th,
        "standing": answer.standing,
        "answered_at": told.at if told else None,
        "plan": plan.code if plan else None,
        "differences": len(answer.differences) if plan else None,
        "reason": told.reason if told else "",
    }
