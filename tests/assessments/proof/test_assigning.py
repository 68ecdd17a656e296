"""Work split between officers, and what the head says about single items."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from sucharit.assessments.models import OitAssignment, OitEntry, OitItemEvent
from sucharit.assessments.proof.services import assigning
from sucharit.assessments.services import oit
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from tests.assessments import rounds_make as rm

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return rm.world()


def do(world, service, actor, item="O1", **fields):
    return getattr(assigning, service)(
        actor=actor, participation=world.part(), item=item, on=rm.TODAY, **fields
    )


def assign(world, *items, to=None, actor=None):
    return assigning.assign_items(
        actor=actor or world.head, participation=world.part(), items=items or ["O1"],
        assignee=to or world.officer, on=rm.TODAY,
    )  # fmt: skip


def answer(world, item="O1"):
    entry = OitEntry.objects.filter(participation=world.part(), item=item).first()
    oit.save_entry(
        actor=world.officer, participation=world.part(), item=item, links=[f"https://a.go.th/{item}"],
        explanation="", nothing_to_show=False, version=entry.version if entry else 0, on=rm.TODAY,
    )  # fmt: skip


def trail(world, item="O1"):
    return list(
        OitItemEvent.objects.filter(participation=world.part(), item=item).values_list(
            "what", flat=True
        )
    )


def test_the_way_of_an_item_is_kept(world):
    assign(world, "O1", "O2")
    answer(world)
    do(world, "submit_item", world.officer, comment="เสร็จแล้ว")
    do(world, "return_item", world.head, comment="ลิงก์ไม่ตรง")
    do(world, "submit_item", world.officer)
    do(world, "accept_item", world.officer2)
    assert OitAssignment.objects.get(item="O1").state == "accepted"
    assert trail(world) == ["assigned", "submitted", "returned", "submitted", "accepted"]
    assert OitItemEvent.objects.get(what="returned").comment == "ลิงก์ไม่ตรง"


def test_only_the_hand_that_has_it_hands_it_in_and_not_empty(world):
    with pytest.raises(NotFoundInScope):
        do(world, "submit_item", world.officer)
    assign(world)
    with pytest.raises(Refusal):
        do(world, "submit_item", world.officer)
    answer(world)
    with pytest.raises(Forbidden):
        do(world, "submit_item", world.officer2)
    do(world, "submit_item", world.officer)
    with pytest.raises(Refusal):
        do(world, "submit_item", world.officer)
    with pytest.raises(Forbidden):
        do(world, "accept_item", world.officer)
    with pytest.raises(ValidationError):
        do(world, "return_item", world.head, comment=" ")


def test_who_can_have_an_item(world):
    for other in (world.stranger, world.assessor, world.nobody):
        with pytest.raises(ValidationError):
            assign(world, to=other)
    with pytest.raises(ValidationError):
        assigning.assign_items(
            actor=world.head, participation=world.part(), items=[], assignee=world.officer, on=rm.TODAY,
        )  # fmt: skip
    with pytest.raises(NotFoundInScope):
        assign(world, "O99")
    with pytest.raises(NotFoundInScope):
        assign(world, actor=world.stranger)
    with pytest.raises(Forbidden):
        assign(world, actor=world.assessor)
    assert not OitAssignment.objects.exists()


def test_reassigning_and_taking_back(world):
    assign(world)
    assign(world, to=world.officer2)
    assert OitAssignment.objects.get().assignee == world.officer2
    taken = assigning.take_back(
        actor=world.head, participation=world.part(), items=["O1", "O2"], on=rm.TODAY
    )
    assert taken == 1
    assert trail(world) == ["assigned", "assigned", "taken_back"]
    assert not OitAssignment.objects.exists()


def send_in(world):
    for n in range(1, 7):
        answer(world, f"O{n}")
    oit.submit(actor=world.officer, participation=world.part(), on=rm.TODAY)


def give_back(world, **fields):
    return oit.return_report(actor=world.head, participation=world.part(), on=rm.TODAY, **fields)


def test_the_head_returns_single_items_with_a_comment(world):
    assign(world, "O2")
    send_in(world)
    give_back(world, items={"O2": "ใช้ลิงก์ปีนี้", "O3": "  "})
    second = OitEntry.objects.get(participation=world.part(), item="O2")
    assert second.open_return == "ใช้ลิงก์ปีนี้"
    assert OitEntry.objects.get(participation=world.part(), item="O3").open_return == ""
    assert OitAssignment.objects.get(item="O2").state == "returned"
    assert trail(world, "O2") == ["assigned", "returned"]
    answer(world, "O2")
    second.refresh_from_db()
    assert (second.open_return, second.returned_note) == ("", "ใช้ลิงก์ปีนี้")


def test_a_return_needs_words(world):
    send_in(world)
    for fields in ({}, {"note": " "}, {"items": {"O1": ""}}):
        with pytest.raises(ValidationError):
            give_back(world, **fields)
    with pytest.raises(ValidationError) as caught:
        give_back(world, items={"O1": "x" * 3000})
    assert "item_O1" in caught.value.message_dict
    with pytest.raises(NotFoundInScope):
        give_back(world, items={"O99": "x"})
    give_back(world, note="ดูใหม่ทั้งหมด")


def test_comments_end_with_the_next_return_and_with_approval(world):
    send_in(world)
    give_back(world, items={"O1": "หนึ่ง"})
    oit.submit(actor=world.officer, participation=world.part(), on=rm.TODAY)
    give_back(world, items={"O2": "สอง"})
    assert OitEntry.objects.get(participation=world.part(), item="O1").returned_note == ""
    oit.submit(actor=world.officer, participation=world.part(), on=rm.TODAY)
    oit.approve(actor=world.head, participation=world.part(), on=rm.TODAY)
    assert not OitEntry.objects.exclude(returned_note="").exists()
    assert trail(world, "O1") == ["returned"]
