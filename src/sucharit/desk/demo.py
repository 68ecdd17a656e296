"""Demo of the desk: invented action items in every state, one put off, one handed over, a deputy, obligations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from sucharit.core.actors import System
from sucharit.core.fiscal import fiscal_year_be
from sucharit.desk.deadlines import demo as deadlines
from sucharit.desk.models import ActionItem
from sucharit.desk.services import actions, work
from sucharit.desk.services.actions.proving import KIND
from sucharit.orgs.models import Unit, User

PROVINCE, DEPARTMENT, MINISTRY = "th-38", "moi-cdd", "moi"
_MARK = "(ตัวอย่าง)"
_PREFIX = "demo-"  # keys of the findings: a second run finds them again
_HIGH, _NORMAL, _LOW = ActionItem.Priority.HIGH, ActionItem.Priority.NORMAL, ActionItem.Priority.LOW
_WHY = "ยกมาจากผลการประเมินปีที่ผ่านมา ข้อมูลสังเคราะห์เพื่อการทดลองใช้"
# key, lead unit, unit of the finding, owner, days until due, priority, what is to be done
_ITEMS = (
    ("progress", PROVINCE, MINISTRY, "officer", 9, _NORMAL, "ปรับปรุงคู่มือมาตรฐานการให้บริการประชาชน"),
    ("submitted", PROVINCE, MINISTRY, "officer", 4, _HIGH, "เผยแพร่รายงานผลการจัดซื้อจัดจ้างประจำปี"),
    ("blocked", PROVINCE, MINISTRY, "officer", 20, _NORMAL, "ตั้งช่องทางร้องเรียนออนไลน์ของจังหวัด"),
    ("asked", PROVINCE, MINISTRY, "officer", 6, _NORMAL, "จัดอบรมการป้องกันผลประโยชน์ทับซ้อน"),
    ("overdue", PROVINCE, MINISTRY, "officer", -8, _HIGH, "ส่งแผนบริหารความเสี่ยงการทุจริต"),
    ("returned", PROVINCE, MINISTRY, "officer", 12, _NORMAL, "ประกาศเจตนารมณ์ไม่รับของขวัญฉบับปีปัจจุบัน"),
    ("accepted", PROVINCE, PROVINCE, "officer", 2, _LOW, "แก้ไขลิงก์ที่เปิดไม่ได้บนเว็บไซต์จังหวัด"),
    ("later", PROVINCE, PROVINCE, "officer", 30, _LOW, "ทบทวนแผนผังขั้นตอนการให้บริการ"),
    ("handed", PROVINCE, PROVINCE, "officer", 7, _NORMAL, "เตรียมข้อมูลประชุมคณะทำงาน ITA จังหวัด"),
    ("department", DEPARTMENT, MINISTRY, "cdd", 15, _NORMAL, "สรุปผลการติดตามแผนป้องกันการทุจริต"),
)  # fmt: skip


def make(actor: System, today: dt.date) -> int:
    """Fill the desks of the accounts "officer", "head", "centre" and "cdd"; gives how many items are new.

    Needs the demo's units; accounts that are not there leave out what is theirs. Idempotent. The accounts
    do what only they may do, so their notices come by themselves.
    """
    units = {u.code: u for u in Unit.objects.filter(code__in=(PROVINCE, DEPARTMENT, MINISTRY))}
    people = {
        u.username: u
        for u in User.objects.filter(username__in=("officer", "head", "centre", "cdd"))
    }
    if PROVINCE not in units:
        return 0
    made = 0
    with transaction.atomic():
        there = set(
            ActionItem.objects.filter(
                source_kind=actions.MANUAL, source_id__startswith=_PREFIX
            ).values_list("source_id", flat=True)
        )
        new: dict[str, ActionItem] = {}
        for key, lead, origin, owner, days, priority, title in _ITEMS:
            if _PREFIX + key in there or not {lead, origin} <= units.keys() or owner not in people:
                continue
            new[key] = actions.open_action(
                actor=actor, unit=units[lead], origin_unit=units[origin], title=f"{title} {_MARK}",
                fiscal_year=fiscal_year_be(today), source_kind=actions.MANUAL, priority=priority,
                source_id=_PREFIX + key, why=f"{_WHY} {_MARK}", owner=people[owner],
                due_on=today + dt.timedelta(days=days),
            )  # fmt: skip
        made = len(new)
        _work(new, people, actor, today)
        _arrange(new, people, today)
    deadlines.make([units[PROVINCE]])
    return made


def _work(
    new: Mapping[str, ActionItem], people: Mapping[str, User], actor: System, today: dt.date
) -> None:
    """Take each new item to its state. The ministry's decisions are the centre's, where there is one."""
    decides: Any = people.get("centre", actor)
    for key, item in new.items():
        own: dict[str, Any] = {"actor": item.owner, "action": item}
        if key in ("progress", "blocked", "department"):
            actions.start_action(**own)
        if key in ("progress", "department"):
            actions.report_progress(**own, progress=40, note=f"ยกร่างแล้ว รอหัวหน้าตรวจ {_MARK}")
        elif key in ("submitted", "returned", "accepted"):
            actions.submit_action(**own, note=f"ดำเนินการแล้ว ตามเอกสารที่แนบ {_MARK}")
        elif key == "blocked":
            actions.block_action(**own, reason=f"รอผู้ดูแลเว็บไซต์เปิดสิทธิใช้งาน {_MARK}")
        elif key == "asked":
            later = today + dt.timedelta(days=20)
            actions.ask_for_day(**own, due_on=later, reason=f"วิทยากรว่างหลังวันครบกำหนด {_MARK}")
        if key == "returned":
            actions.return_action(actor=decides, action=item, note=f"ยังไม่พบลายมือชื่อผู้บริหาร {_MARK}")
        elif key == "accepted":
            actions.accept_action(actor=people.get("head", actor), action=item)


def _arrange(new: Mapping[str, ActionItem], people: Mapping[str, User], today: dt.date) -> None:
    """One item put off, one handed to the head, and the head away with the officer as deputy."""
    officer, head = people.get("officer"), people.get("head")
    if officer is not None and "later" in new:
        work.snooze(
            actor=officer, key=f"{KIND}:{new['later'].pk}", until=today + dt.timedelta(days=10),
            reason=f"รอข้อมูลจากอำเภอ {_MARK}",
        )  # fmt: skip
    if officer is None or head is None or "handed" not in new:
        return
    work.hand_over(
        actor=officer, key=f"{KIND}:{new['handed'].pk}", taker=head, note=f"ขอให้ช่วยตรวจ {_MARK}"
    )
    work.set_deputy(
        actor=head, deputy=officer, starts_on=today, ends_on=today + dt.timedelta(days=6),
        reason=f"ไปราชการ {_MARK}",
    )  # fmt: skip
