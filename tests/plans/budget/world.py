"""A ministry with a plan, a project of a province and budget lines, made plainly."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sucharit.core.actors import System
from sucharit.orgs.models import Unit, User
from sucharit.plans.budget import services
from sucharit.plans.models import Activity, BudgetLine, Plan, Project, ProjectArea
from tests import make

SYSTEM = System("test")
BAHT = 100
YEAR = 2567
DAY = dt.date(2024, 3, 18)


@dataclass
class World:
    units: dict[str, Unit]
    plan: Plan
    project: Project
    activity: Activity

    def unit(self, code: str) -> Unit:
        return self.units[code]

    def user(self, role: str, code: str) -> User:
        return make.user(role, self.units[code])

    def line(
        self, satang: int = 0, *, unit: str = "th-38", activity: bool = False, **fields: Any
    ) -> BudgetLine:
        """A line with money on it."""
        asked = {"source": "regular", "category": "operating", "item": "ค่าใช้จ่ายในการสัมมนา"} | fields
        made = services.create_line(
            actor=SYSTEM, project=self.project, unit=self.units[unit],
            activity=self.activity if activity else None, **asked,
        )  # fmt: skip
        if satang:
            services.allocate(actor=SYSTEM, line=made, amount=satang)
            made.refresh_from_db()
        return made


def world() -> World:
    units = make.ministry()
    plan = Plan.objects.create(
        fiscal_year=YEAR, kind="integrated", owner=units["moi"], code="nacc-2567",
        title_th="แผนงานบูรณาการต่อต้านการทุจริต", state="approved",
    )  # fmt: skip
    project = Project.objects.create(
        plan=plan, fiscal_year=YEAR, seq=1, title_th="โครงการจังหวัดใสสะอาด", owner=units["th-38"],
        state="running",
    )  # fmt: skip
    area = units["th-38"]
    ProjectArea.objects.create(project=project, unit=area, fiscal_year=YEAR, path=area.path)
    activity = Activity.objects.create(
        project=project, seq=1, title_th="สัมมนาเครือข่าย", owner=area, heads_planned=160,
        heads_attended=150, progress_e2=5_000, state="running",
    )  # fmt: skip
    return World(units, plan, project, activity)
