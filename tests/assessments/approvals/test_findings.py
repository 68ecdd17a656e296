"""What stands out: peers of the same kind, change on the year, broken rules; who sees it; the follow-up."""

from __future__ import annotations

import datetime as dt

import pytest

from sucharit.assessments.approvals import findings, follow_ups, texts, workflows
from sucharit.assessments.models import Approval, ResponseCounter, Round, ScoreRun
from sucharit.core import clock
from sucharit.core.errors import Forbidden, Refusal
from sucharit.desk.models import ActionItem
from tests.assessments.approvals.making import departments, results, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def s(make):
    made = scene(state="final")
    codes = departments(made, 9)
    values = dict(zip(codes, ["80", "81", "79", "80", "82", "78", "81", "79", "20"], strict=True))
    results(made, values)
    results(made, {"th-38": "10"})  # a lone province has no peers
    return made


def flow(s):
    return workflows.find(s.key)


def review(s, who="centre"):
    return findings.review(s.people[who], flow(s))


def test_a_value_far_from_its_peers(s):
    found = review(s)
    assert [(h.unit.code, h.ref) for h in found.hits] == [("dep-8", "level.total")]
    hit = found.hits[0]
    assert (hit.value, hit.median, hit.mad, hit.n, hit.method) == (20, 80, 1, 9, "mad")
    assert hit.importance == "high"
    assert "20.00" in texts.hit_reason(hit)
    assert found.compared == 10
    assert [(g.kind, g.n) for g in found.too_small] == [("province", 1), ("department", 0)][:1]


def test_a_change_far_from_its_peers(s):
    before = {f"dep-{n}": str(v) for n, v in enumerate([79, 80, 78, 50, 81, 77, 80, 78, 19])}
    results(s, before, year=2566)
    found = review(s)
    assert [(h.unit.code, h.ref) for h in found.hits] == [
        ("dep-8", "level.total"),
        ("dep-3", "change.total"),
    ]
    # All others rose by exactly one point: MAD is 0, and the page says what was taken instead.
    assert found.hits[1].method == "mean_deviation"
    assert found.hits[1].mad == 0


def test_nodes_are_compared_as_well_as_totals(s):
    results(
        s,
        {f"dep-{n}": v for n, v in enumerate(["90"] * 4 + ["91", "89", "92", "88", "5"])},
        node="IIT",
    )
    hit = next(h for h in review(s).hits if h.what == "IIT")
    assert hit.importance == "medium"
    assert "IIT" in texts.what(hit)


def test_a_broken_rule(s):
    part = s.round.participations.get(unit__code="th-3801")
    ResponseCounter.objects.create(participation=part, instrument="IIT", n=39)
    ResponseCounter.objects.create(participation=part, instrument="EIT", n=30)
    assert "th-3801" not in {h.unit.code for h in review(s).hits}
    ResponseCounter.objects.filter(instrument="IIT").update(n=41)
    ScoreRun.objects.update(public=False)
    Round.objects.filter(pk=s.round.pk).update(state="open")
    hits = [h for h in review(s).hits if h.kind == findings.RULE]
    assert hits == []  # its figures are not scored yet, so nobody sees any
    results(s, {"th-3801": "70"})
    hits = [h for h in review(s).hits if h.kind == findings.RULE]
    assert [(h.unit.code, h.what, h.left, h.right) for h in hits] == [
        ("th-3801", "answers-over-staff", 41, 40)
    ]
    assert "41.00" in texts.hit_reason(hits[0])


def test_no_scores_no_findings(make):
    s = scene()
    found = review(s)
    assert (found.hits, found.compared) == ((), 0)


def test_who_sees_findings(s, make):
    chief = make.user("unit_head", s.units["dep-8"])
    other = make.user("unit_head", s.units["dep-1"])
    assert [h.unit.code for h in findings.review(chief, flow(s)).hits] == ["dep-8"]
    ScoreRun.objects.update(public=False)
    assert [h.unit.code for h in findings.review(chief, flow(s)).hits] == ["dep-8"]
    assert findings.review(other, flow(s)).hits == ()


def test_before_the_end_a_level_above_sees_what_the_level_below_approved(s, make):
    results(s, {"th-3801": "10"})
    part = s.round.participations.get(unit__code="th-3801")
    ResponseCounter.objects.create(participation=part, instrument="IIT", n=100)
    Round.objects.filter(pk=s.round.pk).update(state="objection")
    ScoreRun.objects.update(public=False)

    def seen(who):
        return {h.unit.code for h in review(s, who).hits if h.kind == findings.RULE}

    assert seen("sheriff") == {"th-3801"}
    assert seen("governor") == set()
    assert seen("auditor") == {"th-3801"}  # may view what is not approved
    Approval.objects.create(
        workflow=s.key, unit=s.units["th-3801"], approved_level=3, at=clock.now()
    )
    assert seen("governor") == {"th-3801"}
    assert seen("minister") == set()  # the province, just below, has not approved


class TestFollowUp:
    def hit(self, s):
        return review(s).hits[0]

    def test_it_becomes_an_action_item_once(self, s):
        due = clock.today() + dt.timedelta(days=10)
        hit = self.hit(s)
        item = follow_ups.follow_up(actor=s.people["centre"], hit=hit, due_on=due)
        again = follow_ups.follow_up(actor=s.people["centre"], hit=self.hit(s), due_on=due)
        assert item.pk == again.pk
        assert ActionItem.objects.count() == 1
        assert (item.unit.code, item.fiscal_year, item.due_on) == ("dep-8", 2567, due)
        assert item.source_url.endswith("/dep-8/findings/level.total/")
        assert "20.00" in item.why
        assert follow_ups.items_of([hit])[hit.unit.pk, follow_ups.source_id(hit)] == item

    def test_rights_and_days(self, s, make):
        hit, due = self.hit(s), clock.today()
        with pytest.raises(Refusal) as refused:
            follow_ups.follow_up(
                actor=s.people["centre"], hit=hit, due_on=due - dt.timedelta(days=1)
            )
        assert refused.value.where == "due_on"
        with pytest.raises(Forbidden):
            follow_ups.follow_up(actor=s.people["auditor"], hit=hit, due_on=due)
        with pytest.raises(Refusal) as refused:
            follow_ups.follow_up(
                actor=s.people["centre"], hit=hit, due_on=due, owner=s.people["officer"]
            )
        assert refused.value.where == "owner"
