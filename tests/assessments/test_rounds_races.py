"""Two people at the same moment: one wins, the other is told, nothing is doubled. Both databases."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from sucharit.assessments.models import Mark, Objection, OitEntry
from sucharit.assessments.services import marking, objections, oit, rounds
from sucharit.core.errors import Refusal
from sucharit.core.models import LedgerEntry
from tests.assessments import rounds_make as rm

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls: Callable[[], object]) -> list[object]:
    """What each call gave or raised, all started together on their own connections."""
    start = threading.Barrier(len(calls))
    outcomes: list[object] = [None] * len(calls)

    def run(place: int, call: Callable[[], object]) -> None:
        try:
            start.wait()
            outcomes[place] = call()
        except Exception as error:  # noqa: BLE001 (handed to the test)
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n, call)) for n, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return outcomes


def refused(outcomes: list[object]) -> int:
    strange = [o for o in outcomes if isinstance(o, Exception) and not isinstance(o, Refusal)]
    assert not strange, strange
    return sum(isinstance(o, Refusal) for o in outcomes)


def rows(action: str) -> int:
    return LedgerEntry.objects.filter(action=action).count()


def test_two_heads_approve_one_does():
    world = rm.world()
    p = world.set(oit_state="submitted")
    found = at_once(
        *[
            lambda who=who: oit.approve(actor=world.people[who], participation=p, on=rm.TODAY)
            for who in ("head", "head2")
        ]
    )
    assert refused(found) == 1
    assert rows("assessments.oit.approved") == 1
    assert OitEntry.objects.count() == 6


def test_approving_and_returning_at_once_one_holds():
    world = rm.world()
    p = world.set(oit_state="submitted")
    found = at_once(
        lambda: oit.approve(actor=world.head, participation=p, on=rm.TODAY),
        lambda: oit.return_report(actor=world.head2, participation=p, note="แก้", on=rm.TODAY),
    )
    assert refused(found) == 1
    assert world.part().oit_state in {"approved", "draft"}
    assert (world.part().oit_state == "approved") == (
        OitEntry.objects.exclude(frozen_at=None).count() == 6
    )


def test_a_double_submit_is_one():
    world = rm.world()
    p = world.part()
    found = at_once(
        *[lambda: oit.submit(actor=world.officer, participation=p, incomplete_ok=True, on=rm.TODAY)]
        * 3
    )
    assert refused(found) == 2
    assert rows("assessments.oit.submitted") == 1


def test_two_officers_begin_the_same_item():
    world = rm.world()
    p = world.part()

    def save(who: str) -> object:
        return oit.save_entry(
            actor=world.people[who], participation=p, item="O1", links=[f"https://a.go.th/{who}"], explanation=who,
            nothing_to_show=False, version=0, on=rm.TODAY,
        )  # fmt: skip

    found = at_once(lambda: save("officer"), lambda: save("officer2"))
    assert refused(found) == 1
    entry = OitEntry.objects.get()
    assert [link.url for link in entry.links.all()] == [f"https://a.go.th/{entry.explanation}"]


def test_saving_while_the_head_approves_never_changes_what_was_frozen():
    world = rm.world()
    saved = oit.save_entry(
        actor=world.officer, participation=world.part(), item="O1", links=["https://a.go.th/1"], explanation="",
            nothing_to_show=False,
        version=0, on=rm.TODAY,
    )  # fmt: skip
    p = world.part()

    def submit_and_approve() -> None:
        oit.submit(actor=world.officer, participation=p, incomplete_ok=True, on=rm.TODAY)
        oit.approve(actor=world.head, participation=p, on=rm.TODAY)

    at_once(
        submit_and_approve,
        lambda: oit.save_entry(
            actor=world.officer2, participation=p, item="O1", links=["https://a.go.th/2"], explanation="", nothing_to_show=False,
            version=1, on=rm.TODAY,
        ),
    )  # fmt: skip
    saved.entry.refresh_from_db()
    assert [link["url"] for link in saved.entry.frozen["links"]] == [
        link.url for link in saved.entry.links.all()
    ]


def test_two_assessors_mark_one_item():
    world = rm.world()
    p = world.set(round_state="review", oit_state="approved")
    found = at_once(
        *[
            lambda who=who: marking.mark_item(
                actor=world.people[who], participation=p, item="O1", points="100"
            )
            for who in ("assessor", "assessor2")
        ]
    )
    assert refused(found) == 1
    assert Mark.objects.count() == 1


def objecting() -> rm.World:
    from sucharit.core import clock

    world = rm.world()
    p = world.set(round_state="objection", oit_state="scored")
    OitEntry.objects.create(
        participation=p,
        item="O1",
        frozen_at=clock.now(),
        frozen={"links": [{"url": "https://a.go.th/"}]},
    )
    Mark.objects.create(participation=p, item="O1", points="0", comment="ไม่พบ")
    return world


def test_a_double_objection_is_one():
    world = objecting()
    p, day = world.part(), rm.CALENDAR["objection_from"]
    found = at_once(
        *[
            lambda: objections.raise_objection(
                actor=world.officer, participation=p, item="O1", reason="มี", on=day
            )
        ]
        * 3
    )
    assert refused(found) == 2
    assert Objection.objects.count() == 1


def test_an_objection_is_decided_once():
    world = objecting()
    p, day = world.part(), rm.CALENDAR["objection_from"]
    Objection.objects.create(participation=p, item="O1", reason="มี")

    def decide(who: str, points: str) -> object:
        return objections.decide_objection(
            actor=world.people[who],
            participation=p,
            item="O1",
            points=points,
            answer="ตรวจแล้ว",
            on=day,
        )

    found = at_once(lambda: decide("assessor", "100"), lambda: decide("assessor2", "0"))
    assert refused(found) == 1
    changed = Objection.objects.get().state == "changed"
    assert Mark.objects.count() == (2 if changed else 1)


def test_a_step_of_the_round_taken_twice_is_one():
    world = rm.world()
    world.set(oit_state="approved")
    rounds.close_surveys(actor=world.centre, round=world.round)
    found = at_once(*[lambda: rounds.start_review(actor=world.centre, round=world.round)] * 2)
    assert refused(found) == 1
    assert rows("assessments.round.review") == 1


def test_no_approval_slips_in_once_marking_has_started():
    """Either the head was first and the unit is in the count, or marking was and the head is told."""
    world = rm.world()
    world.set(oit_state="approved", code="th-66")
    world.set(oit_state="submitted")
    rounds.close_surveys(actor=world.centre, round=world.round)
    p = world.part()
    found = at_once(
        lambda: oit.approve(actor=world.head, participation=p, on=rm.TODAY),
        lambda: rounds.start_review(actor=world.centre, round=world.round),
    )
    late = refused(found)
    row = LedgerEntry.objects.get(action="assessments.round.review")
    assert f'"approved":{2 - late}' in str(row.data).replace(" ", "")
