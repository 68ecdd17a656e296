"""Action items: services, rights, history."""

from __future__ import annotations

import pytest

from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.models import LedgerEntry
from sucharit.core.registry import registry
from sucharit.desk import actions
from sucharit.desk.models import ActionEvent, ActionItem
from sucharit.desk.services import actions as services
from tests.desk.world import DAY, ahead, fresh

pytestmark = pytest.mark.django_db


def refusal(call, **given):
    with pytest.raises(Refusal) as refused:
        call(**given)
    return refused.value.where


def test_a_life_from_finding_to_acceptance(world):
    item = world.open(why="ค่าต่ำกว่ามัธยฐาน")
    assert world.open().pk == item.pk  # the same finding opens no second one
    services.change_action(actor=world.head, action=item, owner=world.officer, due_on=ahead())
    services.start_action(actor=world.officer, action=item)
    services.report_progress(actor=world.officer, action=item, progress=40, note="ครึ่งทาง")
    assert refusal(services.submit_action, actor=world.officer, action=item, note=" ") == "note"
    services.submit_action(actor=world.officer, action=item, note="แก้ยอดแล้ว")
    with pytest.raises(Forbidden):
        services.accept_action(actor=world.officer, action=item)
    services.return_action(actor=world.head, action=item, note="ยังไม่ครบ")
    services.submit_action(actor=world.officer, action=item, note="ครบแล้ว")
    services.accept_action(actor=world.centre, action=item)
    assert refusal(services.accept_action, actor=world.centre, action=item) == ""
    held = fresh(item)
    assert (held.state, held.progress, held.closed_by) == ("accepted", 100, world.centre)
    services.reopen_action(actor=world.head, action=item, note="กลับมาอีก", due_on=ahead(20))
    held = fresh(item)
    assert (held.state, held.reopened_count, held.progress) == ("in_progress", 1, 0)
    assert held.original_due_on == ahead()
    kinds = [e.kind for e in ActionEvent.objects.filter(action=item)]
    assert kinds == [
        "opened", "changed", "started", "reported", "submitted", "returned", "submitted",
        "accepted", "reopened",
    ]  # fmt: skip
    rows = LedgerEntry.objects.filter(action__startswith="desk.action.")
    assert rows.count() == len(kinds)
    assert not any("ครบ" in row.data or "ยอด" in row.data for row in rows)


def test_only_the_origin_decides(world):
    item = world.from_above(due_on=ahead(5))
    services.submit_action(actor=world.officer, action=item, note="แล้ว")
    for step in (
        lambda: services.accept_action(actor=world.head, action=item),
        lambda: services.return_action(actor=world.head, action=item, note="x"),
        lambda: services.cancel_action(actor=world.head, action=item, reason="x"),
    ):
        with pytest.raises(Forbidden):
            step()
    assert services.accept_action(actor=world.centre, action=item).state == "accepted"


def test_a_later_day_is_asked_for_and_agreed(world):
    item = world.from_above(due_on=ahead(5))
    change = services.change_action
    assert refusal(change, actor=world.head, action=item, owner=None, due_on=ahead(9)) == "due_on"
    assert (
        refusal(change, actor=world.head, action=item, owner=None, due_on=ahead(5), priority=3)
        == "priority"
    )
    ask = services.ask_for_day
    assert refusal(ask, actor=world.head, action=item, due_on=ahead(4), reason="x") == "due_on"
    assert refusal(ask, actor=world.head, action=item, due_on=None, reason="x") == "due_on"
    ask(actor=world.head, action=item, due_on=ahead(9), reason="รอเอกสาร")
    services.refuse_day(actor=world.centre, action=item, note="ไม่ได้")
    assert refusal(services.refuse_day, actor=world.centre, action=item, note="x") == ""
    ask(actor=world.head, action=item, due_on=ahead(9), reason="รอเอกสาร")
    assert refusal(services.defer_action, actor=world.centre, action=item, due_on=ahead(3)) == (
        "due_on"
    )
    services.defer_action(actor=world.centre, action=item)
    held = fresh(item)
    assert (held.state, held.due_on, held.original_due_on) == ("deferred", ahead(9), ahead(5))
    assert held.asked_due_on is None
    services.start_action(actor=world.officer, action=item)


def test_blocked_and_on_again(world):
    item = world.open()
    services.block_action(actor=world.officer, action=item, reason="รอกรมบัญชีกลาง")
    assert refusal(services.submit_action, actor=world.officer, action=item, note="x") == ""
    services.unblock_action(actor=world.officer, action=item)
    assert fresh(item).blocked_reason == ""
    services.cancel_action(actor=world.head, action=item, reason="ข้อมูลถูกต้องแล้ว")
    assert fresh(item).closed_by == world.head


def test_after_closing_the_same_finding_opens_anew_and_blocks_reopening(world):
    first = world.submitted()
    assert world.open().pk == first.pk  # handed in is alive
    services.accept_action(actor=world.head, action=first)
    second = world.open()
    assert second.pk != first.pk
    assert refusal(services.reopen_action, actor=world.head, action=first, note="x") == ""


def test_rights(world):
    item = world.open()
    with pytest.raises(NotFoundInScope):
        services.submit_action(actor=world.other, action=item, note="x")
    with pytest.raises(Forbidden):
        services.submit_action(actor=world.auditor, action=item, note="x")
    change = services.change_action
    assert refusal(change, actor=world.head, action=item, owner=world.other, due_on=None) == "owner"
    assert (
        refusal(services.report_progress, actor=world.head, action=item, progress=101) == "progress"
    )


def test_co_units_help_and_do_not_decide(world):
    item = world.from_above(co_units=[world.units["th-66"], world.units["th-38"]])
    assert [c.unit.code for c in item.co_units.all()] == ["th-66"]
    services.report_progress(actor=world.other, action=item, progress=10, note="ช่วย")
    services.submit_action(actor=world.other, action=item, note="แล้ว")
    with pytest.raises(Forbidden):
        services.accept_action(actor=world.other, action=item)


def test_by_hand_each_is_its_own(world):
    given = {
        "actor": world.head, "unit": world.units["th-3801"],
        "origin_unit": world.units["th-38"], "fiscal_year": 2567,
    }  # fmt: skip
    first = services.open_own(title="ทำป้าย", **given)
    assert services.open_own(title="ทำป้าย", **given).pk != first.pk
    assert first.source_kind == "desk.manual"
    assert refusal(services.open_own, title=" ", **given) == "title"
    assert refusal(services.open_own, title="x", due_on=ahead(-1), **given) == "due_on"
    with pytest.raises(NotFoundInScope):  # another tree
        services.open_own(title="x", **(given | {"unit": world.units["th-66"]}))
    with pytest.raises(NotFoundInScope):
        services.open_own(title="x", co_units=[world.units["th-66"]], **given)


def test_the_history_cannot_be_mended(world):
    world.open()
    with pytest.raises(TypeError):
        ActionEvent.objects.all().delete()
    with pytest.raises(TypeError):
        ActionEvent.objects.update(note="")


def test_overdue_is_computed(world):
    item = world.open(due_on=ahead(-1))
    today = ahead(0)
    assert list(ActionItem.objects.overdue(today)) == [item]
    assert not list(ActionItem.objects.overdue(today - DAY))
    services.submit_action(actor=world.officer, action=item, note="x")
    assert not list(ActionItem.objects.overdue(today))
    assert "overdue" not in ActionItem.State.values


def test_owners_are_those_with_the_right_at_the_unit(world):
    found = set(actions.owners(world.units["th-38"]))
    assert found == {world.centre, world.head, world.officer}


def test_links_for_other_apps(world):
    item = world.open(source_kind="test.thing", source_id="7")
    found = registry.link(world.officer, "desk.action", str(item.pk))
    assert (found.title, found.state) == (item.title, "open")
    assert registry.link(world.other, "desk.action", str(item.pk)) is None
    assert registry.link(world.officer, "desk.action", "x") is None
    made = registry.referring(world.head, "test.thing", "7")
    assert [link.title for link in made] == [item.title]
    assert registry.referring(world.other, "test.thing", "7") == []
