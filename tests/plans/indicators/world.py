"""A small ministry with people, one percentage and one count, held against targets of two provinces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sucharit.core.actors import System
from sucharit.orgs.models import Unit, User
from sucharit.plans.indicators import services
from sucharit.plans.models import Actual, Indicator
from tests import make

SYSTEM = System("test")
E4 = 10_000
YEAR = 2567


@dataclass
class World:
    units: dict[str, Unit]
    share: Indicator
    count: Indicator
    people: dict[str, User]

    def entry(self, numerator: int, denominator: int) -> services.Entry:
        return services.Entry(None, numerator * E4, denominator * E4)

    def enter(
        self,
        unit: str = "th-38",
        seq: int = 1,
        n: tuple[int, int] = (3, 4),
        who: Any = None,
        **more: Any,
    ) -> Actual:
        return services.enter_actual(
            actor=who or self.people["officer"], indicator=self.share, unit=self.units[unit],
            fiscal_year=YEAR, seq=seq, entry=self.entry(*n), **more,
        )  # fmt: skip

    def official(self, unit: str, seq: int, n: tuple[int, int], **more: Any) -> Actual:
        made = self.enter(unit, seq, n, who=SYSTEM, **more)
        services.submit_actual(actor=SYSTEM, actual=made)
        return services.verify_actual(actor=SYSTEM, actual=made)

    def target(self, unit: str, value: int, indicator: Indicator | None = None) -> Any:
        return services.set_target(
            actor=SYSTEM, indicator=indicator or self.share, unit=self.units[unit], fiscal_year=YEAR,
            value_e4=value * E4,
        )  # fmt: skip


def world() -> World:
    units = make.ministry()
    moi, p38 = units["moi"], units["th-38"]
    share = services.create_indicator(
        actor=SYSTEM, owner_unit=moi, code="moi-share",
        values={
            "name_th": "ร้อยละของหน่วยงานที่ผ่าน", "measure": "percent", "direction": "increase",
            "numerator_th": "ผ่าน", "denominator_th": "ทั้งหมด", "over_space": "weighted", "unit_th": "ร้อยละ",
        },
    )  # fmt: skip
    count = services.create_indicator(
        actor=SYSTEM, owner_unit=moi, code="moi-count",
        values={"name_th": "จำนวนเครือข่าย", "measure": "count", "direction": "increase", "over_time": "sum"},
    )  # fmt: skip
    people = {
        "officer": make.user("unit_officer", p38),
        "officer2": make.user("unit_officer", p38),
        "head": make.user("unit_head", p38),
        "centre": make.user("ministry_centre", moi),
        "centre2": make.user("ministry_centre", moi),
        "other": make.user("unit_officer", units["th-66"]),
    }
    return World(units, share, count, people)
