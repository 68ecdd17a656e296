"""Rules of plans, projects and activities: an approved plan that the side's unit owns."""

from __future__ import annotations

import datetime as dt

from tests.house.rights import EDIT, EXPORT, SIGNED_IN, VIEW, Rule

PLAN, PROJECT, ACTIVITY = ("pk:work_plan",), ("pk:work_project",), ("pk:work_activity",)
RULES: dict[str, Rule] = {
    "plans:plans": Rule(SIGNED_IN),
    "plans:plan_new": Rule(EDIT),
    "plans:plan_locks": Rule(VIEW),
    "plans:plan": Rule(VIEW, PLAN),
    "plans:plan_copy": Rule(EDIT, PLAN),
    "plans:plan_grid": Rule(VIEW, PLAN),
    "plans:plan_emenscr": Rule(VIEW, PLAN),
    "plans:plan_emenscr_file": Rule(EXPORT, (*PLAN, "form:emenscr")),
    "plans:project_new": Rule(EDIT, PLAN),
    "plans:project": Rule(VIEW, PROJECT),
    "plans:project_edit": Rule(EDIT, PROJECT),
    "plans:activity_new": Rule(EDIT, PROJECT),
    "plans:activity_from_action": Rule(EDIT),
    "plans:activity": Rule(VIEW, ACTIVITY),
    "plans:activity_edit": Rule(EDIT, ACTIVITY),
    "plans:activity_months": Rule(EDIT, ACTIVITY),
    "plans:activity_report": Rule(EDIT, (*ACTIVITY, "quarter:work")),
}  # fmt: skip


def fill(make: object, side: dict[str, object]) -> dict[str, object]:
    """A plan with a project and an activity of the side's unit."""
    from sucharit.core.actors import System
    from sucharit.plans.work import services

    actor, unit = System("test"), side["unit"]
    plan = services.create_plan(
        actor=actor, owner=unit, fiscal_year=2567, kind="province", code="work", title_th="แผน"
    )
    project = services.create_project(
        actor=actor, plan=plan, title_th="โครงการ", starts_on=dt.date(2023, 10, 1)
    )
    activity = services.create_activity(actor=actor, project=project, title_th="กิจกรรม")
    return {
        "pk:work_plan": plan.pk,
        "pk:work_project": project.pk,
        "pk:work_activity": activity.pk,
        "form:emenscr": "M2.csv",
        "quarter:work": 1,
    }
