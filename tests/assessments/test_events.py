"""What programs outside are told when a result is announced or a campaign becomes final."""

from __future__ import annotations

import json

import pytest

from sucharit.assessments.collect import campaigns
from sucharit.assessments.models import ScoreRun
from sucharit.assessments.services import rounds, scoring
from sucharit.core.actors import System
from sucharit.core.models import Webhook, WebhookDelivery
from sucharit.core.webhooks import sealing
from tests.assessments import rounds_make as rm
from tests.assessments.collect import make_collect as mc

pytestmark = pytest.mark.django_db


def listen(unit):
    return Webhook.objects.create(
        unit=unit, title="x", url="https://a.go.th/", sealed_secret=sealing.seal(b"x" * 32),
        events=["round.announced", "campaign.final"],
    )  # fmt: skip


def told():
    return [json.loads(body) for body in WebhookDelivery.objects.values_list("body", flat=True)]


@pytest.fixture
def world():
    made = rm.world()
    made.set(round_state="objection", oit_state="scored")
    return made


def test_an_announced_round_is_told_with_its_run_and_counts(world, make):
    listen(world.round.owner)
    rounds.finalise(actor=world.centre, round=world.round, on=rm.AFTER)
    run = ScoreRun.objects.get(current=True)
    (one,) = told()
    passed = list(run.results.values_list("passed", flat=True))
    assert one["type"] == "round.announced"
    assert one["data"] == {
        "round": world.round.pk, "run": run.pk, "unit": world.round.owner.code, "fiscal_year": 2567,
        "framework": "ita-test", "framework_version": 1, "units": len(passed),
        "passed": passed.count(True), "not_passed": passed.count(False),
        "not_known": passed.count(None), "synthetic": False,
        "url": "http://localhost:8000/results/2567/",
    }  # fmt: skip
    assert len(passed) == world.round.participations.count() > 0


def test_scores_that_are_not_public_are_told_to_nobody(world):
    listen(world.round.owner)
    scoring.compute_round(actor=world.centre, round=world.round)
    assert told() == []


def test_publishing_a_run_tells_once(world):
    listen(world.round.owner)
    scoring.compute_round(actor=world.centre, round=world.round)
    for _ in range(2):
        scoring.publish_run(actor=world.centre, round=world.round)
    assert [t["type"] for t in told()] == ["round.announced"]


def test_a_final_campaign_is_told_at_and_above_its_owner_only(make):
    units = make.ministry()
    for code in ("moi", "th-38", "th-66"):
        listen(units[code])
    made = mc.campaign(units["th-38"], [units["th-3801"]])
    campaigns.close_campaign(actor=System("test"), campaign=made)
    assert told() == []
    campaigns.finalise_campaign(actor=System("test"), campaign=made)
    data = told()[0]["data"]
    assert data == {
        "campaign": made.pk, "unit": "th-38", "fiscal_year": made.fiscal_year,
        "instrument": made.framework.code, "instrument_version": made.framework.version,
        "mode": "people", "units": 1, "synthetic": False,
    }  # fmt: skip
    heard = WebhookDelivery.objects.values_list("webhook__unit__code", flat=True)
    assert set(heard) == {"moi", "th-38"}
