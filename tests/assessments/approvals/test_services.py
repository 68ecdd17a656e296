"""Steps of approval on the database: rights, states, locks, history, ledger."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from sucharit.assessments.approvals import boards, locks, services, workflows
from sucharit.assessments.engine.approval import Authority, State
from sucharit.assessments.models import Approval, ApprovalEvent, Round, UnlockRequest
from sucharit.core import clock
from sucharit.core.actors import System
from sucharit.core.errors import Forbidden, NotFoundInScope, Refusal
from sucharit.core.models import LedgerEntry
from tests.assessments.approvals.making import scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def s(make):
    made = scene()
    made.finish("moi-cdd", "th-38", "th-3801")
    return made


def state(s, code):
    unit = s.units[code]
    return boards.load(workflows.find(s.key), within=unit.path).board.state(unit.pk)


def do(s, step, who, code, **more):
    return getattr(services, step)(actor=s.people[who], workflow=s.key, unit=s.units[code], **more)


def test_up_the_tree_and_down_again(s):
    assert state(s, "moi") == State.UNAPPROVED_WAITING
    with pytest.raises(Refusal, match="อำเภอเมืองบึงกาฬ"):
        do(s, "approve", "governor", "th-38")
    do(s, "approve", "sheriff", "th-3801")
    assert state(s, "th-38") == State.UNAPPROVED_READY
    do(s, "accept", "governor", "th-3801")
    assert state(s, "th-3801") == State.ACCEPTED_HERE
    with pytest.raises(Refusal):
        do(s, "unapprove", "sheriff", "th-3801", note="แก้")  # frozen from below
    do(s, "approve", "governor", "th-38")
    assert state(s, "th-3801") == State.APPROVED_ABOVE
    with pytest.raises(Refusal):
        do(s, "unaccept", "governor", "th-3801")
    do(s, "approve", "chief", "moi-cdd")
    do(s, "approve", "centre", "moi")
    assert state(s, "th-38") == State.APPROVED_ABOVE
    with pytest.raises(Refusal):
        do(s, "unapprove", "governor", "th-38", note="แก้")
    do(s, "unapprove", "minister", "moi", note="แก้ยอด")
    do(s, "unapprove", "centre", "th-38", note="ยอดไม่ตรง")  # returned by the level above
    assert state(s, "th-3801") == State.ACCEPTED_HERE
    assert state(s, "moi") == State.UNAPPROVED_WAITING
    events = ApprovalEvent.objects.of(s.key).values_list("unit__code", "action")
    assert list(events) == [
        ("th-3801", "approved"),
        ("th-3801", "accepted"),
        ("th-38", "approved"),
        ("moi-cdd", "approved"),
        ("moi", "approved"),
        ("moi", "unapproved"),
        ("th-38", "unapproved"),
    ]
    rows = LedgerEntry.objects.filter(action__startswith="assessments.approval.")
    assert rows.count() == 7
    assert not any("ยอด" in row.data for row in rows)


def test_a_unit_without_a_report_is_waited_for(s, make):
    s.round.participations.filter(unit__code="th-3801").update(oit_state="submitted")
    assert state(s, "th-3801") == State.UNAPPROVED_WAITING
    with pytest.raises(Refusal):
        do(s, "approve", "sheriff", "th-3801")
    with pytest.raises(Refusal, match=r"\d"):  # still time to hand in
        do(s, "approve", "sheriff", "th-3801", without_report=True, note="ไม่มีเจ้าหน้าที่")
    late = clock.today() - dt.timedelta(days=3)
    Round.objects.filter(pk=s.round.pk).update(
        oit_from=late, oit_to=late, review_to=late, objection_from=late, objection_to=late
    )
    with pytest.raises(Refusal) as refused:
        do(s, "approve", "sheriff", "th-3801", without_report=True)
    assert refused.value.where == "note"
    do(s, "approve", "governor", "th-3801", without_report=True, note="ไม่มีเจ้าหน้าที่")
    assert ApprovalEvent.objects.get().without_report
    assert state(s, "th-38") == State.UNAPPROVED_READY


@pytest.mark.parametrize(
    ("who", "code", "error"),
    [
        ("officer", "th-3801", Forbidden),
        ("auditor", "th-3801", Forbidden),
        ("centre", "th-3801", Forbidden),  # accepts and returns, but does not sign for others
        ("stranger", "th-3801", NotFoundInScope),
        ("sheriff", "th-38", NotFoundInScope),
        ("admin", "th-3801", NotFoundInScope),
    ],
)
def test_who_may_not_approve(s, who, code, error):
    with pytest.raises(error):
        do(s, "approve", who, code)
    assert not Approval.objects.exists()


def test_a_head_above_may_sign_for_a_unit_below(s):
    do(s, "approve", "governor", "th-3801")
    assert Approval.objects.get().by == s.people["governor"]


def test_only_above_accepts(s):
    do(s, "approve", "sheriff", "th-3801")
    for who in ("sheriff", "officer", "auditor"):
        with pytest.raises(Forbidden):
            do(s, "accept", who, "th-3801")
    do(s, "accept", "centre", "th-3801")
    do(s, "unaccept", "governor", "th-3801")
    assert state(s, "th-3801") == State.APPROVED_HERE


def test_returning_needs_a_reason(s):
    do(s, "approve", "sheriff", "th-3801")
    with pytest.raises(Refusal) as refused:
        do(s, "unapprove", "governor", "th-3801", note="  ")
    assert refused.value.where == "note"


def test_a_draft_and_a_stranger_have_nothing_to_approve(s):
    assert state(s, "th-66") == State.UNAPPROVABLE
    with pytest.raises(Refusal):
        do(s, "approve", "stranger", "th-66")
    Round.objects.filter(pk=s.round.pk).update(state="draft")
    assert state(s, "th-38") == State.UNAPPROVABLE


@pytest.mark.parametrize(
    "key",
    ["round:999", "x:1", "round:", "round:1x", "round:๑", "", "campaign:99999999999999999999"],
)
def test_keys_that_lead_nowhere(key):
    with pytest.raises(NotFoundInScope):
        workflows.find(key)


def test_authorities_follow_the_place_of_the_role(s):
    flow = workflows.find(s.key)

    def of(who, code):
        return boards.authorities(s.people[who], s.units[code], flow)

    assert of("sheriff", "th-3801") == {Authority.APPROVE_OWN}
    assert of("governor", "th-3801") == {Authority.APPROVE_LOWER, Authority.ACCEPT_LOWER}
    assert of("centre", "th-38") == {Authority.ACCEPT_LOWER, Authority.VIEW_UNAPPROVED}
    assert of("centre", "moi") == {Authority.APPROVE_OWN, Authority.VIEW_UNAPPROVED}
    assert of("auditor", "th-38") == {Authority.VIEW_UNAPPROVED}
    assert of("officer", "th-3801") == of("stranger", "th-38") == frozenset()
    assert boards.authorities(System("x"), s.units["moi"], flow) == frozenset(Authority)


class TestLocks:
    def test_locked_by_itself_and_by_what_stands_above(self, s):
        unit = s.units["th-3801"]
        assert not locks.is_locked(s.key, unit)
        locks.require_unlocked(s.key, unit)
        do(s, "approve", "sheriff", "th-3801")
        assert locks.is_locked(s.key, unit)
        assert not locks.is_locked(s.key, s.units["th-38"])  # only downwards
        do(s, "approve", "governor", "th-38")
        assert locks.lock_of(s.key, unit).by == unit
        assert locks.is_locked(s.key, s.units["th-38"])
        with pytest.raises(Refusal):
            locks.require_unlocked(s.key, unit)
        assert not locks.is_locked("round:999", unit)

    def test_one_query(self, s, django_assert_num_queries):
        with django_assert_num_queries(1):
            locks.is_locked(s.key, s.units["th-3801"])

    def ask(self, s, who="officer"):
        return services.request_unlock(
            actor=s.people[who], workflow=s.key, unit=s.units["th-3801"], reason="ยอดผิด"
        )

    def decide(self, s, request, who="governor", **more):
        more = {"grant": True, "until": clock.today() + dt.timedelta(days=5)} | more
        return services.decide_unlock(actor=s.people[who], request=request, **more)

    def test_unlock_asked_and_granted(self, s):
        unit = s.units["th-3801"]
        with pytest.raises(Refusal, match=r"ไม่ได้ถูกล็อก|not locked"):
            self.ask(s)
        do(s, "approve", "sheriff", "th-3801")
        request = self.ask(s)
        with pytest.raises(Refusal):
            self.ask(s)  # one at a time
        self.decide(s, request)
        assert not locks.is_locked(s.key, unit)
        assert state(s, "th-3801") == State.UNAPPROVED_READY
        after = clock.today() + dt.timedelta(days=6)
        assert locks.is_locked(s.key, unit, on=after)
        assert not locks.is_locked(s.key, unit, on=after - dt.timedelta(days=1))
        with pytest.raises(Refusal):
            locks.require_unlocked(s.key, unit, on=after)
        do(s, "approve", "sheriff", "th-3801")
        assert locks.is_locked(s.key, unit)
        kinds = [e.action for e in ApprovalEvent.objects.all()]
        assert kinds == ["approved", "unlock_asked", "unlock_granted", "approved"]

    def test_a_unit_above_takes_back_first(self, s):
        do(s, "approve", "sheriff", "th-3801")
        do(s, "approve", "governor", "th-38")
        request = self.ask(s)
        with pytest.raises(Refusal, match="จังหวัดบึงกาฬ"):
            self.decide(s, request)
        assert Approval.objects.filter(approved_level=None).count() == 0
        do(s, "unapprove", "governor", "th-38", note="เปิดให้อำเภอแก้")
        self.decide(s, request)
        assert not locks.is_locked(s.key, s.units["th-3801"])

    def test_accepted_data_opens_too(self, s):
        do(s, "approve", "sheriff", "th-3801")
        do(s, "accept", "governor", "th-3801")
        self.decide(s, self.ask(s), "centre")
        assert state(s, "th-3801") == State.UNAPPROVED_READY

    def test_refused_with_a_reason(self, s):
        do(s, "approve", "sheriff", "th-3801")
        request = self.ask(s)
        with pytest.raises(Refusal) as refused:
            self.decide(s, request, grant=False)
        assert refused.value.where == "answer"
        self.decide(s, request, grant=False, answer="เกินกำหนด")
        assert locks.is_locked(s.key, s.units["th-3801"])
        with pytest.raises(Refusal):
            self.decide(s, request)

    @pytest.mark.parametrize(
        ("who", "error"),
        [
            ("sheriff", Forbidden),
            ("officer", Forbidden),
            ("auditor", Forbidden),
            ("stranger", NotFoundInScope),
        ],
    )
    def test_who_may_not_decide(self, s, who, error):
        do(s, "approve", "sheriff", "th-3801")
        request = self.ask(s)
        with pytest.raises(error):
            self.decide(s, request, who)

    def test_nobody_decides_on_his_own_request(self, s):
        do(s, "approve", "sheriff", "th-3801")
        request = self.ask(s, "governor")
        with pytest.raises(Forbidden):
            self.decide(s, request, "governor")
        self.decide(s, request, "centre")

    def test_the_owner_itself_is_opened_by_somebody_else_of_it(self, s):
        for who, code in (
            ("sheriff", "th-3801"),
            ("governor", "th-38"),
            ("chief", "moi-cdd"),
            ("minister", "moi"),
        ):
            do(s, "approve", who, code)
        request = services.request_unlock(
            actor=s.people["minister"], workflow=s.key, unit=s.units["moi"], reason="ยอดผิด"
        )
        with pytest.raises(Forbidden):
            self.decide(s, request, "minister")
        self.decide(s, request, "centre")
        assert state(s, "moi") == State.UNAPPROVED_READY

    @pytest.mark.parametrize("days", [None, -1])
    def test_the_last_day_is_needed_and_lies_ahead(self, s, days):
        do(s, "approve", "sheriff", "th-3801")
        request = self.ask(s)
        until = None if days is None else clock.today() + dt.timedelta(days=days)
        with pytest.raises(Refusal) as refused:
            self.decide(s, request, until=until)
        assert refused.value.where == "until"

    def test_a_reason_is_needed(self, s):
        do(s, "approve", "sheriff", "th-3801")
        with pytest.raises(Refusal) as refused:
            services.request_unlock(
                actor=s.people["officer"], workflow=s.key, unit=s.units["th-3801"], reason=" "
            )
        assert refused.value.where == "reason"

    def test_readers_and_strangers_do_not_ask(self, s):
        do(s, "approve", "sheriff", "th-3801")
        with pytest.raises(Forbidden):
            self.ask(s, "auditor")
        with pytest.raises(NotFoundInScope):
            self.ask(s, "stranger")


def test_the_history_cannot_be_mended(s):
    do(s, "approve", "sheriff", "th-3801")
    with pytest.raises(TypeError):
        ApprovalEvent.objects.all().delete()
    with pytest.raises(TypeError):
        ApprovalEvent.objects.update(note="x")


def test_the_database_refuses_what_makes_no_sense(s):
    fields = {"workflow": s.key, "unit": s.units["th-38"], "at": timezone.now()}
    for bad in ({"accepted": True}, {"approved_level": 2, "open_until": clock.today()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Approval.objects.create(**fields, **bad)
    asked = {"workflow": s.key, "unit": s.units["th-38"], "asked_at": timezone.now(), "reason": "x"}
    UnlockRequest.objects.create(**asked)
    with pytest.raises(IntegrityError), transaction.atomic():
        UnlockRequest.objects.create(**asked)
