"""A small country for areas: two provinces, four agencies, projects that meet and gaps that stay."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sucharit.core import clock
from sucharit.orgs.models import Unit
from sucharit.plans.models import (
    Activity,
    Actual,
    BudgetLine,
    Indicator,
    Plan,
    Project,
    ProjectArea,
    Target,
)
from tests import make

YEAR = 2567
E4 = 10_000


@dataclass
class World:
    units: dict[str, Unit]

    def plan(self, owner: str, code: str = "p1", **fields: Any) -> Plan:
        defaults = {"kind": "annual", "title_th": f"แผนของ {owner}", "fiscal_year": YEAR}
        return Plan.objects.get_or_create(
            owner=self.units[owner], code=code, fiscal_year=YEAR, defaults=defaults | fields
        )[0]

    def project(self, owner: str, areas: list[str], title: str = "โครงการ", **plan: Any) -> Project:
        made = self.plan(owner, **plan)
        project = Project.objects.create(
            plan=made, fiscal_year=YEAR, seq=made.projects.count() + 1, title_th=title,
            owner=self.units[owner],
        )  # fmt: skip
        ProjectArea.objects.bulk_create(
            ProjectArea(
                project=project, unit=self.units[a], fiscal_year=YEAR, path=self.units[a].path
            )
            for a in areas
        )
        return project

    def activity(self, project: Project, group: str = "youth", **fields: Any) -> Activity:
        return Activity.objects.create(
            **{
                "project": project,
                "seq": project.activities.count() + 1,
                "title_th": f"กิจกรรม {project.activities.count() + 1}",
                "owner": project.owner,
                "target_group": group,
                "starts_on": dt.date(2024, 1, 1),
                "ends_on": dt.date(2024, 3, 31),
            }
            | fields
        )

    def money(self, project: Project, unit: str, allocated: int, disbursed: int) -> BudgetLine:
        return BudgetLine.objects.create(
            project=project, unit=self.units[unit], fiscal_year=YEAR, origin_fiscal_year=YEAR,
            source="regular", category="operating", item="x", allocated_satang=allocated,
            disbursed_satang=disbursed,
        )  # fmt: skip

    def indicator(self, unit: str, target: int, value: int | None, **fields: Any) -> Indicator:
        made = Indicator.objects.create(
            **{
                "code": f"i{Indicator.objects.count() + 1}",
                "owner_unit": self.units["moi"],
                "name_th": f"ตัวชี้วัด {Indicator.objects.count() + 1}",
                "measure": "count",
                "direction": "increase",
                "frequency": "year",
            }
            | fields
        )
        self.figure(made, unit, target, value)
        return made

    def figure(self, indicator: Indicator, unit: str, target: int, value: int | None) -> None:
        Target.objects.create(
            indicator=indicator, unit=self.units[unit], fiscal_year=YEAR, value_e4=target * E4
        )
        if value is not None:
            Actual.objects.create(
                indicator=indicator, unit=self.units[unit], fiscal_year=YEAR, period="year", seq=1,
                value_e4=value * E4, status="verified", official=True, entered_at=clock.now(),
                verified_at=clock.now(),
            )  # fmt: skip


def world() -> World:
    """The small ministry with a second district and a tambon in the first province."""
    units = make.ministry()
    more = make.unit("th-3802", parent=units["th-38"], kind="district", name_th="อำเภอเซกา")
    tambon = make.unit("th-380101", parent=units["th-3801"], kind="subdistrict", name_th="ตำบลวิศิษฐ์")
    units |= {"th-3802": more, "th-380101": tambon}
    return World({code: Unit.objects.get(pk=u.pk) for code, u in units.items()})


def filled() -> World:
    """Two agencies that meet in a district, one of them also elsewhere; indicators met and not met."""
    w = world()
    cdd = w.project("moi-cdd", ["th-3801", "th-66"], "อบรมเยาวชนต้านทุจริต")
    w.activity(cdd, progress_e2=5_000)
    w.activity(cdd, "people")
    w.money(cdd, "th-38", 100_000_00, 40_000_00)
    own = w.project("th-38", ["th-380101"], "อบรมเยาวชนต้านการทุจริต")
    w.activity(own, progress_e2=10_000, weight=3)
    w.money(own, "th-38", 50_000_00, 0)
    wide = w.project("moi-dol", ["th-38"], "ปรับปรุงบริการที่ดิน")
    w.activity(wide, "private", starts_on=None, ends_on=None)
    elsewhere = w.project("th-66", ["th-66"], "โครงการของพิจิตร")
    w.activity(elsewhere)
    met = w.indicator("th-38", 10, 12)
    below = w.indicator("th-38", 10, 4)
    worked = w.indicator("th-38", 10, 5)
    w.indicator("th-38", 10, None)
    own.activities.get().indicators.add(worked)
    assert met != below
    return w
