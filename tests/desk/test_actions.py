"""Action items: services, who owes what, pages, list and export."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import cache

from sucharit.core import clock
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.models import LedgerEntry
from sucharit.desk import actions, labels
from sucharit.desk.models import ActionEvent, ActionItem
from sucharit.desk.services import actions as services

pytestmark = pytest.mark.django_db


class World:
    def __init__(self, make):
        self.units = make.ministry()
        self.centre = make.user("ministry_centre", self.units["moi"])
        self.head = make.user("unit_head", self.units["th-38"])
        self.officer = make.user("unit_officer", self.units["th-38"])
        self.other = make.user("unit_officer", self.units["th-66"])
        self.auditor = make.user("auditor", self.units["moi"])

    def open(self, code="th-38", n=1, **more):
        fields = {"title": f"ตรวจสอบ {n}", "source_kind": "test.source", "source_id": str(n)}
        return services.open_action(
            actor=self.centre, unit=self.units[code], fiscal_year=2567, **(fields | more)
        )


@pytest.fixture
def world(make):
    cache.clear()
    return World(make)


def titles(user):
    return [item.title for item in actions.desk_items(user)]


def test_a_life_from_finding_to_verified(world):
    item = world.open(why="ค่าต่ำกว่ามัธยฐาน")
    assert world.open().pk == item.pk  # the same finding opens no second one
    day = clock.today() + dt.timedelta(days=9)
    services.change_action(actor=world.head, action=item, owner=world.officer, due_on=day)
    with pytest.raises(Refusal) as refused:
        services.close_action(actor=world.officer, action=item, note=" ")
    assert refused.value.where == "note"
    services.close_action(actor=world.officer, action=item, note="แก้ยอดแล้ว")
    with pytest.raises(Forbidden):
        services.verify_action(actor=world.officer, action=item)
    services.reopen_action(actor=world.head, action=item, note="ยังไม่ครบ", due_on=day)
    services.close_action(actor=world.officer, action=item, note="ครบแล้ว")
    services.verify_action(actor=world.centre, action=item)
    with pytest.raises(Refusal):
        services.reopen_action(actor=world.head, action=item, note="x")
    kinds = [e.kind for e in ActionEvent.objects.filter(action=item)]
    assert kinds == ["opened", "changed", "done", "reopened", "done", "verified"]
    rows = LedgerEntry.objects.filter(action__startswith="desk.action.")
    assert rows.count() == 6
    assert not any("ครบ" in row.data or "ยอด" in row.data for row in rows)


def test_after_closing_the_same_finding_opens_anew_and_blocks_reopening(world):
    first = world.open()
    services.close_action(actor=world.officer, action=first, note="แล้ว")
    second = world.open()
    assert second.pk != first.pk
    with pytest.raises(Refusal):
        services.reopen_action(actor=world.head, action=first, note="ยังไม่ครบ")


def test_rights(world):
    item = world.open()
    with pytest.raises(NotFoundInScope):
        services.close_action(actor=world.other, action=item, note="x")
    with pytest.raises(Forbidden):
        services.close_action(actor=world.auditor, action=item, note="x")
    with pytest.raises(Refusal) as refused:
        services.change_action(actor=world.head, action=item, owner=world.other, due_on=None)
    assert refused.value.where == "owner"


def test_the_history_cannot_be_mended(world):
    world.open()
    with pytest.raises(TypeError):
        ActionEvent.objects.all().delete()
    with pytest.raises(TypeError):
        ActionEvent.objects.update(note="")


def test_who_owes_what(world, make):
    world.open(n=1)
    owned = world.open(n=2, owner=world.officer)
    assert set(titles(world.officer)) == {"ตรวจสอบ 1", "ตรวจสอบ 2"}
    assert titles(world.head) == ["ตรวจสอบ 1"]
    # A role above covers the unit, but is not its duty.
    assert titles(world.centre) == titles(world.auditor) == titles(world.other) == []
    governor_of_all = make.user("unit_head", world.units["moi"])
    assert titles(governor_of_all) == []
    services.close_action(actor=world.officer, action=owned, note="แล้ว")
    assert titles(world.officer) == ["ตรวจสอบ 1"]


def test_owners_are_those_with_the_right_at_the_unit(world):
    found = set(actions.owners(world.units["th-38"]))
    assert found == {world.centre, world.head, world.officer}


class TestPages:
    def test_the_list_is_limited_filtered_and_exported(self, world, client, monkeypatch):
        monkeypatch.setitem(labels.SOURCES, "test.source", "แหล่งทดสอบ")
        late = world.open(n=1, due_on=clock.today() - dt.timedelta(days=1))
        world.open(n=2, due_on=clock.today() + dt.timedelta(days=1))
        world.open("th-66", n=3)
        closed = world.open(n=4)
        services.close_action(actor=world.officer, action=closed, note="แล้ว")
        client.force_login(world.officer)
        page = client.get("/desk/actions/").content.decode()
        assert "ตรวจสอบ 1" in page
        assert "ตรวจสอบ 3" not in page
        assert page.index("ตรวจสอบ 2") < page.index("ตรวจสอบ 4")  # closed ones last
        only = client.get("/desk/actions/?overdue=on").content.decode()
        assert late.title in only
        assert "ตรวจสอบ 2" not in only
        assert "ตรวจสอบ 4" in client.get("/desk/actions/?state=done").content.decode()
        client.force_login(world.centre)
        assert "ตรวจสอบ 3" in client.get("/desk/actions/?unit=พิจิตร").content.decode()
        assert "ตรวจสอบ 1" in client.get("/desk/actions/?source=test.source").content.decode()
        assert "ตรวจสอบ 1" not in client.get("/desk/actions/?mine=on").content.decode()
        file = b"".join(client.get("/desk/actions/?export=csv").streaming_content).decode()
        assert file.count("ตรวจสอบ") == 4

    def test_the_number_of_queries_does_not_grow(
        self, world, client, django_assert_max_num_queries
    ):
        for n in range(12):
            world.open(n=n)
        client.force_login(world.centre)
        with django_assert_max_num_queries(20):
            client.get("/desk/actions/")

    def test_one_item_from_hand_over_to_verified(self, world, client):
        item = world.open(why="ค่าต่ำกว่ามัธยฐาน", source_url="/results/")
        at = f"/desk/actions/{item.pk}/"
        client.force_login(world.head)
        page = client.get(at).content.decode()
        assert "ค่าต่ำกว่ามัธยฐาน" in page
        assert 'href="/results/"' in page
        done = client.post(at, {"go": "change", "owner": world.officer.pk, "due_on": "30/9/2570"})
        assert done.status_code == 302
        item.refresh_from_db()
        assert (item.owner, item.due_on) == (world.officer, dt.date(2027, 9, 30))
        client.force_login(world.officer)
        refused = client.post(at, {"go": "done", "note": ""}).content.decode()
        assert "errors" in refused
        assert client.post(at, {"go": "done", "note": "แก้แล้ว"}).status_code == 302
        assert 'value="verify"' not in client.get(at).content.decode()
        client.force_login(world.head)
        assert 'value="verify"' in client.get(at).content.decode()
        client.post(at, {"go": "verify", "note": ""})
        item.refresh_from_db()
        assert item.verified_by == world.head

    def test_what_is_wrong_stands_beside_the_field(self, world, client):
        item = world.open()
        client.force_login(world.head)
        for bad in ({"due_on": "31/31/2570"}, {"owner": world.other.pk}):
            got = client.post(f"/desk/actions/{item.pk}/", {"go": "change", **bad})
            assert got.status_code == 200
            assert "is-invalid" in got.content.decode()
        item.refresh_from_db()
        assert item.due_on is None

    def test_dropped_with_a_reason(self, world, client):
        item = world.open()
        client.force_login(world.officer)
        client.post(f"/desk/actions/{item.pk}/", {"go": "drop", "note": "ข้อมูลถูกต้องแล้ว"})
        item.refresh_from_db()
        assert item.state == ActionItem.State.DROPPED
        assert "ข้อมูลถูกต้องแล้ว" in client.get(f"/desk/actions/{item.pk}/").content.decode()

    @pytest.mark.parametrize("go", ["", "x", "open"])
    def test_unknown_steps_change_nothing(self, world, client, go):
        item = world.open()
        client.force_login(world.officer)
        assert client.post(f"/desk/actions/{item.pk}/", {"go": go}).status_code == 200
        assert ActionEvent.objects.count() == 1

    def test_readers_see_no_buttons_and_cannot_post(self, world, client):
        item = world.open()
        client.force_login(world.auditor)
        assert 'name="go"' not in client.get(f"/desk/actions/{item.pk}/").content.decode()
        assert (
            client.post(f"/desk/actions/{item.pk}/", {"go": "done", "note": "x"}).status_code == 403
        )
        client.force_login(world.other)
        assert client.get(f"/desk/actions/{item.pk}/").status_code == 404

    def test_empty_list_says_what_comes_first(self, world, client):
        client.force_login(world.officer)
        assert "ข้อค้นพบจะกลายเป็นงานแก้ไข" in client.get("/desk/actions/").content.decode()
