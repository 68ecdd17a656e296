"""Marks by people without a stake; objections once, about frozen links, decided once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from sucharit.assessments.models import Mark, Objection, OitEntry
from sucharit.assessments.services import marking, objections, oit
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.orgs.models import Person, RoleAssignment
from tests.assessments import rounds_make as rm

pytestmark = pytest.mark.django_db
WINDOW = rm.CALENDAR["objection_from"]


@pytest.fixture
def world():
    made = rm.world()
    for n in range(1, 7):
        links = [] if n == 5 else [f"https://a.go.th/{n}"]
        oit.save_entry(
            actor=made.officer, participation=made.part(), item=f"O{n}", links=links, explanation="",
            nothing_to_show=n == 5, version=0, on=rm.TODAY,
        )  # fmt: skip
    oit.submit(actor=made.officer, participation=made.part(), on=rm.TODAY)
    oit.approve(actor=made.head, participation=made.part(), on=rm.TODAY)
    made.set(round_state="review")
    return made


def give(world, item="O1", points="100", comment="", *, actor=None, version=0, code="th-38"):
    return marking.mark_item(
        actor=actor or world.assessor,
        participation=world.part(code),
        item=item,
        points=points,
        comment=comment,
        version=version,
    )


def mark_all(world, **low):
    for n in range(1, 7):
        points = low.get(f"O{n}", "100")
        give(world, f"O{n}", points, "" if points == "100" else "ไม่พบ")


def test_only_allowed_points_in_their_spelling(world):
    for item, points in (("O1", "50"), ("O1", ""), ("O1", "100.0"), ("O1", "1e2"), ("O6", "99")):
        with pytest.raises(ValidationError) as caught:
            give(world, item, points, "reason")
        assert list(caught.value.message_dict) == ["points"]
    assert give(world, "O6", "50", "ครึ่งหนึ่ง").points == "50"
    with pytest.raises(NotFoundInScope):
        give(world, "i1")


def test_below_the_maximum_a_reason_is_needed(world):
    for item, points in (("O1", "0"), ("O6", "50"), ("O6", "0")):
        with pytest.raises(ValidationError) as caught:
            give(world, item, points, "  ")
        assert list(caught.value.message_dict) == ["comment"]
    assert give(world, "O1", "100", "").comment == ""


def test_a_mark_is_one_row_per_turn_and_may_be_corrected(world):
    give(world, "O1", "0", "ไม่พบ")
    assert give(world, "O1", "100", version=1).version == 2
    assert Mark.objects.filter(item="O1").count() == 1


def test_a_second_assessor_is_told_of_the_first(world):
    give(world, "O1", "0", "ไม่พบ")
    with pytest.raises(marking.StaleMarkError) as caught:
        give(world, "O1", "100", actor=world.assessor2)
    assert caught.value.current.comment == "ไม่พบ"
    assert Mark.objects.get().points == "0"


@pytest.mark.parametrize("role", ["unit_officer", "unit_head"])
@pytest.mark.parametrize("where", ["th-38", "moi"])
def test_a_role_in_the_unit_or_above_it_is_a_stake(world, role, where):
    RoleAssignment.objects.create(user=world.assessor, role=role, unit=world.units[where])
    with pytest.raises(Forbidden):
        give(world)
    assert marking.stakes(world.assessor2, [world.part()]) == {}


def test_a_role_that_ended_within_the_round_still_counts_an_older_one_not(world):
    old = RoleAssignment.objects.create(
        user=world.assessor,
        role="unit_officer",
        unit=world.units["th-38"],
        valid_to=dt.date(2024, 3, 31),
    )
    assert marking.stakes(world.assessor, [world.part()]) == {}
    old.valid_to = dt.date(2024, 4, 1)
    old.save()
    assert world.part().pk in marking.stakes(world.assessor, [world.part()])


def test_ones_own_unit_is_a_stake_the_neighbour_not(world):
    Person.objects.create(
        first_name="ก", last_name="ข", unit=world.units["th-3801"], account=world.assessor
    )
    world.assessor.refresh_from_db()
    assert world.part("th-38").pk in marking.stakes(
        world.assessor, [world.part("th-38"), world.part("th-66")]
    )
    assert world.part("th-66").pk not in marking.stakes(world.assessor, [world.part("th-66")])


def test_nobody_marks_what_he_wrote_or_signed(world):
    assert marking.stakes(world.assessor, [world.part()]) == {}
    entry = OitEntry.objects.get(item="O2")
    entry.editors = [*entry.editors, world.assessor.pk]
    entry.save()
    with pytest.raises(Forbidden):
        give(world, "O1")
    part = world.part()
    part.approved_by = world.assessor2
    part.save()
    with pytest.raises(Forbidden):
        give(world, "O1", actor=world.assessor2)


def test_marking_is_finished_only_when_every_item_has_a_mark(world):
    for n in range(1, 6):
        give(world, f"O{n}")
    with pytest.raises(Refusal) as caught:
        marking.finish_marking(actor=world.assessor, participation=world.part())
    assert "O6" in str(caught.value)
    give(world, "O6")
    assert (
        marking.finish_marking(actor=world.assessor, participation=world.part()).oit_state
        == "scored"
    )
    with pytest.raises(Refusal):
        give(world, "O1", "0", "too late", version=1)


@pytest.fixture
def objecting(world):
    mark_all(world, O1="0", O2="0", O5="0", O6="50")
    marking.finish_marking(actor=world.assessor, participation=world.part())
    world.set(round_state="objection")
    return world


def raise_(world, item="O1", reason="มีครบแล้ว", *, actor=None, on=WINDOW, refers_to=()):
    return objections.raise_objection(
        actor=actor or world.officer,
        participation=world.part(),
        item=item,
        reason=reason,
        refers_to=refers_to,
        on=on,
    )


def decide(world, item="O1", points="100", answer="พบแล้ว", *, actor=None):
    return objections.decide_objection(
        actor=actor or world.assessor2,
        participation=world.part(),
        item=item,
        points=points,
        answer=answer,
        on=WINDOW,
    )


def test_one_objection_per_item(objecting):
    assert raise_(objecting).refers_to == [1]
    with pytest.raises(Refusal):
        raise_(objecting, reason="อีกครั้ง")
    assert raise_(objecting, "O2").item == "O2"


@pytest.mark.parametrize(("item", "why"), [("O3", "highest"), ("O5", "no link")])
def test_no_objection_to_the_highest_mark_or_without_a_frozen_link(objecting, item, why):
    with pytest.raises(Refusal):
        raise_(objecting, item)
    assert not Objection.objects.exists()


@pytest.mark.parametrize(
    "day", [WINDOW - dt.timedelta(days=1), rm.CALENDAR["objection_to"] + dt.timedelta(days=1)]
)
def test_no_objection_outside_the_window(objecting, day):
    with pytest.raises(Refusal):
        raise_(objecting, on=day)


def test_a_reason_is_needed_and_only_frozen_links_exist(objecting):
    with pytest.raises(ValidationError) as caught:
        raise_(objecting, reason=" ")
    assert list(caught.value.message_dict) == ["reason"]
    for strange in ([2], [0], [-1], [1, 7]):
        with pytest.raises(ValidationError) as caught:
            raise_(objecting, refers_to=strange)
        assert list(caught.value.message_dict) == ["refers_to"]


def test_a_changed_mark_is_a_second_turn_and_final(objecting):
    raise_(objecting)
    assert decide(objecting).state == Objection.State.CHANGED
    assert list(Mark.objects.filter(item="O1").order_by("turn").values_list("turn", "points")) == [
        (1, "0"),
        (2, "100"),
    ]
    with pytest.raises(Refusal):
        decide(objecting)
    with pytest.raises(Refusal):
        raise_(objecting)


def test_a_kept_mark_stays_one_row(objecting):
    raise_(objecting)
    assert decide(objecting, points="0", answer="ยังไม่พบ").state == Objection.State.UPHELD
    assert Mark.objects.filter(item="O1").count() == 1


def test_an_objection_never_lowers_a_mark_and_always_gets_a_reason(objecting):
    raise_(objecting, "O6")
    for points in ("0", "75", ""):
        with pytest.raises(ValidationError) as caught:
            decide(objecting, "O6", points)
        assert list(caught.value.message_dict) == ["points"]
    with pytest.raises(ValidationError) as caught:
        decide(objecting, "O6", "100", " ")
    assert list(caught.value.message_dict) == ["answer"]


def test_a_stake_bars_from_deciding_too(objecting):
    raise_(objecting)
    RoleAssignment.objects.create(
        user=objecting.assessor2, role="unit_head", unit=objecting.units["th-38"]
    )
    with pytest.raises(Forbidden):
        decide(objecting)


def test_only_what_was_objected_to_is_decided(objecting):
    with pytest.raises(Refusal):
        decide(objecting)


def test_the_first_marker_is_known(objecting):
    assert objections.first_marker(objecting.part(), "O1") == objecting.assessor.pk


def test_the_queue_shows_units_to_mark_then_objections(world):
    from sucharit.assessments.queries.rounds import marking_queue

    assert [
        (t.participation.unit.code, t.marked, t.total) for t in marking_queue(world.assessor)
    ] == [("th-38", 0, 6)]
    assert marking_queue(world.officer) == []
    mark_all(world, O1="0")
    assert marking_queue(world.assessor)[0].marked == 6
    marking.finish_marking(actor=world.assessor, participation=world.part())
    world.set(round_state="objection")
    assert marking_queue(world.assessor) == []
    raise_(world)
    assert [o.item for o in marking_queue(world.assessor)[0].objections] == ["O1"]
