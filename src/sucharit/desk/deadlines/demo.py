"""Demo of this room: the calendar, the clocks, and invented obligations of a few units (fiscal year 2567)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sucharit.core.actors import System
from sucharit.desk.deadlines import services
from sucharit.desk.models import Obligation
from sucharit.orgs.models import Unit

_KIND = "demo.deadlines"  # nobody's things: links lead nowhere, and a second run finds them again
_DAY = dt.date(2024, 3, 19)  # the seminar's last day
# clock, days after the seminar, title, extended, closed
_OWED = (
    ("report_back", 0, "รายงานผลหลังการสัมมนา (ตัวอย่าง)", False, True),
    ("oic_complaint", 14, "ตอบเรื่องร้องเรียนข้อมูลข่าวสาร (ตัวอย่าง)", True, False),
    ("nacc_measure_reply", 30, "แจ้งผลตามมาตรการป้องกันการทุจริต (ตัวอย่าง)", False, False),
    ("emenscr_quarter", 12, "รายงาน eMENSCR ไตรมาสที่ 2 (ตัวอย่าง)", False, True),
)


def make(units: Iterable[Unit]) -> int:
    """Load calendar and clocks, give each unit four obligations; gives how many are new. Idempotent."""
    actor = System("demo")
    services.load_calendar(actor=actor, first_year=2560, last_year=2575)
    services.load_clocks(actor=actor)
    made = 0
    for unit in units:
        there = set(
            Obligation.objects.filter(unit=unit, subject_kind=_KIND).values_list("clock__key", flat=True)
        )  # fmt: skip
        for key, after, title, extended, closed in _OWED:
            if key in there:
                continue
            owed = services.open_obligation(
                actor=actor, unit=unit, clock_key=key, anchor_on=_DAY + dt.timedelta(days=after),
                title=title, subject_kind=_KIND, subject_id=f"{unit.code}:{key}",
            )  # fmt: skip
            if extended:
                services.extend_obligation(
                    actor=actor, obligation=owed, reason="รอเอกสารจากหน่วยงานเจ้าของเรื่อง"
                )
            if closed:
                services.close_obligation(actor=actor, obligation=owed, note="ส่งรายงานแล้ว")
            made += 1
    return made
