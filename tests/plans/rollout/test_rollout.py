"""From the ministry's plan to the provinces' answers."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sucharit.core import clock
from sucharit.core.actors import System
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.models import LedgerEntry
from sucharit.core.registry import registry
from sucharit.desk.models import ActionItem
from sucharit.plans.models import Activity, ActivityMonth, Adoption, PlanTemplate
from sucharit.plans.rollout import queries, services, showing
from tests import make
from tests.assessments.test_rounds_races import at_once, refused
from tests.plans.areas.world import World, world

pytestmark = pytest.mark.django_db
SYSTEM = System("test")


@pytest.fixture
def w() -> World:
    return world()


def template(w: World, **fields) -> PlanTemplate:
    project = w.project("moi", [], "โครงการจังหวัดสุจริต")
    for n in range(3):
        activity = w.activity(project, "youth", weight=n + 1)
        ActivityMonth.objects.create(activity=activity, month=12, planned_e2=10_000)
    return services.template_from_plan(
        actor=SYSTEM, plan=project.plan, code="honest", adopt_by=clock.today() + dt.timedelta(days=9), **fields
    )  # fmt: skip


@pytest.fixture
def open_(w) -> PlanTemplate:
    return services.publish_template(actor=SYSTEM, template=template(w))


@pytest.fixture
def officer(w):
    return make.user("unit_officer", w.units["th-38"])


@pytest.fixture
def centre(w):
    return make.user("ministry_centre", w.units["moi"])


def standing(found, w, code="th-38"):
    return queries.answer(found, w.units[code]).standing


def test_adopting_makes_the_province_its_plan(w, open_, officer):
    made = services.adopt_template(actor=officer, template=open_, unit=w.units["th-38"])
    plan = made.plan
    assert (plan.owner, plan.state, plan.kind, plan.template) == (
        w.units["th-38"],
        "draft",
        "province",
        open_,
    )
    (project,) = plan.projects.all()
    assert [a.unit.code for a in project.areas.all()] == ["th-38"]
    rows = Activity.objects.filter(project=project)
    assert [(a.code, a.weight, a.owner.code) for a in rows] == [
        ("p1a1", 1, "th-38"),
        ("p1a2", 2, "th-38"),
        ("p1a3", 3, "th-38"),
    ]
    assert ActivityMonth.objects.filter(activity__in=rows, planned_e2=10_000).count() == 3
    assert standing(open_, w) == "adopted"
    row = LedgerEntry.objects.get(action="plans.template.adopted")
    assert row.unit == "th-38"


def test_adapted_is_computed_with_what_differs(w, open_, officer):
    plan = services.adopt_template(actor=officer, template=open_, unit=w.units["th-38"]).plan
    first = Activity.objects.filter(project__plan=plan).first()
    first.title_th = "เปลี่ยนชื่อ"
    first.save()
    w.activity(first.project, "people", code="own")
    found = queries.answer(open_, w.units["th-38"])
    assert found.standing == "adapted"
    assert [(d.kind, d.thing, d.field) for d in found.differences] == [
        ("changed", "activity", "title_th"),
        ("added", "activity", ""),
    ]
    first.title_th = "กิจกรรม 1"
    first.save()
    Activity.objects.filter(code="own").update(state="cancelled")
    assert standing(open_, w) == "adopted"


def test_one_answer_each(w, open_, officer):
    place = w.units["th-38"]
    with pytest.raises(Refusal):
        services.decline_template(actor=officer, template=open_, unit=place, reason=" ")
    services.decline_template(actor=officer, template=open_, unit=place, reason="ทำอยู่แล้ว")
    assert standing(open_, w) == "declined"
    services.adopt_template(actor=officer, template=open_, unit=place)
    for again in (
        lambda: services.adopt_template(actor=officer, template=open_, unit=place),
        lambda: services.decline_template(actor=officer, template=open_, unit=place, reason="x"),
    ):
        with pytest.raises(Refusal):
            again()
    assert Adoption.objects.get().state == "adopted"


def test_rights(w, open_, officer):
    with pytest.raises(NotFoundInScope):
        services.adopt_template(actor=officer, template=open_, unit=w.units["th-66"])
    with pytest.raises(NotFoundInScope):  # not of the kind that adopts it
        services.adopt_template(actor=officer, template=open_, unit=w.units["th-3801"])
    with pytest.raises(Forbidden):
        services.adopt_template(actor=make.user("auditor", w.units["th-38"]), template=open_, unit=w.units["th-38"])  # fmt: skip
    with pytest.raises(NotFoundInScope):
        services.withdraw_template(actor=officer, template=open_)
    draft = services.new_version(actor=SYSTEM, template=open_)
    assert not queries.visible_to(officer).filter(pk=draft.pk).exists()
    assert queries.visible_to(officer).filter(pk=open_.pk).exists()


def test_published_versions_never_change(w, open_):
    fields = {
        "title_th": "x",
        "title_en": "",
        "guidance": "",
        "audience_kinds": ["province"],
        "adopt_by": None,
    }
    for step in (
        lambda: services.change_template(actor=SYSTEM, template=open_, **fields),
        lambda: services.publish_template(actor=SYSTEM, template=open_),
    ):
        with pytest.raises(Refusal):
            step()
    second = services.new_version(actor=SYSTEM, template=open_)
    with pytest.raises(Refusal):
        services.new_version(actor=SYSTEM, template=open_)
    changed = services.change_template(actor=SYSTEM, template=second, **fields)
    services.publish_template(actor=SYSTEM, template=changed)
    open_.refresh_from_db()
    assert (second.version, open_.state) == (2, "withdrawn")
    with pytest.raises(Refusal):
        services.adopt_template(actor=SYSTEM, template=open_, unit=w.units["th-38"])


def test_reminding_and_the_desk(w, open_, officer, centre):
    assert [i.unit for i in showing.desk_items(officer)] == ["จังหวัดบึงกาฬ"]
    for _ in range(2):
        assert services.remind(actor=centre, template=open_) == 2
    item = ActionItem.objects.get(unit=w.units["th-38"])
    assert (item.origin_unit, item.due_on) == (w.units["moi"], open_.adopt_by)
    services.adopt_template(actor=officer, template=open_, unit=w.units["th-38"])
    item.refresh_from_db()
    assert item.state == "submitted"
    assert list(showing.desk_items(officer)) == []
    assert [u.code for u in queries.unanswered(open_)] == ["th-66"]
    assert registry.link(officer, "plans.template", str(open_.pk)).title == open_.title_th


def test_the_board_costs_the_same(w, open_, centre, client):
    client.force_login(centre)
    url = f"/plans/rollout/{open_.pk}/"
    services.adopt_template(actor=SYSTEM, template=open_, unit=w.units["th-38"])
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        assert client.get(url).status_code == 200
    for n in range(4):
        unit = make.unit(f"th-9{n}", parent=w.units["moi"], kind="province")
        services.adopt_template(actor=SYSTEM, template=open_, unit=unit)
    with CaptureQueriesContext(connection) as many:
        assert client.get(url).status_code == 200
    assert len(many) == len(few)
    assert queries.tally(queries.answers(centre, open_))["adopted"] == 5
    got = client.get(f"{url}answers.csv")
    assert b"".join(got.streaming_content).decode().count("adopted") == 5


def test_pages_from_plan_to_answer(w, officer, centre, client):
    project = w.project("moi", [], "โครงการจังหวัดสุจริต")
    w.activity(project)
    client.force_login(centre)
    assert client.get("/plans/rollout/").status_code == 200
    assert client.get(f"/plans/rollout/new/?plan={project.plan_id}").status_code == 200
    late = {
        "plan": project.plan_id,
        "code": "honest",
        "audience_kinds": ["province"],
        "adopt_by": "1/10/2560",
    }
    sent = client.post("/plans/rollout/new/", late)
    url = sent["Location"]
    assert client.get(url).status_code == 200
    client.post(f"{url}publish/")
    assert PlanTemplate.objects.get().state == "draft"  # the day has passed
    again = client.post("/plans/rollout/new/", late)
    assert again.status_code == 200
    fields = {
        "title_th": "จังหวัดสุจริต",
        "guidance": "ปรับได้",
        "audience_kinds": ["province"],
        "adopt_by": "",
    }
    assert client.get(f"{url}edit/").status_code == 200
    assert client.post(f"{url}edit/", fields).status_code == 302
    client.post(f"{url}publish/")
    assert PlanTemplate.objects.get().state == "published"
    client.force_login(officer)
    page = f"{url}units/th-38/"
    assert client.get("/plans/rollout/").status_code == 200
    assert client.post(page, {"reason": ""}).status_code == 200
    assert client.post(page, {"reason": "ทำอยู่แล้ว"}).status_code == 302
    assert client.post(f"{page}adopt/").status_code == 302
    assert client.get(page).status_code == 200
    assert client.get(f"{url}units/th-66/").status_code == 404
    assert client.post(f"{url}withdraw/").status_code in {403, 404}


@pytest.mark.django_db(transaction=True)
def test_adopted_twice_at_once_one_plan():
    w = world()
    found = services.publish_template(actor=SYSTEM, template=template(w))
    place = w.units["th-38"]
    people = [make.user("unit_officer", place) for _ in range(2)]
    outcomes = at_once(
        *[
            lambda who=who: services.adopt_template(actor=who, template=found, unit=place)
            for who in people
        ]
    )
    assert refused(outcomes) == 1
    assert Adoption.objects.count() == 1
    assert place.plans.count() == 1
    assert LedgerEntry.objects.filter(action="plans.template.adopted").count() == 1


def test_the_api_tells_answers_within_scope(w, open_, officer, centre, client):
    services.decline_template(
        actor=officer, template=open_, unit=w.units["th-38"], reason="มีแผนแล้ว"
    )
    url = f"/api/plan-templates/{open_.pk}/answers"
    assert client.get(url).status_code == 404
    client.force_login(officer)
    (mine,) = client.get(url).json()
    assert (mine["unit"], mine["standing"], mine["differences"]) == ("th-38", "declined", None)
    client.force_login(centre)
    standings = {r["unit"]: r["standing"] for r in client.get(url).json()}
    assert standings["th-38"] == "declined"
    assert set(standings.values()) == {"declined", "waiting"}
