"""Synthetic indicators of the demo ministry for fiscal year 2567, measured in every province. Deterministic.

Every figure says in its source or note that it is synthetic; some provinces have not reported, on purpose.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from sucharit.core import clock
from sucharit.core.ledger import record
from sucharit.orgs.models import Unit
from sucharit.plans.engine.figures import E4, share, to_e4
from sucharit.plans.indicators.services import create_indicator
from sucharit.plans.models import Actual, Baseline, Goal, Indicator, Target

YEAR = 2567
SYNTHETIC = "ข้อมูลสังเคราะห์"
# code, name, numerator, denominator, over time, target, base share in per cent, size, goal, measured by
SHEETS: tuple[tuple[str, str, str, str, str, int, int, int, str, str], ...] = (
    ("moi-ita-pass", "ร้อยละของหน่วยงานในจังหวัดที่ผ่านเกณฑ์ ITA 85 คะแนน", "หน่วยงานที่ได้ 85 คะแนนขึ้นไป",
     "หน่วยงานที่เข้ารับการประเมิน", "last", 85, 62, 60, "210101", ""),
    ("moi-closing", "ร้อยละของเรื่องที่ต้องดำเนินการซึ่งปิดแล้ว", "เรื่องที่ปิดแล้ว", "เรื่องทั้งหมดที่ไม่ยกเลิก",
     "last", 80, 55, 24, "", "desk.closing_rate"),
    ("moi-disbursed", "ร้อยละการเบิกจ่ายงบประมาณป้องกันการทุจริต", "เบิกจ่าย (พันบาท)", "จัดสรร (พันบาท)",
     "last", 94, 70, 900, "", ""),
    ("moi-youth", "ร้อยละของเยาวชนในเครือข่ายสุจริตที่ร่วมกิจกรรม", "เยาวชนที่ร่วมกิจกรรม", "เยาวชนในเครือข่าย",
     "last", 60, 48, 400, "210101", ""),
    ("moi-trained", "ร้อยละของผู้เข้าอบรมที่รายงานผลต่อผู้บังคับบัญชา", "ผู้ที่รายงานแล้ว", "ผู้เข้าอบรม",
     "sum", 90, 74, 30, "", ""),
)  # fmt: skip
CLUBS = "moi-clubs"


def make(actor: Any) -> int:
    """Six indicators with baselines, targets and four quarters; gives how many figures are new.

    Does nothing where they are already, or the ministry's root is missing.
    """
    owner = Unit.objects.filter(code="moi").first()
    if owner is None or Indicator.objects.filter(code=SHEETS[0][0]).exists():
        return 0
    provinces = list(Unit.objects.filter(kind=Unit.Kind.PROVINCE).order_by("code"))
    with transaction.atomic():
        done = sum(_share(actor, owner, provinces, n, sheet) for n, sheet in enumerate(SHEETS))
        done += _clubs(actor, owner, provinces)
        record(
            actor=actor, action="plans.indicators.demo", target="plans.indicator:demo", unit=owner,
            fiscal_year=YEAR, figures=done,
        )  # fmt: skip
    return done


def _share(actor: Any, owner: Unit, provinces: list[Unit], number: int, sheet: Any) -> int:
    code, name, above, below, over_time, target, base, size, goal, measured = sheet
    indicator = create_indicator(
        actor=actor, owner_unit=owner, code=code,
        values={
            "name_th": name, "kind": "outcome", "measure": "percent", "direction": "increase", "unit_th": "ร้อยละ",
            "unit_en": "per cent", "numerator_th": above, "denominator_th": below, "over_time": over_time,
            "over_space": "weighted", "source": SYNTHETIC, "public": True, "measured_by": measured,
            "goal": Goal.objects.filter(code=goal).order_by("-strategy__version").first() if goal else None,
        },
    )  # fmt: skip
    rows = []
    for at, unit in enumerate(provinces):
        denominator = size + (at * 7 + number * 3) % size
        for quarter in range(1, 5):
            percent = min(100, base + quarter * 6 + (at * 13 + number * 5) % 25 - 8)
            if (at + quarter + number) % 17 == 0 or (quarter == 4 and at % 23 == number):
                continue  # not reported
            rows.append(
                _actual(indicator, unit, quarter, denominator * percent // 100, denominator)
            )
    _aims(indicator, [owner, *provinces], target, base)
    return len(Actual.objects.bulk_create(rows))


def _clubs(actor: Any, owner: Unit, provinces: list[Unit]) -> int:
    indicator = create_indicator(
        actor=actor, owner_unit=owner, code=CLUBS,
        values={
            "name_th": "จำนวนชมรมหรือเครือข่ายสุจริตที่ตั้งใหม่", "measure": "count", "direction": "increase",
            "unit_th": "เครือข่าย", "unit_en": "networks", "decimals": 0, "over_time": "sum", "over_space": "sum",
            "source": SYNTHETIC, "public": True,
        },
    )  # fmt: skip
    rows = [
        _actual(indicator, unit, quarter, (at * 5 + quarter * 3) % 6, None)
        for at, unit in enumerate(provinces)
        for quarter in range(1, 5)
        if (at + quarter) % 19
    ]
    _aims(indicator, provinces, 10, 4)
    _aims(indicator, [owner], 10 * len(provinces), 4 * len(provinces))
    return len(Actual.objects.bulk_create(rows))


def _actual(
    indicator: Indicator, unit: Unit, quarter: int, numerator: int, denominator: int | None
) -> Actual:
    now = clock.now()
    exact = share(numerator, denominator, indicator.measure) if denominator else None
    return Actual(
        indicator=indicator, unit=unit, fiscal_year=YEAR, period="quarter", seq=quarter,
        numerator_e4=numerator * E4 if denominator else None,
        denominator_e4=denominator * E4 if denominator else None,
        value_e4=to_e4(exact) if denominator else numerator * E4,
        status="verified", official=True, note=SYNTHETIC, entered_at=now, submitted_at=now,
        verified_at=now,
    )  # fmt: skip


def _aims(indicator: Indicator, units: list[Unit], target: int, base: int) -> None:
    now = clock.now()
    Target.objects.bulk_create(
        Target(
            indicator=indicator, unit=u, fiscal_year=YEAR, value_e4=target * E4, approved_at=now,
            source=SYNTHETIC,
        )
        for u in units
    )  # fmt: skip
    Baseline.objects.bulk_create(
        Baseline(
            indicator=indicator, unit=u, fiscal_year=YEAR - 1, value_e4=base * E4, source=SYNTHETIC
        )
        for u in units
    )
