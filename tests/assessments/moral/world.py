"""A province with three organisations and two districts; campaigns on the bundled moral instruments."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from sucharit.assessments.checklists import services
from sucharit.assessments.models import Campaign, CampaignUnit
from sucharit.assessments.moral import data, demo
from sucharit.assessments.services.instruments import load_instrument
from sucharit.core import clock
from sucharit.core.actors import System
from sucharit.orgs.models import Unit, User
from tests import make

SYSTEM = System("test")
DAY = dt.timedelta(days=1)
ORG = "th-38-a"
PROVINCE = "th-38"


@dataclass
class World:
    units: dict[str, Unit]
    people: dict[str, User] = field(default_factory=dict)

    def __getattr__(self, name: str) -> User:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None

    def final(
        self,
        plan: dict[str, int | dict[str, Any] | None],
        year: int = 2567,
        code: str = data.ORGANISATION,
        **more: Any,
    ) -> Campaign:
        """A final campaign; a level stands for answers that give it, None for never handed in."""
        answers = {
            self.units[u]: demo.nine(a) if isinstance(a, int) else a for u, a in plan.items()
        }
        demo.make_campaign(SYSTEM, self.units["moi"], code, year, answers, **more)
        return Campaign.objects.latest("pk")

    def open(
        self, codes: list[str], year: int = 2567, code: str = data.ORGANISATION, **fields: Any
    ) -> Campaign:
        """An open campaign around today."""
        today = clock.today()
        framework, _new = load_instrument(actor=SYSTEM, path_or_id=code)
        made = Campaign.objects.create(
            **{
                "framework": framework, "owner": self.units["moi"], "fiscal_year": year,
                "title_th": "องค์กรคุณธรรม", "title_en": "Moral organisations", "mode": "unit", "state": "open",
                "opens_on": today - 7 * DAY, "closes_on": today + 7 * DAY, "review_to": today + 30 * DAY,
                "settings": {"stages": ["ministry"]},
            }
            | fields
        )  # fmt: skip
        for unit in codes:
            CampaignUnit.objects.create(campaign=made, unit=self.units[unit])
        return made

    def cu(self, campaign: Campaign, code: str = ORG) -> CampaignUnit:
        return CampaignUnit.objects.select_related(
            "unit", "campaign__owner", "campaign__framework"
        ).get(campaign=campaign, unit__code=code)

    def save(self, cu: CampaignUnit, item: str, value: Any, actor: Any = SYSTEM) -> Any:
        there = cu.checklist_answers.filter(item=item).first()
        return services.save_answer(
            actor=actor, campaign_unit=cu, item=item, value=value,
            version=there.version if there else 0,
        )  # fmt: skip


def world() -> World:
    units = make.ministry()
    p38 = units[PROVINCE]
    for tail in ("a", "b", "c"):
        code = f"th-38-{tail}"
        units[code] = make.unit(code, parent=p38, kind="tao", name_th=f"อบต. ทดสอบ {tail}")
    units["th-3802"] = make.unit("th-3802", parent=p38, kind="district", name_th="อำเภอพรเจริญ")
    units["moi-cdd-1"] = make.unit(
        "moi-cdd-1", parent=units["moi-cdd"], kind="bureau", name_th="กองทดสอบ"
    )
    for unit in units.values():
        unit.refresh_from_db()
    people = {
        "centre": make.user("ministry_centre", units["moi"]),
        "officer": make.user("unit_officer", units[ORG]),
        "head": make.user("unit_head", units[ORG]),
        "province": make.user("unit_officer", units[PROVINCE]),
        "elsewhere": make.user("unit_officer", units["th-66"]),
        "nobody": make.user(),
    }
    return World(units, people)
