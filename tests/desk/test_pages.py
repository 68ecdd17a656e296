"""Pages of action items: list, one item with every step, a new one, closing rates, files, the API."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sucharit.core import clock
from sucharit.core.registry import registry
from sucharit.desk import labels
from sucharit.desk.models import ActionEvent, ActionItem
from sucharit.desk.queries import closing
from sucharit.desk.services import actions as services
from tests.desk.world import DAY, ahead, fresh

pytestmark = pytest.mark.django_db


def seen(client, user, address):
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_is_limited_filtered_and_exported(world, client, monkeypatch):
    monkeypatch.setitem(labels.SOURCES, "test.source", "แหล่งทดสอบ")
    late = world.open(n=1, due_on=ahead(-1))
    world.open(n=2, due_on=ahead(1), priority=1)
    world.open("th-66", n=3)
    closed = world.submitted(n=4)
    services.accept_action(actor=world.head, action=closed)
    page = seen(client, world.officer, "/desk/actions/")
    assert "ตรวจสอบ 1" in page
    assert "ตรวจสอบ 3" not in page
    assert page.index("ตรวจสอบ 2") < page.index("ตรวจสอบ 4")  # closed ones last
    only = seen(client, world.officer, "/desk/actions/?overdue=on")
    assert late.title in only
    assert "ตรวจสอบ 2" not in only
    for query, one in (
        ("state=accepted", 4), ("state=live&overdue=on", 1), ("priority=1", 2),
        (f"due_from={ahead(0)}&due_to={ahead(2)}", 2),
    ):  # fmt: skip
        found = seen(client, world.officer, f"/desk/actions/?{query}")
        assert [n for n in (1, 2, 3, 4) if f"ตรวจสอบ {n}" in found] == [one], query
    assert "ตรวจสอบ 3" in seen(client, world.centre, "/desk/actions/?unit=พิจิตร")
    assert "ตรวจสอบ 1" in seen(client, world.centre, "/desk/actions/?source=test.source")
    assert "ตรวจสอบ 1" not in seen(client, world.centre, "/desk/actions/?mine=on")
    file = b"".join(client.get("/desk/actions/?export=csv").streaming_content).decode()
    assert file.count("ตรวจสอบ") == 4


def test_the_number_of_queries_does_not_grow(world, client, django_assert_max_num_queries):
    for n in range(12):
        world.open(n=n)
    client.force_login(world.centre)
    with django_assert_max_num_queries(20):
        client.get("/desk/actions/")


def test_every_step_has_its_form(world, client):
    item = world.from_above(why="ค่าต่ำกว่ามัธยฐาน", source_url="/results/", due_on=ahead(5))
    at = f"/desk/actions/{item.pk}/"
    page = seen(client, world.head, at)
    assert "ค่าต่ำกว่ามัธยฐาน" in page
    assert 'href="/results/"' in page
    asked = ahead(9).isoformat()

    def go(user, name, **data):
        client.force_login(user)
        answer = client.post(at, {"go": name, **data})
        assert answer.status_code == 302, answer.content.decode()
        return fresh(item).state

    go(world.head, "change", owner=world.officer.pk, due_on=ahead(5).isoformat())
    assert fresh(item).owner == world.officer
    assert go(world.officer, "start") == "in_progress"
    assert go(world.officer, "report", progress="40", note="ครึ่งทาง") == "in_progress"
    assert go(world.officer, "block", note="รอ") == "blocked"
    assert go(world.officer, "unblock", note="") == "in_progress"
    go(world.officer, "ask", due_on=asked, note="รอเอกสาร")
    page = seen(client, world.centre, at)
    assert "รอเอกสาร" in page
    go(world.centre, "refuse", note="ไม่ได้")
    go(world.officer, "ask", due_on=asked, note="รอเอกสาร")
    assert go(world.centre, "defer", due_on=asked, note="") == "deferred"
    assert go(world.officer, "submit", note="แล้ว") == "submitted"
    assert 'value="accept"' not in seen(client, world.officer, at)
    assert go(world.centre, "return", note="ขาด") == "returned"
    assert go(world.officer, "submit", note="แล้ว") == "submitted"
    assert go(world.centre, "accept", note="") == "accepted"
    assert go(world.centre, "reopen", note="อีก", due_on="") == "in_progress"
    assert go(world.centre, "cancel", note="เลิก") == "cancelled"
    assert set(ActionEvent.objects.values_list("kind", flat=True)) > {"deferred", "reopened"}


def test_what_is_wrong_stands_beside_the_field(world, client):
    item = world.open()
    client.force_login(world.head)
    for bad in (
        {"go": "change", "due_on": "31/31/2570"}, {"go": "change", "owner": world.other.pk},
        {"go": "submit", "note": ""}, {"go": "report", "progress": "101", "note": "x"},
        {"go": "defer", "due_on": ahead(-3).isoformat()},
    ):  # fmt: skip
        got = client.post(f"/desk/actions/{item.pk}/", bad)
        assert got.status_code == 200
        assert "is-invalid" in got.content.decode(), bad
    assert ActionEvent.objects.count() == 1


@pytest.mark.parametrize("go", ["", "x", "open"])
def test_unknown_steps_change_nothing(world, client, go):
    item = world.open()
    client.force_login(world.officer)
    assert client.post(f"/desk/actions/{item.pk}/", {"go": go}).status_code == 200
    assert ActionEvent.objects.count() == 1


def test_readers_see_no_buttons_and_cannot_post(world, client):
    item = world.open()
    at = f"/desk/actions/{item.pk}/"
    assert 'name="go"' not in seen(client, world.auditor, at)
    assert client.post(at, {"go": "submit", "note": "x"}).status_code == 403
    client.force_login(world.other)
    assert client.get(at).status_code == 404


def test_files_are_attached_and_read_by_who_sees_the_item(world, client, settings, tmp_path):
    item = world.open()
    client.force_login(world.officer)
    at = f"/desk/actions/{item.pk}/evidence/"
    file = SimpleUploadedFile("a.txt", "หลักฐาน".encode())
    assert client.post(at, {"title": "ภาพถ่าย", "upload": file}).status_code == 302
    assert "ภาพถ่าย" in seen(client, world.head, f"/desk/actions/{item.pk}/")
    may = registry.evidence["desk.action"]
    assert may(world.head, str(item.pk))
    assert not may(world.other, str(item.pk))
    assert not may(world.head, "x")
    assert client.post(at, {"title": "x"}).status_code == 200
    client.force_login(world.auditor)
    file = SimpleUploadedFile("a.txt", b"x")
    assert client.post(at, {"title": "x", "upload": file}).status_code == 403


def test_a_new_item_by_hand(world, client):
    client.force_login(world.head)
    at = "/desk/actions/new/"
    assert client.get(at).status_code == 200
    wrong = client.post(at, {"unit": "zz", "title": "x", "priority": "2"}).content.decode()
    assert "zz" in wrong
    given = {"unit": "th-3801", "title": "ทำป้าย", "priority": "1", "co_units": "th-38"}
    made = client.post(at, given)
    assert made.status_code == 302
    item = ActionItem.objects.get()
    assert (item.unit.code, item.origin_unit.code, item.priority) == ("th-3801", "th-38", 1)
    assert [c.unit.code for c in item.co_units.all()] == ["th-38"]


def test_closing_rates_by_unit_and_day(world, client):
    units = world.units
    for n in range(3):
        world.open(n=n, due_on=ahead(-1))
    done = world.submitted(n=7)
    services.accept_action(actor=world.head, action=done)
    services.cancel_action(actor=world.centre, action=world.open("th-66", n=8), reason="x")
    rows = closing.closing_of(world.centre, units["moi"], 2567)
    found = {r.unit.code: r.closing for r in rows}
    assert (found["moi"].accepted, found["moi"].counted, found["moi"].late) == (1, 4, 3)
    assert found["th-38"].rate == Fraction(1, 4)
    assert found["th-66"].rate is None
    assert found["moi"].days == (0,)
    today = clock.today()
    measure = registry.measures["desk.closing_rate"]
    assert measure.count(units["moi"], 2567, today) == (1, 4)
    assert measure.count(units["th-66"], 2567, today) is None
    assert measure.count(units["moi"], 2567, today - DAY) is None
    assert closing.late_on(units["moi"], 2567, today) == 3
    assert closing.closing_of(world.other, units["moi"], 2567)[0].closing.counted == 0
    heads = {
        h.key: h.value
        for source in registry.headlines
        for h in source(world.centre, units["moi"], 2567, today)
    }
    assert heads["desk.late"] == "3"
    assert heads["desk.closing_rate"] == "25.0 %"
    client.force_login(world.centre)
    client.post("/context/", {"fiscal_year": 2567})
    assert client.get("/desk/actions/closing/").status_code == 200


def test_the_api_gives_what_the_pages_give(world, client):
    item = world.open(due_on=ahead(-1), owner=world.officer)
    assert client.get("/api/desk/items").status_code == 403
    client.force_login(world.officer)
    got = client.get("/api/desk/items?group=overdue").json()
    assert got["total"] >= 1
    assert got["items"][0]["key"] == f"desk.action:{item.pk}"
    assert client.get("/api/desk/items?group=zz").status_code == 422
    rows = client.get("/api/desk/actions?overdue=true&limit=5").json()
    assert [r["id"] for r in rows["items"]] == [item.pk]
    one = client.get(f"/api/desk/actions/{item.pk}").json()
    assert [e["kind"] for e in one["events"]] == ["opened"]
    assert dt.date.fromisoformat(one["due_on"]) == ahead(-1)
    client.force_login(world.other)
    assert client.get(f"/api/desk/actions/{item.pk}").status_code == 404
    assert client.get("/api/desk/actions").json()["items"] == []
