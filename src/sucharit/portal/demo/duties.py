"""What waits on somebody's desk: signals of the surveys of 2567, action items, a reminder."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from django.db import transaction

from sucharit.assessments.engine.planner import Mend
from sucharit.assessments.fieldwork.services.reminders import remind_units
from sucharit.assessments.intake import closing
from sucharit.assessments.models import QualityReview, QualityRun, QualitySignal, Reminder, Round
from sucharit.assessments.planner.posted import mends
from sucharit.assessments.planner.queries import Desk, desk_of
from sucharit.assessments.planner.services import SOURCE
from sucharit.assessments.planner.services import make_actions as make_planned
from sucharit.assessments.quality import services as quality
from sucharit.core.actors import System
from sucharit.desk.models import ActionItem
from sucharit.orgs.models import Unit, User

CLOSED_AT = dt.datetime(2024, 7, 1, 3, 0, tzinfo=dt.UTC)
_NOTE = "(ข้อมูลสังเคราะห์)"
ASKED = "th-38"  # the unit that is asked about a signal
_EXPLAINED, _FOLLOW_UP = QualityReview.Finding.EXPLAINED, QualityReview.Finding.FOLLOW_UP
_EXPLANATION = "แบบวัดมีคำถามไม่มาก และผู้ตอบส่วนใหญ่เลือกระดับสูงสุดทุกข้อ ตรวจช่องทางการตอบแล้วไม่พบการชี้นำ"
_QUESTION = "ขอให้หน่วยงานอธิบายวิธีแจ้งลิงก์และสถานที่ตอบแบบวัด"
# unit, its officer's account, days until due of each item that lifts the result of 2567 most
_ACTIONS = (("th-38", "officer", (-5,)), ("th-66", "phichit", (14, 30)))


def make_signals(actor: System) -> int:
    """Close the surveys of 2567 as a final round's are, compute the signals, look at two of them; how many stand out."""
    round_ = Round.objects.filter(fiscal_year=2567, synthetic=True).order_by("pk").first()
    if round_ is None or QualityRun.objects.filter(round=round_).exists():
        return 0
    if round_.surveys_closed_at is None:
        with transaction.atomic():
            Round.objects.filter(pk=round_.pk).update(surveys_closed_at=CLOSED_AT)
            closing.close_surveys(actor=actor, round=round_)
        round_.refresh_from_db()
    run = quality.compute_signals(actor=actor, round=round_)
    found = QualitySignal.objects.filter(run=run, status="triggered").order_by("-order", "pk")
    centre = User.objects.get(username="centre")
    asked = found.filter(participation__unit__code=ASKED).first()
    with transaction.atomic():
        for signal, finding, note in (
            (found.exclude(participation__unit__code=ASKED).first(), _EXPLAINED, _EXPLANATION),
            (asked, _FOLLOW_UP, _QUESTION),
        ):
            if signal is not None:
                quality.review(actor=centre, signal=signal, finding=finding, note=f"{note} {_NOTE}")
    return found.count()


def make_actions(today: dt.date) -> int:
    """The officers of two provinces plan from the result of 2567; one item is overdue. Gives how many items."""
    if ActionItem.objects.filter(
        source_kind=SOURCE, unit__code__in=[a[0] for a in _ACTIONS]
    ).exists():
        return 0
    done = 0
    with transaction.atomic():
        for code, username, days in _ACTIONS:
            unit, user = Unit.objects.get(code=code), User.objects.get(username=username)
            desk = desk_of(user, unit, 2567)
            if desk is None:
                continue
            for mend, left in zip(_best(desk), days, strict=False):
                made = make_planned(
                    actor=user, unit=unit, framework=desk.framework, fiscal_year=2567, mends=[mend],
                    due_on=today + dt.timedelta(days=left), on=today - dt.timedelta(days=30),
                )  # fmt: skip
                done += len(made)
    return done


def _best(desk: Desk) -> list[Mend]:
    """What lifts the total: items of the self-report to full points, then questions to 95, each by its gain."""
    full = {i.code: max(i.allowed_points) for i in desk.edition.items_of("OIT")}
    wanted = {lever.item: full.get(lever.item, Fraction(95)) for lever in desk.levers}
    return sorted(mends(desk, wanted), key=lambda m: (m.item not in full, -m.gain, m.item))


def make_reminder(today: dt.date) -> int:
    """The centre reminds the units of the practice round; gives how many units."""
    rows = Round.objects.filter(
        state=Round.State.OPEN, synthetic=True, surveys_from__lte=today, surveys_to__gte=today,
        surveys_closed_at=None,
    )  # fmt: skip
    round_ = rows.order_by("-pk").first()
    if round_ is None or Reminder.objects.filter(participation__round=round_).exists():
        return 0
    made = remind_units(
        actor=User.objects.get(username="centre"), round=round_,
        message=f"โปรดประชาสัมพันธ์ลิงก์และ QR ให้ผู้มีสิทธิตอบ {_NOTE}",
    )  # fmt: skip
    return len(made)
