"""Synthetic plans of fiscal year 2567: the ministry's eight activities of the integrated plan, and most provinces' own.

The ministry's project works in every province, so that each province page shows it beside the province's own. Provinces
are written in bulk, drawn from one seed; a few have no plan yet, and some quarters are not reported, on purpose.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from sucharit.core import clock
from sucharit.core.ledger import record
from sucharit.orgs.models import Unit
from sucharit.plans.engine import months
from sucharit.plans.models import (
    Activity,
    ActivityMonth,
    ActivityReport,
    Alignment,
    Goal,
    Plan,
    Project,
    ProjectArea,
)
from sucharit.plans.work.demo_texts import EIGHT, PROVINCIAL

YEAR, SEED = 2567, 2567
CODE, PROVINCE_CODE = "nacc-integrated", "integrity"
NOTE = "(ข้อมูลสังเคราะห์)"
STARTS, ENDS = dt.date(2023, 10, 1), dt.date(2024, 9, 30)
WITHOUT = {"th-58", "th-63", "th-75", "th-82", "th-91", "th-95"}  # provinces that made no plan

_REASON = "สร้างวัฒนธรรมสุจริตในหน่วยงานและเครือข่าย ทำให้ประชาชนและบุคลากรมีพฤติกรรมต่อต้านการทุจริตเพิ่มขึ้น"


def make(actor: Any) -> int:
    """The plans; gives how many activities are new. Does nothing where they are there or the ministry is missing."""
    ministry = Unit.objects.filter(code="moi").first()
    if ministry is None or Plan.objects.filter(owner=ministry, code=CODE).exists():
        return 0
    provinces = list(Unit.objects.filter(kind=Unit.Kind.PROVINCE).order_by("code"))
    draw = random.Random(SEED)  # noqa: S311 (the same demo every time, no secret)
    with transaction.atomic():
        made = _ministry(ministry, provinces)
        made += _provinces([p for p in provinces if p.code not in WITHOUT], draw)
        record(
            actor=actor,
            action="plans.demo",
            target="plans.plan:demo",
            unit=ministry,
            fiscal_year=YEAR,
            activities=made,
        )
    return made


def _ministry(ministry: Unit, provinces: Sequence[Unit]) -> int:
    plan = _plan(
        ministry,
        "integrated",
        CODE,
        f"แผนงานบูรณาการต่อต้านการทุจริตและประพฤติมิชอบ กระทรวงมหาดไทย ปี {YEAR} {NOTE}",
    )
    plan.save()
    project = _project(
        plan, ministry, "โครงการพัฒนาระบบป้องกันและปราบปรามการทุจริตของกระทรวงมหาดไทยร่วมกับภาคีเครือข่าย"
    )
    project.save()
    ProjectArea.objects.bulk_create(_area(project, p) for p in provinces)
    _align([project])
    activities = [
        Activity(
            project=project, seq=n, title_th=title, owner=ministry, target_group=group, weight=weight,
            heads_planned=heads, starts_on=_day(first, 1), ends_on=_day(last, 28),
        )
        for n, (title, group, first, last, heads, weight, _reached) in enumerate(EIGHT, start=1)
    ]  # fmt: skip
    Activity.objects.bulk_create(activities)
    _told(activities, [row[6] for row in EIGHT], [(row[2], row[3]) for row in EIGHT])
    return len(activities)


def _provinces(provinces: Sequence[Unit], draw: random.Random) -> int:
    plans = [
        _plan(
            p,
            "province",
            PROVINCE_CODE,
            f"แผนปฏิบัติการป้องกันและปราบปรามการทุจริต {p.name_th} ปี {YEAR} {NOTE}",
        )
        for p in provinces
    ]
    Plan.objects.bulk_create(plans)
    projects = [
        _project(plan, plan.owner, f"โครงการ{plan.owner.name_th}สุจริต โปร่งใส ตรวจสอบได้")
        for plan in plans
    ]
    Project.objects.bulk_create(projects)
    ProjectArea.objects.bulk_create(_area(p, p.owner) for p in projects)
    _align(projects)
    activities: list[Activity] = []
    reached: list[tuple[int | None, ...]] = []
    spans: list[tuple[int, int]] = []
    for project in projects:
        chosen = draw.sample(PROVINCIAL, draw.randint(4, len(PROVINCIAL)))
        for n, (title, group) in enumerate(chosen, start=1):
            first = draw.randint(1, 8)
            last = min(12, first + draw.randint(1, 5))
            activities.append(
                Activity(
                    project=project,
                    seq=n,
                    title_th=title,
                    owner=project.owner,
                    target_group=group,
                    weight=draw.choice((5, 10, 10, 20)),
                    heads_planned=draw.choice((None, 40, 80, 120)),
                    starts_on=_day(first, 1),
                    ends_on=_day(last, 28),
                )
            )
            spans.append((first, last))
            reached.append(_drawn(draw, first, last))
    Activity.objects.bulk_create(activities)
    _told(activities, reached, spans)
    return len(activities)


def _drawn(draw: random.Random, first: int, last: int) -> tuple[int | None, ...]:
    """Progress by quarter around the plan; one in ten stops reporting."""
    lag = draw.choice((0, 0, 0, 10, 25, 40))
    silent = draw.randint(2, 4) if draw.random() < 0.1 else 5
    found: list[int | None] = []
    for quarter in months.QUARTERS:
        due = _share(months.last_month(quarter), first, last)
        so_far = max([v for v in found if v is not None], default=0)
        found.append(None if quarter >= silent else max(so_far, min(100, max(0, due - lag))))
    return tuple(found)


def _share(month: int, first: int, last: int) -> int:
    """Per cent planned by the end of a month, evenly from the first to the last month of work."""
    done = min(max(month - first + 1, 0), last - first + 1)
    return done * 100 // (last - first + 1)


def _told(
    activities: Sequence[Activity],
    reached: Sequence[Sequence[int | None]],
    spans: Sequence[tuple[int, int]],
) -> None:
    """Month plans, quarterly reports, and what the activities came to."""
    now = clock.now()
    rows: list[ActivityMonth] = []
    reports: list[ActivityReport] = []
    for activity, told, (first, last) in zip(activities, reached, spans, strict=True):
        by_month = {months.last_month(q): v for q, v in zip(months.QUARTERS, told, strict=True)}
        for month in months.MONTHS:
            actual = by_month.get(month)
            rows.append(
                ActivityMonth(
                    activity=activity,
                    month=month,
                    planned_e2=_share(month, first, last) * 100,
                    actual_e2=None if actual is None else actual * 100,
                )
            )
        reports += _reports(activity, told, now)
    ActivityMonth.objects.bulk_create(rows, batch_size=500)
    ActivityReport.objects.bulk_create(reports, batch_size=500)
    Activity.objects.bulk_update(
        activities, ["progress_e2", "heads_attended", "state"], batch_size=200
    )


def _reports(
    activity: Activity, told: Sequence[int | None], now: dt.datetime
) -> list[ActivityReport]:
    found = []
    for quarter, value in zip(months.QUARTERS, told, strict=True):
        if value is None:
            continue
        done = value == 100
        heads = activity.heads_planned * 9 // 10 if done and activity.heads_planned else None
        first_time = activity.progress_e2 != months.FULL
        late = value < 50 and quarter > 2
        found.append(
            ActivityReport(
                activity=activity,
                quarter=quarter,
                progress_e2=value * 100,
                at=now,
                heads_attended=heads if first_time else None,
                result=("ดำเนินการแล้วเสร็จตามแผน" if done else "ดำเนินการตามขั้นตอน") + f" {NOTE}",
                problem="งบประมาณและกำลังคนไม่เพียงพอ" if late else "",
                solution="ปรับแผนและขอรับการสนับสนุนวิทยากรจากส่วนกลาง" if late else "",
            )
        )
        activity.heads_attended = heads if done and first_time else activity.heads_attended
        activity.progress_e2 = value * 100
    if found:
        done_all = activity.progress_e2 == months.FULL
        activity.state = Activity.State.DONE if done_all else Activity.State.RUNNING
    return found


def _plan(owner: Unit, kind: str, code: str, title: str) -> Plan:
    return Plan(
        fiscal_year=YEAR,
        kind=kind,
        owner=owner,
        code=code,
        title_th=title[:300],
        synthetic=True,
        state=Plan.State.APPROVED,
        approved_at=clock.now(),
        submitted_at=clock.now(),
    )


def _project(plan: Plan, owner: Unit, title: str) -> Project:
    return Project(
        plan=plan,
        fiscal_year=YEAR,
        seq=1,
        title_th=title[:300],
        owner=owner,
        starts_on=STARTS,
        ends_on=ENDS,
        program_th="แผนงานบูรณาการต่อต้านการทุจริตและประพฤติมิชอบ",
        state=Project.State.RUNNING,
        objective="ลดโอกาสการทุจริตและยกระดับความโปร่งใสร่วมกับภาคีเครือข่าย",
        beneficiaries="บุคลากรภาครัฐ เด็กและเยาวชน ภาคเอกชน และประชาชน",
    )


def _area(project: Project, unit: Unit) -> ProjectArea:
    return ProjectArea(project=project, unit=unit, fiscal_year=YEAR, path=unit.path)


def _align(projects: Sequence[Project]) -> None:
    """Y and Z of the master plan's newest version, where it is loaded."""
    rungs = (("y", "210101"), ("z", "210001"))
    for rung, code in rungs:
        goal = Goal.objects.filter(code=code).order_by("-strategy__version").first()
        if goal is not None:
            Alignment.objects.bulk_create(
                Alignment(project=p, rung=rung, goal=goal, contribution=_REASON) for p in projects
            )


def _day(month: int, day: int) -> dt.date:
    """A day of a month of the fiscal year, 1 = October."""
    return dt.date(STARTS.year + (month + 8) // 12, (month + 8) % 12 + 1, day)
