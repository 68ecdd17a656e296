"""A synthetic template of the demo ministry and the answers of a few provinces. Idempotent, marked synthetic by its plan."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from sucharit.orgs.models import Unit
from sucharit.plans.models import Activity, Plan, PlanTemplate
from sucharit.plans.rollout import services

CODE = "demo-honest-province"
DECLINES = "th-90"
ADOPT, ADAPT = ("th-38", "th-50"), "th-66"
REASON = "จังหวัดมีแผนลักษณะเดียวกันอยู่แล้ว (ข้อมูลสังเคราะห์)"


def make(actor: Any) -> int:
    """From the ministry's first synthetic plan with projects: publish, three adopt (one adapts), one declines.

    Gives how many answers there are; 0 where there is no such plan or the template is there already.
    """
    plans = Plan.objects.filter(
        owner__code="moi", synthetic=True, projects__activities__isnull=False
    )
    plan = plans.order_by("-fiscal_year", "pk").distinct().first()
    if plan is None or PlanTemplate.objects.filter(code=CODE).exists():
        return 0
    units = {u.code: u for u in Unit.objects.filter(code__in=(*ADOPT, ADAPT, DECLINES))}
    done = 0
    with transaction.atomic():
        template = services.template_from_plan(
            actor=actor, plan=plan, code=CODE, title_th="แบบแผนจังหวัดสุจริต (ข้อมูลสังเคราะห์)"
        )
        services.publish_template(actor=actor, template=template)
        for code in (*ADOPT, ADAPT):
            if code not in units:
                continue
            made = services.adopt_template(actor=actor, template=template, unit=units[code])
            Plan.objects.filter(pk=made.plan_id).update(synthetic=True)
            if code == ADAPT:
                first = Activity.objects.filter(project__plan=made.plan_id).order_by("pk")[:1]
                Activity.objects.filter(pk__in=first.values("pk")).update(weight=5)
            done += 1
        if DECLINES in units:
            services.decline_template(
                actor=actor, template=template, unit=units[DECLINES], reason=REASON
            )
            done += 1
    return done
