"""Every page of the room, empty and full, and the way from an action item to an activity."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import request_finished
from django.db import close_old_connections

from sucharit.core import fiscal
from sucharit.core.registry import registry
from sucharit.desk.services import actions
from sucharit.plans.models import Activity, Plan
from sucharit.plans.work import emenscr, services
from tests.plans.work.world import EVEN, REASON, World, world

pytestmark = pytest.mark.django_db
MORE = {"starts_on": "", "ends_on": "", "weight": "2", "heads_planned": "160"}


@pytest.fixture
def w(monkeypatch) -> World:
    return world(monkeypatch)


def test_empty_pages_say_what_comes_first(w: World, client):
    client.force_login(w.officer)
    assert "เขียนแผน" in client.get("/plans/").content.decode()
    plan = w.plan()
    for address in (
        f"/plans/{plan.pk}/",
        f"/plans/{plan.pk}/grid/",
        "/plans/new/",
        "/plans/locks/",
    ):
        assert client.get(address).status_code == 200, address


PLAN = {
    "owner": "th-38", "fiscal_year": "2567", "kind": "province", "title_th": "แผน", "code": "a",
}  # fmt: skip
PROJECT = {
    "title_th": "โครงการ", "areas": "th-38, th-3801", "starts_on": "1/10/2566", "ends_on": "30/9/2567",
}  # fmt: skip
ACTIVITY = {
    "title_th": "สัมมนา", "starts_on": "18/3/2567", "ends_on": "19/3/2567", "weight": "2",
    "target_group": "people",
}  # fmt: skip


def test_a_plan_is_written_page_by_page(w: World, client):
    client.force_login(w.officer)
    got = client.post("/plans/new/", PLAN)
    plan = Plan.objects.get()
    assert got["Location"] == f"/plans/{plan.pk}/"
    got = client.post("/plans/new/", PLAN)
    assert got.status_code == 200
    assert 'id="errors"' in got.content.decode()
    client.post(f"/plans/{plan.pk}/projects/new/", PROJECT)
    project = plan.projects.get()
    assert project.areas.count() == 2
    page = f"/plans/projects/{project.pk}/"
    got = client.post(page, {"go": "align", "rung": "y", "goal": w.y.pk, "contribution": "-"})
    assert 'id="errors"' in got.content.decode()
    client.post(page, {"go": "align", "rung": "y", "goal": w.y.pk, "contribution": REASON})
    got = client.post(f"{page}activities/new/", ACTIVITY)
    activity = Activity.objects.get()
    months = {f"m{n}": "" for n in range(1, 13)} | {"m6": "100"}
    client.post(f"/plans/activities/{activity.pk}/months/", months)
    assert [m.planned_e2 for m in activity.months.all()] == [0] * 5 + [10_000] * 7
    approve(w, client, plan)
    report = {"progress": "25.5", "result": "ประชุมแล้ว", "version": "0"}
    client.post(f"/plans/activities/{activity.pk}/report/1/", report)
    activity.refresh_from_db()
    assert activity.progress_e2 == 2550
    got = client.post(f"/plans/activities/{activity.pk}/report/1/", report)
    assert activity.reports.count() == 1, "written on an old page"
    for address in (
        f"/plans/{plan.pk}/",
        f"/plans/{plan.pk}/grid/",
        f"/plans/{plan.pk}/copy/",
        page,
        f"{page}edit/",
        f"/plans/activities/{activity.pk}/",
        f"/plans/activities/{activity.pk}/edit/",
        f"/plans/activities/{activity.pk}/report/2/",
        "/plans/",
        "/plans/?kind=province&state=approved&unit=th-38&export=csv",
    ):
        assert client.get(address).status_code == 200, address


def approve(w: World, client, plan: Plan) -> None:
    """The officer submits, the head approves."""
    client.post(f"/plans/{plan.pk}/", {"go": "submit"})
    plan.refresh_from_db()
    assert plan.state == "submitted"
    client.force_login(w.head)
    client.post(f"/plans/{plan.pk}/", {"go": "approve"})
    client.force_login(w.officer)


def test_an_action_item_becomes_an_activity_and_knows_it(w: World, client):
    project = w.project(w.plan())
    item = actions.open_action(
        actor=w.officer, unit=w.province, fiscal_year=2567, title="ประกาศ O1 ไม่ครบ",
        source_kind="test", source_id="1",
    )  # fmt: skip
    (offer,) = [o for o in registry.offered(w.officer, "desk.action", str(item.pk)) if o.kind == "plans.activity"]  # fmt: skip
    client.force_login(w.officer)
    assert "ประกาศ O1" in client.get(offer.url).content.decode()
    client.post(offer.url, {"title_th": "จัดทำประกาศ", "project": project.pk, **MORE})
    made = Activity.objects.get(action=item)
    around = registry.referring(w.officer, "desk.action", str(item.pk))
    assert [b.title for b in around if b.kind == "plans.activity"] == [made.title_th]
    assert registry.link(w.other, "plans.activity", str(made.pk)) is None
    assert registry.link(w.officer, "plans.activity", "x") is None
    client.force_login(w.other)
    assert client.get(offer.url).status_code == 404


def test_the_desk_tells_who_approves_who_mends_who_reports(w: World, monkeypatch):
    plan, _project, _activity = w.approved()
    kinds = lambda who: {i.kind for i in registry_desk(who)}  # noqa: E731
    assert "plans.report" in kinds(w.officer)
    (item,) = [i for i in registry_desk(w.officer) if i.kind == "plans.report"]
    assert item.due_on.isoformat() == "2024-01-30"
    second = w.plan(code="second")
    w.project(second)
    services.submit_plan(actor=w.officer, plan=second)
    assert "plans.approve" in kinds(w.head)
    assert "plans.approve" not in kinds(w.officer)
    services.return_plan(actor=w.head, plan=second, note="แก้ไข")
    assert "plans.returned" in kinds(w.officer)
    assert plan.pk != second.pk
    year = fiscal.year(2567)
    services.change_activity(actor=w.officer, activity=_activity, starts_on=year.start)
    found = [e for s in registry.calendar for e in s(w.officer, year.start, year.end)]
    assert f"plans.activity-{_activity.pk}-start" in {e.uid for e in found}


def registry_desk(user):
    from sucharit.plans.work import showing

    return list(showing.desk_items(type(user).objects.get(pk=user.pk)))


def test_files_for_emenscr_begin_with_the_warning_and_come_back(w: World, client):
    plan, _project, a = w.approved()
    services.report_quarter(actor=w.officer, activity=a, quarter=1, progress_e2=1234, result="=1+1")
    client.force_login(w.officer)
    base = f"/plans/{plan.pk}/emenscr/"
    assert "โปรดตรวจกับคู่มือ" in client.get(base).content.decode()
    for form in emenscr.forms():
        got = json.loads(client.get(f"{base}{form.json}").content)
        assert "โปรดตรวจกับคู่มือ" in got["notice"]
        text = b"".join(client.get(f"{base}{form.csv}").streaming_content).decode("utf-8-sig")
        lines = list(csv.reader(io.StringIO(text)))
        assert emenscr.notice() in lines[0][0]
        assert len(lines) == len(got["rows"]) + 2
        assert all(len(line) == len(form.columns) for line in lines)
    m6 = json.loads(client.get(f"{base}M6.json").content)["rows"]
    assert (m6[0]["progress"], m6[0]["result"]) == (12.34, "=1+1")
    m4 = json.loads(client.get(f"{base}M4.json").content)["rows"]
    assert [m4[0][f"m{n}"] for n in (1, 2, 12)] == [0, EVEN[1] / 100, 100]
    m1 = json.loads(client.get(f"{base}M1.json").content)["rows"]
    assert (m1[0]["goal_code"], m1[0]["contribution"]) == ("210101", REASON)
    got = client.get(f"{base}all.xlsx")
    assert got.status_code == 200
    request_finished.disconnect(
        close_old_connections
    )  # closing would end the test's own connection
    got.close()
    request_finished.connect(close_old_connections)
    assert client.get(f"{base}M9.csv").status_code == 404


def test_evidence_hangs_on_the_activity(w: World, client):
    _plan, _project, a = w.approved()
    client.force_login(w.officer)
    upload = SimpleUploadedFile("photo.txt", "ภาพกิจกรรม".encode())
    client.post(f"/plans/activities/{a.pk}/", {"title": "ภาพ", "upload": upload})
    assert "photo.txt" in client.get(f"/plans/activities/{a.pk}/").content.decode()
    assert registry.evidence["plans.activity"](w.officer, str(a.pk))
    assert not registry.evidence["plans.activity"](w.other, str(a.pk))
