"""Plans from draft to closed: rights, states, alignment with a reason, months, reports, locks, copies."""

from __future__ import annotations

import datetime as dt

import pytest

from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.models import LedgerEntry
from sucharit.desk.services import actions
from sucharit.plans.models import ActivityMonth, ActivityReport, Alignment, Plan, Project
from sucharit.plans.work import locks, services
from tests.plans.work.world import EVEN, REASON, World, also, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w(monkeypatch) -> World:
    return world(monkeypatch)


def refused(where: str | None, call, **kwargs) -> str:
    with pytest.raises(Refusal) as caught:
        call(**kwargs)
    if where is not None:
        assert caught.value.where == where
    return str(caught.value)


def report(w: World, activity, quarter=1, progress=3000, **fields):
    return services.report_quarter(
        actor=w.officer, activity=activity, quarter=quarter, progress_e2=progress,
        **{"result": "ประชุมแล้ว 1 ครั้ง", **fields},
    )  # fmt: skip


def test_the_life_of_a_plan(w: World):
    plan = w.plan()
    refused(None, services.submit_plan, actor=w.officer, plan=plan)
    project = w.project(plan, aligned=False)
    assert "ITA" in refused(None, services.submit_plan, actor=w.officer, plan=plan)
    services.align_project(
        actor=w.officer, project=project, rung="y", goal=w.y, contribution=REASON
    )
    services.submit_plan(actor=w.officer, plan=plan)
    refused(None, services.change_plan, actor=w.officer, plan=plan, title_th="x")
    with pytest.raises(Forbidden):
        services.approve_plan(actor=w.officer, plan=plan)
    refused("note", services.return_plan, actor=w.head, plan=plan, note=" ")
    services.return_plan(actor=w.head, plan=plan, note="เพิ่มกิจกรรม")
    services.submit_plan(actor=w.head, plan=plan)
    with pytest.raises(Forbidden):
        services.approve_plan(actor=w.head, plan=plan)
    assert services.approve_plan(actor=w.head2, plan=plan).state == Plan.State.APPROVED
    project.refresh_from_db()
    assert project.state == Project.State.APPROVED
    assert services.publish_plan(actor=w.head, plan=plan).published_at
    assert services.close_plan(actor=w.centre, plan=plan).state == Plan.State.CLOSED
    refused(None, services.create_project, actor=w.officer, plan=plan, title_th="ใหม่")
    rows = LedgerEntry.objects.filter(action="plans.plan.returned")
    assert "เพิ่มกิจกรรม" not in str(rows.values_list("data", flat=True).get())


def test_out_of_scope_is_not_there(w: World):
    plan = w.plan()
    with pytest.raises(NotFoundInScope):
        services.submit_plan(actor=w.other, plan=plan)
    with pytest.raises(NotFoundInScope):
        services.create_project(actor=w.other, plan=plan, title_th="x")
    auditor = also(w.other, "auditor", w.province)
    with pytest.raises(Forbidden):
        services.create_project(actor=auditor, plan=plan, title_th="x")


def test_a_plan_of_the_same_code_is_refused(w: World):
    w.plan()
    refused("code", w.plan)
    refused("fiscal_year", services.create_plan, actor=w.officer, owner=w.province,
            fiscal_year=2024, kind="province", code="y", title_th="x")  # fmt: skip


def test_areas_and_days_of_a_project(w: World):
    plan = w.plan()
    project = w.project(plan, starts_on=dt.date(2023, 10, 1), ends_on=dt.date(2024, 9, 30))
    assert set(project.areas.values_list("unit__code", flat=True)) == {"th-38", "th-3801"}
    services.change_project(actor=w.officer, project=project, areas=["th-3801"], risk="ฝน")
    assert project.areas.get().path == w.units["th-3801"].path
    refused("areas", services.change_project, actor=w.officer, project=project, areas=["moi-cdd"])
    for day, where in ((dt.date(2023, 9, 30), "starts_on"), (dt.date(2024, 10, 1), "ends_on")):
        refused(where, services.change_project, actor=w.officer, project=project, **{where: day})
    refused("owner", services.create_project, actor=w.officer, plan=plan, title_th="x", owner=w.units["th-66"])  # fmt: skip


def test_alignment_needs_a_reason_and_z_follows_from_y(w: World):
    project = w.project(w.plan(), aligned=False)
    align = services.align_project
    who = {"actor": w.officer, "project": project}
    for text in ("", "-", "ตามแผน"):
        refused("contribution", align, **who, rung="y", goal=w.y, contribution=text)
    refused("goal", align, **who, rung="y", goal=w.z, contribution=REASON)
    refused("goal", align, **who, rung="z", goal=w.z, contribution=REASON)
    align(**who, rung="y", goal=w.y, contribution=REASON)
    row = align(**who, rung="y", goal=w.y, contribution=REASON + " (แก้ไข)")
    align(**who, rung="z", goal=w.z, contribution=REASON)
    assert Alignment.objects.count() == 2
    services.unalign_project(actor=w.officer, alignment=row)
    refused(None, services.submit_plan, actor=w.officer, plan=project.plan)


def test_activities_wait_in_no_ring_and_mend_an_action_item(w: World):
    project = w.project(w.plan())
    item = actions.open_action(
        actor=w.officer, unit=w.province, fiscal_year=2567, title="ประกาศไม่ครบ",
        source_kind="test", source_id="1",
    )  # fmt: skip
    a = w.activity(project, action=item, target_group="youth", weight=3)
    b = w.activity(project, predecessor=a)
    c = w.activity(project, predecessor=b)
    refused("predecessor", services.change_activity, actor=w.officer, activity=a, predecessor=c)
    refused("weight", services.change_activity, actor=w.officer, activity=a, weight=0)
    refused("target_group", services.change_activity, actor=w.officer, activity=a, target_group="x")
    assert [a.seq, b.seq, c.seq] == [1, 2, 3]
    assert list(item.activities.all()) == [a]


def test_the_twelve_months(w: World):
    a = w.activity(w.project(w.plan()))
    set_plan = services.set_month_plan
    refused("m3", set_plan, actor=w.officer, activity=a, planned=[0, 5000, 4000, *[None] * 9])
    refused("m12", set_plan, actor=w.officer, activity=a, planned=[0, 5000, *[None] * 10])
    refused("m1", set_plan, actor=w.officer, activity=a, planned=[10_001, *[None] * 11])
    set_plan(actor=w.officer, activity=a, planned=EVEN)
    assert ActivityMonth.objects.get(month=12).planned_e2 == 10_000


def test_an_approved_plan_changes_its_months_with_a_reason(w: World):
    _plan, _project, a = w.approved()
    late = [0, 0, 0, *EVEN[3:]]
    refused("reason", services.set_month_plan, actor=w.officer, activity=a, planned=late)
    services.set_month_plan(actor=w.officer, activity=a, planned=late, reason="งบล่าช้า")
    a.refresh_from_db()
    assert "งบล่าช้า" in a.note


def test_reports_have_versions_and_locks_ask_for_a_reason(w: World):
    _plan, project, a = w.approved()
    report(w, a, heads_attended=40)
    report(w, a, progress=3500)
    refused("quarter", report, w=w, activity=a, quarter=3)
    refused("result", report, w=w, activity=a, result=" ")
    lock = services.lock_quarter(actor=w.head, unit=w.province, fiscal_year=2567, quarter=1)
    refused("quarter", services.lock_quarter, actor=w.head, unit=w.province, fiscal_year=2567, quarter=1)  # fmt: skip
    refused("quarter", services.lock_quarter, actor=w.head, unit=w.province, fiscal_year=2567, quarter=2)  # fmt: skip
    with pytest.raises(Forbidden):
        services.lock_quarter(actor=w.officer, unit=w.province, fiscal_year=2567, quarter=1)
    refused("late_reason", report, w=w, activity=a, progress=3600)
    last = report(w, a, progress=3600, late_reason="เพิ่งได้ใบลงทะเบียน")
    assert (last.version, last.late_reason) == (3, "เพิ่งได้ใบลงทะเบียน")
    assert ActivityReport.objects.filter(latest=True).count() == 1
    refused("reason", services.reopen_quarter, actor=w.head, lock=lock, reason="")
    services.reopen_quarter(actor=w.head, lock=lock, reason="ข้อมูลผิด")
    report(w, a, progress=10_000)
    a.refresh_from_db()
    project.refresh_from_db()
    assert (a.state, a.progress_e2, a.heads_attended, project.state) == ("done", 10_000, None, "running")  # fmt: skip
    assert a.months.get(month=3).actual_e2 == 10_000


def test_a_lock_from_above_holds_below(w: World):
    _plan, _project, a = w.approved()
    services.lock_quarter(actor=w.centre, unit=w.units["moi"], fiscal_year=2567, quarter=1)
    assert locks.locked(w.units["th-3801"], 2567, 1)
    assert locks.locked_quarters(w.province, 2567) == {1}
    refused("late_reason", report, w=w, activity=a)


def test_cancelled_things_stay_and_are_not_worked_on(w: World):
    _plan, project, a = w.approved()
    refused("reason", services.cancel_activity, actor=w.officer, activity=a, reason="")
    services.block_activity(actor=w.officer, activity=a, reason="รอสถานที่")
    report(w, a)
    services.cancel_project(actor=w.officer, project=project, reason="ไม่ได้รับงบ")
    refused(None, report, w=w, activity=a)
    refused(None, services.change_project, actor=w.officer, project=project, risk="x")


def test_last_years_plan_becomes_this_years_draft(w: World):
    plan, project, a = w.approved()
    services.change_activity(
        actor=w.officer, activity=a, starts_on=dt.date(2024, 2, 29), ends_on=dt.date(2024, 3, 1)
    )
    w.activity(project, predecessor=a)
    report(w, a)
    new = services.copy_plan(actor=w.officer, plan=plan, fiscal_year=2568)
    assert (new.state, new.copied_from_id, new.fiscal_year) == ("draft", plan.pk, 2568)
    assert "2568" in new.title_th
    copied = new.projects.get()
    first, second = copied.activities.all()
    assert (first.progress_e2, first.starts_on, second.predecessor) == (None, dt.date(2025, 2, 28), first)  # fmt: skip
    assert [m.planned_e2 for m in first.months.all()][:3] == [0, 1000, 2000]
    assert not first.reports.exists()
    assert copied.alignments.get().contribution == REASON
    refused("fiscal_year", services.copy_plan, actor=w.officer, plan=plan, fiscal_year=2567)
    refused("code", services.copy_plan, actor=w.officer, plan=plan, fiscal_year=2568)
