"""A small plan to work on: ministry, province, people, master plan with Y and Z."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from sucharit.core import clock
from sucharit.orgs.models import RoleAssignment, Unit
from sucharit.plans.models import Activity, Goal, Plan, Project, Strategy
from sucharit.plans.work import services
from tests import make

REASON = "อบรมบุคลากรให้ยึดมั่นในความซื่อสัตย์ จึงทำให้ประชาชนมีวัฒนธรรมสุจริต"
TODAY = dt.date(2024, 1, 15)  # FY2567, second quarter
EVEN = [0, 1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000, 10_000, None]


@dataclass
class World:
    units: dict[str, Unit]
    officer: Any
    head: Any
    head2: Any
    centre: Any
    other: Any
    y: Goal
    z: Goal
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def province(self) -> Unit:
        return self.units["th-38"]

    def plan(self, **fields: Any) -> Plan:
        return services.create_plan(
            actor=self.officer,
            owner=self.province,
            fiscal_year=2567,
            kind="province",
            title_th="แผนปฏิบัติการจังหวัดบึงกาฬ ปี 2567",
            **{"code": "action", **fields},
        )

    def project(self, plan: Plan, *, aligned: bool = True, **fields: Any) -> Project:
        made = services.create_project(
            actor=self.officer,
            plan=plan,
            title_th="โครงการยกระดับ ITA",
            areas=["th-38", "th-3801"],
            **fields,
        )
        if aligned:
            services.align_project(
                actor=self.officer, project=made, rung="y", goal=self.y, contribution=REASON
            )
        return made

    def activity(self, project: Project, **fields: Any) -> Activity:
        return services.create_activity(
            actor=self.officer, project=project, **{"title_th": "ประชุมเชิงปฏิบัติการ", **fields}
        )

    def approved(self) -> tuple[Plan, Project, Activity]:
        """An approved plan with one project and one planned activity."""
        plan = self.plan()
        project = self.project(plan)
        activity = self.activity(project)
        services.set_month_plan(actor=self.officer, activity=activity, planned=EVEN)
        services.submit_plan(actor=self.officer, plan=plan)
        services.approve_plan(actor=self.head, plan=plan)
        for row in (plan, project, activity):
            row.refresh_from_db()
        return plan, project, activity


def world(monkeypatch: Any = None, today: dt.date = TODAY) -> World:
    """The world; with ``monkeypatch`` it is ``today`` in it."""
    if monkeypatch is not None:
        monkeypatch.setattr(clock, "today", lambda: today)
    units = make.ministry()
    province, moi = units["th-38"], units["moi"]
    plan = {"version": "2566-2580", "from_fy": 2566, "to_fy": 2580}
    master = Strategy.objects.create(level="master", code="w-mp21", title_th="แผนแม่บท 21", **plan)
    sub = Strategy.objects.create(
        level="subplan", code="w-mp21-1", title_th="แผนย่อย 21.1", parent=master, **plan
    )
    return World(
        units=units,
        officer=make.user("unit_officer", province),
        head=make.user("unit_head", province),
        head2=make.user("unit_head", province),
        centre=make.user("ministry_centre", moi),
        other=make.user("unit_head", units["th-66"]),
        y=Goal.objects.create(strategy=sub, code="210101", title_th="ประชาชนมีวัฒนธรรมสุจริต"),
        z=Goal.objects.create(strategy=master, code="210001", title_th="ประเทศไทยปลอดการทุจริต"),
    )


def also(user: Any, role: str, unit: Unit) -> Any:
    """The user with one more role."""
    RoleAssignment.objects.create(user=user, role=role, unit=unit)
    return type(user).objects.get(pk=user.pk)
