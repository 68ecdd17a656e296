"""Every state × every action × every role, against a table written a second time by hand."""

from __future__ import annotations

import itertools

import pytest

from sucharit.assessments.engine import workflow
from sucharit.assessments.services import marking, objections, oit, population, reopening, rounds
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from tests.assessments import rounds_make as rm

# (action, round state, report state) -> report state after it; all that is not here is refused.
UNIT_STEPS = {
    **{("count_population", "open", s): s for s in ("draft", "submitted", "approved")},
    ("edit", "open", "draft"): "draft",
    ("submit", "open", "draft"): "submitted",
    ("return", "open", "submitted"): "draft",
    ("approve", "open", "submitted"): "approved",
    ("reopen", "open", "approved"): "draft",  # under an unlock
    ("mark", "review", "approved"): "approved",
    ("finish_marking", "review", "approved"): "scored",
    ("object", "objection", "scored"): "scored",
    ("decide", "objection", "scored"): "scored",
}
ROUND_STEPS = {
    **{("edit_calendar", s): s for s in ("draft", "open", "review", "objection")},
    ("add_units", "draft"): "draft",
    ("add_units", "open"): "open",
    ("remove_unit", "draft"): "draft",
    ("open", "draft"): "open",
    ("close_surveys", "open"): "open",
    ("start_review", "open"): "review",
    ("open_objections", "review"): "objection",
    ("finalise", "objection"): "final",
}
WHO_MAY = {
    "count_population": {"officer", "head", "centre"},
    "edit": {"officer", "head", "centre"},
    "submit": {"officer", "head", "centre"},
    "object": {"officer", "head", "centre"},
    "return": {"head"},
    "approve": {"head"},
    "reopen": {"head"},
    "mark": {"assessor"},
    "finish_marking": {"assessor"},
    "decide": {"assessor"},
}
SEES = {"officer", "head", "centre", "assessor", "auditor"}
ROLES = ("officer", "head", "centre", "assessor", "auditor", "stranger", "admin", "nobody")


def test_the_unit_table_is_what_was_agreed():
    assert set(workflow.OIT_STEPS) == {a for a, _, _ in UNIT_STEPS}
    for action, round_state, state in itertools.product(
        workflow.OIT_STEPS, workflow.ROUND_STATES, workflow.OIT_STATES
    ):
        expected = UNIT_STEPS.get((action, round_state, state))
        if expected is None:
            with pytest.raises(workflow.NotAllowedError):
                workflow.oit_step(action, state, round_state)
        else:
            assert workflow.oit_step(action, state, round_state) == expected


def test_the_round_table_is_what_was_agreed():
    assert set(workflow.ROUND_STEPS) == {a for a, _ in ROUND_STEPS}
    for action, state in itertools.product(workflow.ROUND_STEPS, workflow.ROUND_STATES):
        expected = ROUND_STEPS.get((action, state))
        if expected is None:
            with pytest.raises(workflow.NotAllowedError):
                workflow.round_step(action, state)
        else:
            assert workflow.round_step(action, state) == expected


def test_possible_agrees_with_the_tables():
    everything = {s.permission for s in workflow.OIT_STEPS.values()}
    for round_state, state in itertools.product(workflow.ROUND_STATES, workflow.OIT_STATES):
        allowed = {a for a, r, s in UNIT_STEPS if (r, s) == (round_state, state)}
        assert workflow.possible(state, round_state, everything) == allowed
    assert workflow.possible("draft", "open", set()) == frozenset()
    assert workflow.possible_for_round("draft", {workflow.PUBLISH}) == frozenset()


DAY_OF = {"object": rm.CALENDAR["objection_from"], "decide": rm.CALENDAR["objection_from"]}


def attempt(action: str, actor: object, p: object) -> object:
    """The service of an action, with input it accepts."""
    day = DAY_OF.get(action, rm.TODAY)
    calls = {
        "count_population": lambda: population.set_population(
            actor=actor, participation=p, staff_count=9, public_count=9, counted_on=rm.TODAY, on=day
        ),
        "edit": lambda: oit.save_entry(
            actor=actor,
            participation=p,
            item="O1",
            links=["https://a.go.th/"],
            explanation="",
            nothing_to_show=False,
            version=0,
            on=day,
        ),
        "submit": lambda: oit.submit(actor=actor, participation=p, incomplete_ok=True, on=day),
        "return": lambda: oit.return_report(actor=actor, participation=p, note="แก้ O1", on=day),
        "approve": lambda: oit.approve(actor=actor, participation=p, on=day),
        "reopen": lambda: reopening.reopen_report(
            actor=actor, participation=p, reason="ลิงก์ข้อ O1 ผิด", on=day
        ),
        "mark": lambda: marking.mark_item(
            actor=actor, participation=p, item="O1", points="100", on=day
        ),
        "finish_marking": lambda: marking.finish_marking(actor=actor, participation=p),
        "object": lambda: objections.raise_objection(
            actor=actor, participation=p, item="O2", reason="มีแล้ว", on=day
        ),
        "decide": lambda: objections.decide_objection(
            actor=actor, participation=p, item="O3", points="100", answer="พบแล้ว", on=day
        ),
    }
    return calls[action]()


def prepare(world: rm.World) -> None:
    """Frozen entries, a low mark for each item but O1 in finishing, one open objection (O3)."""
    from sucharit.assessments.models import Approval, Mark, Objection, OitEntry
    from sucharit.core import clock

    p = world.part()
    Approval.objects.create(
        workflow=f"round:{p.round_id}", unit=p.unit, at=clock.now(), open_until=rm.AFTER
    )
    for n in range(2, 7):
        OitEntry.objects.create(
            participation=p, item=f"O{n}", frozen_at=clock.now(),
            frozen={"links": [{"url": "https://a.go.th/", "label": ""}], "explanation": "", "evidence": []},
        )  # fmt: skip
        Mark.objects.create(participation=p, item=f"O{n}", points="0", comment="ไม่พบ")
    Objection.objects.create(participation=p, item="O3", reason="มีแล้ว")


@pytest.mark.django_db
@pytest.mark.parametrize("action", sorted(workflow.OIT_STEPS))
def test_services_keep_the_table_for_every_state_and_role(action):
    from django.db import transaction

    from sucharit.assessments.models import Mark

    world = rm.world()
    prepare(world)
    if action == "finish_marking":
        Mark.objects.create(participation=world.part(), item="O1", points="100")
    for round_state, state, role in itertools.product(
        workflow.ROUND_STATES, workflow.OIT_STATES, ROLES
    ):
        p = world.set(round_state=round_state, oit_state=state)
        after = UNIT_STEPS.get((action, round_state, state))
        actor = world.people[role]
        with transaction.atomic():
            if role not in SEES:
                with pytest.raises(NotFoundInScope):
                    attempt(action, actor, p)
            elif role not in WHO_MAY[action]:
                with pytest.raises(Forbidden):
                    attempt(action, actor, p)
            elif after is None:
                with pytest.raises(Refusal):
                    attempt(action, actor, p)
                assert world.part().oit_state == state
            else:
                attempt(action, actor, p)
                assert world.part().oit_state == after
            transaction.set_rollback(True)


ROUND_SERVICES = {
    "edit_calendar": lambda actor, r: rounds.update_calendar(
        actor=actor, round=r, calendar=rm.CALENDAR
    ),
    "add_units": lambda actor, r: rounds.add_participations(actor=actor, round=r),
    "remove_unit": lambda actor, r: rounds.remove_participation(
        actor=actor, participation=r.participations.first()
    ),
    "open": lambda actor, r: rounds.open_round(actor=actor, round=r),
    "close_surveys": lambda actor, r: rounds.close_surveys(actor=actor, round=r),
    "start_review": lambda actor, r: rounds.start_review(actor=actor, round=r),
    "open_objections": lambda actor, r: rounds.open_objections(actor=actor, round=r),
    "finalise": lambda actor, r: rounds.finalise(actor=actor, round=r, on=rm.AFTER),
}


@pytest.mark.django_db
@pytest.mark.parametrize("action", sorted(ROUND_SERVICES))
def test_round_services_keep_the_table_for_every_state_and_role(action):
    from django.db import transaction

    from sucharit.assessments.models import Participation, Round
    from sucharit.core import clock

    world = rm.world()
    needs_approved = action == "start_review"
    for state, role in itertools.product(workflow.ROUND_STATES, ROLES):
        closed = clock.now() if needs_approved else None
        Round.objects.filter(pk=world.round.pk).update(state=state, surveys_closed_at=closed)
        Participation.objects.update(oit_state="approved" if needs_approved else "scored")
        round_ = Round.objects.get(pk=world.round.pk)
        after = ROUND_STEPS.get((action, state))
        actor = world.people[role]
        with transaction.atomic():
            if role in {
                "admin",
                "nobody",
                "officer",
                "head",
                "stranger",
            }:  # none has a role at the ministry that sees it
                with pytest.raises(NotFoundInScope):
                    ROUND_SERVICES[action](actor, round_)
            elif role != "centre":
                with pytest.raises(Forbidden):
                    ROUND_SERVICES[action](actor, round_)
            elif after is None:
                with pytest.raises(Refusal):
                    ROUND_SERVICES[action](actor, round_)
            else:
                ROUND_SERVICES[action](actor, round_)
                assert Round.objects.get(pk=round_.pk).state == after
            transaction.set_rollback(True)
