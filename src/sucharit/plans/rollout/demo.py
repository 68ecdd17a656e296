"""A synthetic template of the demo ministry and the answers of its provinces. Idempotent, marked synthetic by its plans."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from sucharit.core import clock
from sucharit.core.fiscal import fiscal_year_be
from sucharit.orgs.models import Unit
from sucharit.plans.models import Activity, Plan, PlanTemplate
from sucharit.plans.rollout import queries, services
from sucharit.plans.rollout.documents import fill_plan
from sucharit.plans.work.services import create_plan

CODE = "demo-honest-province"
TITLE = "แผนต้นแบบจังหวัดสุจริต (ข้อมูลสังเคราะห์)"
ADOPTED, ADAPTED, DECLINED = 60, 3, 2
WEEKS = dt.timedelta(weeks=6)  # to answer in
REASON = "จังหวัดมีแผนลักษณะเดียวกันอยู่แล้ว (ข้อมูลสังเคราะห์)"
OWN = "จัดในระดับอำเภอตามบริบทของจังหวัด (ข้อมูลสังเคราะห์)"
# Project: title, objective, then activities: title, group, output, weight, months in which it is done.
PROJECTS: tuple[tuple[str, str, tuple[tuple[str, str, str, int, int, int], ...]], ...] = (
    ("โครงการขับเคลื่อนจังหวัดสุจริต", "เพื่อให้ส่วนราชการในจังหวัดปฏิบัติงานโปร่งใสและตรวจสอบได้", (
        ("ประกาศเจตนารมณ์สุจริตของผู้บริหารจังหวัด", "public_personnel", "ประกาศ 1 ฉบับ", 1, 2, 3),
        ("อบรมผู้ปฏิบัติงานจัดซื้อจัดจ้างเรื่องการขัดกันแห่งผลประโยชน์", "public_personnel", "ผู้ผ่านการอบรม 60 คน", 2, 4, 6),
        ("เปิดเผยข้อมูลตามแบบวัด OIT ให้ครบทุกข้อ", "public_personnel", "ข้อมูลครบทุกข้อ", 2, 5, 7),
    )),
    ("โครงการเครือข่ายสุจริตระดับอำเภอ", "เพื่อให้ประชาชนมีส่วนร่วมเฝ้าระวังการทุจริตในพื้นที่", (
        ("ตั้งชมรมสุจริตในทุกอำเภอ", "people", "ชมรมครบทุกอำเภอ", 2, 3, 6),
        ("ค่ายเยาวชนสุจริต", "youth", "เยาวชน 100 คน", 1, 7, 9),
    )),
)  # fmt: skip


def make(actor: Any) -> int:
    """Publish the template; 60 provinces adopt it, 3 adapt it, 2 decline, the others have not answered.

    The template is of this fiscal year, for which the demo's provinces have no plan yet: nothing is doubled.
    Gives how many answers there are; 0 where the template is there already or the ministry is missing.
    """
    owner = Unit.objects.filter(code="moi").first()
    if owner is None or PlanTemplate.objects.filter(code=CODE).exists():
        return 0
    with transaction.atomic():
        template = services.template_from_plan(
            actor=actor, plan=_source(actor, owner), code=CODE, title_th=TITLE,
            adopt_by=clock.today() + WEEKS,
        )  # fmt: skip
        services.publish_template(actor=actor, template=template)
        provinces = sorted(queries.audience(template), key=lambda u: u.code)
        told = provinces[: ADOPTED + ADAPTED + DECLINED]
        for place, unit in enumerate(told):
            if place < DECLINED:
                services.decline_template(actor=actor, template=template, unit=unit, reason=REASON)
            else:
                services.adopt_template(actor=actor, template=template, unit=unit)
        made = Plan.objects.filter(template=template)
        made.update(synthetic=True)
        own = made.filter(owner__in=told[DECLINED : DECLINED + ADAPTED])
        for plan in own:
            last = Activity.objects.filter(project__plan=plan).order_by("-pk")[:1]
            Activity.objects.filter(pk__in=list(last.values_list("pk", flat=True))).update(
                expected_output=OWN, weight=5
            )
    return len(told)


def _source(actor: Any, owner: Unit) -> Plan:
    """The ministry's own small plan, from which the template is made."""
    plan = create_plan(
        actor=actor, owner=owner, fiscal_year=fiscal_year_be(clock.today()), kind=Plan.Kind.INTEGRITY,
        code=CODE, title_th=TITLE, synthetic=True,
    )  # fmt: skip
    fill_plan(plan, _document())
    return plan


def _document() -> dict[str, Any]:
    """The small plan as a document of a template."""
    return {
        "projects": [
            {
                "key": f"p{n}", "title_th": title, "objective": objective,
                "activities": [
                    {
                        "key": f"p{n}a{k}", "title_th": name, "target_group": group, "expected_output": output,
                        "weight": weight, "months": _months(first, last),
                    }
                    for k, (name, group, output, weight, first, last) in enumerate(rows, start=1)
                ],
            }
            for n, (title, objective, rows) in enumerate(PROJECTS, start=1)
        ]
    }  # fmt: skip


def _months(first: int, last: int) -> list[int]:
    """Cumulative shares in hundredths of a per cent, even from the first to the last month of work."""
    span = last - first + 1
    return [max(0, min(10_000, 10_000 * (m - first + 1) // span)) for m in range(1, 13)]
