"""The master plan from ``plans/data/master-plan-21.yaml`` into the tables; again and again without harm.

Strategies and goals follow the file. Indicators, targets and figures are only added where they are
missing: what people changed since stays as they left it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.core import clock
from sucharit.core.errors import Refusal
from sucharit.core.ledger import record
from sucharit.orgs import scope
from sucharit.orgs.models import Unit
from sucharit.plans.engine.figures import parse_e4
from sucharit.plans.models import Actual, Goal, Indicator, Strategy, Target

FILE = Path(__file__).resolve().parents[1] / "data" / "master-plan-21.yaml"
MANAGE = "plans.manage"
ORIGINAL, AMENDED = "2561-2580", "2566-2580"
AMENDMENT = "แผนแม่บทฉบับแก้ไขเพิ่มเติม พ.ศ. 2566–2580 ใช้แทนฉบับ พ.ศ. 2561–2580 ค่าเป้าหมายรายปีต่างจากฉบับเดิม"
TEXTS = ("name_th", "name_en", "definition", "numerator_th", "denominator_th", "unit_th", "unit_en",
         "measure", "direction", "decimals", "data_source")  # fmt: skip


@dataclass
class Loaded:
    """How many rows are new."""

    strategies: int = 0
    goals: int = 0
    indicators: int = 0
    targets: int = 0
    figures: int = 0

    @property
    def total(self) -> int:
        return self.strategies + self.goals + self.indicators + self.targets + self.figures


def load_strategies(*, actor: Any, path: Path = FILE) -> Loaded:
    """Bring the file in. Needs "plans.manage" at the topmost unit, which owns the national indicators.

    Refusal: there is no unit yet.
    """
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    root = Unit.objects.filter(depth=1).order_by("path").first()
    if root is None:
        raise Refusal(_("Bring in the register of units first: the ministry owns the indicators."))
    done = Loaded()
    with transaction.atomic():
        scope.require(actor, MANAGE, root)
        for row in document["strategies"]:
            _strategy(row, done)
        for row in document["goals"]:
            _goals(row, done)
        for row in document["indicators"]:
            _indicators(row, root, done)
        for code, rows in document["series"].items():
            _series(code, rows, root, done)
        if done.total:
            record(
                actor=actor, action="plans.strategies.loaded", target="plans.strategy:mp21", unit=root,
                strategies=done.strategies, goals=done.goals, indicators=done.indicators,
                targets=done.targets, figures=done.figures,
            )  # fmt: skip
    return done


def _strategy(row: dict[str, Any], done: Loaded) -> None:
    values = {
        k: row[k]
        for k in ("level", "title_th", "title_en", "from_fy", "to_fy", "source", "verified")
    }
    if row.get("parent"):
        versions = Strategy.objects.filter(code=row["parent"])
        wanted = row.get("parent_version", row["version"])
        values["parent"] = versions.filter(version=wanted).first() or versions.first()
    _made, new = Strategy.objects.update_or_create(
        code=row["code"], version=row["version"], defaults=values
    )
    done.strategies += new


def _goals(row: dict[str, Any], done: Loaded) -> None:
    for strategy in Strategy.objects.filter(code=row["strategy"]):
        values = {
            "title_th": row["title_th"],
            "title_en": row["title_en"],
            "verified": row["verified"],
        }
        _made, new = Goal.objects.update_or_create(
            strategy=strategy, code=row["code"], defaults=values | {"source": strategy.source}
        )
        done.goals += new


def _indicators(row: dict[str, Any], root: Unit, done: Loaded) -> None:
    """Version 1 goes with the original plan and takes no more figures, version 2 with the amended one."""
    before: Indicator | None = None
    for number, plan in ((1, ORIGINAL), (2, AMENDED)):
        goal = Goal.objects.get(code=row["goal"], strategy__version=plan)
        amended = plan == AMENDED
        values: dict[str, Any] = {k: row[k] for k in TEXTS if k in row}
        made, new = Indicator.objects.get_or_create(
            code=row["code"],
            version=number,
            defaults=values
            | {
                "goal": goal, "owner_unit": root, "kind": Indicator.Kind.IMPACT, "frequency": "year",
                "over_time": "last", "over_space": "none", "public": True, "source": goal.strategy.source,
                "verified": False, "supersedes": before if amended else None,
                "change_note": AMENDMENT if amended else "",
                "retired_at": None if amended else clock.now(),
            },
        )  # fmt: skip
        done.indicators += new
        _targets(made, root, row, plan, done)
        before = made


def _targets(made: Indicator, root: Unit, row: dict[str, Any], plan: str, done: Loaded) -> None:
    amended = plan == AMENDED
    source = row.get("amended_source", "") if amended else "แผนแม่บท ประเด็น 21 พ.ศ. 2561–2580"
    for year, value in row.get("amended" if amended else "original", {}).items():
        _row, new = Target.objects.get_or_create(
            indicator=made, unit=root, fiscal_year=int(year), period="year", seq=1, superseded=False,
            defaults={
                "value_e4": parse_e4(value), "plan_version": plan, "source": source,
                "verified": bool(amended and row.get("amended_verified")), "approved_at": clock.now(),
            },
        )  # fmt: skip
        done.targets += new


def _series(code: str, rows: list[dict[str, Any]], root: Unit, done: Loaded) -> None:
    """Announced values of the nation. One whose source was not seen waits to be verified."""
    indicator = Indicator.objects.get(code=code, version=2)
    now = clock.now()
    for row in rows:
        there = Actual.objects.filter(
            indicator=indicator, unit=root, fiscal_year=row["year"], period="year", seq=1
        )
        if there.exists():
            continue
        sure = bool(row["verified"])
        Actual.objects.create(
            indicator=indicator, unit=root, fiscal_year=row["year"], period="year", seq=1,
            value_e4=parse_e4(row["value"]), note=row["source"], entered_at=now, submitted_at=now,
            status=Actual.Status.VERIFIED if sure else Actual.Status.SUBMITTED,
            official=sure, verified_at=now if sure else None,
        )  # fmt: skip
        done.figures += 1
