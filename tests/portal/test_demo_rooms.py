"""What the demo puts into the other rooms: through their services, once, and as its pages promise."""

from __future__ import annotations

import datetime as dt
import io
import re
from fractions import Fraction

import pytest
from django.urls import reverse
from rich.console import Console

from sucharit.assessments.models import (
    Approval,
    Campaign,
    ChecklistResult,
    ChecklistState,
    CollectResponse,
    CollectResult,
    Proof,
    ProofUse,
    QualityReview,
    QualitySignal,
    Reminder,
    Round,
    UnlockRequest,
)
from sucharit.core import clock
from sucharit.core.fiscal import fiscal_year_be
from sucharit.core.models import LedgerEntry
from sucharit.desk.models import ActionItem
from sucharit.orgs.models import User
from sucharit.portal.demo import build, campaigns, duties, work

# Results of people are computed once their campaign has closed for good, after the commit.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_what_the_rooms_show(client):
    console = Console(file=io.StringIO())
    build.build(console)
    _the_seminar()
    _the_open_evaluation(client)
    _the_checklist()
    _the_library()
    _the_desks()
    _the_planner(client)
    before = LedgerEntry.objects.count()
    today = clock.today()
    year = fiscal_year_be(today)
    again = [
        campaigns.make_seminar(build.ACTOR),
        campaigns.make_open_evaluation(build.ACTOR, today, year),
        work.make_library(today, year),
        work.make_checklist(build.ACTOR, today, year),
        duties.make_signals(build.ACTOR),
        duties.make_actions(today),
        duties.make_reminder(today),
    ]
    assert again == [0] * 7
    assert LedgerEntry.objects.count() == before


def _the_seminar():
    rows = Campaign.objects.filter(fiscal_year=2567, mode="people")
    assert {c.state for c in rows} == {"final"}
    assert all(c.synthetic for c in rows)
    after = rows.get(pairs_with__isnull=False)
    pairs = {}
    for campaign in (after, after.pairs_with):
        found = CollectResponse.objects.filter(campaign_unit__campaign=campaign)
        pairs[campaign.pk] = set(found.values_list("pair_hash", flat=True))
        assert len(pairs[campaign.pk]) == found.count()  # nobody twice
    both = set.intersection(*pairs.values())
    assert len(both) == 120
    gain = CollectResult.objects.get(campaign=after, campaign_unit=None).figures["pairs"]
    assert gain["n"] == 120
    assert float(Fraction(gain["mean_after"])) > float(Fraction(gain["mean_before"])) + 10
    evaluation = rows.get(framework__code=campaigns.EVALUATION)
    for result in CollectResult.objects.filter(campaign=evaluation):
        n, said = result.n, result.figures["texts"].get("suggestion", [])
        # Words of small units stand without the unit, in the pile of the whole.
        assert bool(said) == (result.campaign_unit is None or n >= 10)
        assert all("ก" <= text[0] <= "๛" for text in said)


def _the_open_evaluation(client):
    now = Campaign.objects.get(framework__code=campaigns.EVALUATION, state="open")
    part = now.units.select_related("collect_code").first()
    page = client.get(f"/q/{part.collect_code.code}")
    assert page.status_code == 200
    assert "ความพึงพอใจ" in page.content.decode()


def _the_checklist():
    states = ChecklistState.objects.filter(campaign_unit__campaign__framework__code=work.CHECKLIST)
    assert dict(states.values_list("campaign_unit__unit__code", "state")) == {
        "th-38": "ministry_marked",
        "th-66": "draft",
        "moi-cdd": "submitted",
        "moi-pea": "approved",
    }
    marked = ChecklistResult.objects.get(
        campaign_unit__campaign__framework__code=work.CHECKLIST,
        campaign_unit__unit__code="th-38",
        stage="ministry",
    )
    # 8 × 2 + 1 + 2 = 19 claimed, two items one point lower.
    assert marked.total == "17"
    assert Approval.objects.get(unit__code="th-38").approved_level
    assert UnlockRequest.objects.get().state == "open"


def _the_library():
    today = clock.today()
    moral = ProofUse.objects.filter(campaign_unit__campaign__framework__code__startswith="moral.")
    kept = list(Proof.objects.filter(unit__code="th-38").exclude(pk__in=moral.values("proof")))
    assert sorted(p.state_on(today) for p in kept) == ["current", "current", "current", "expired"]
    assert all("สังเคราะห์" in p.title for p in kept)
    uses = ProofUse.objects.filter(participation__round__state="open")
    assert set(uses.values_list("item", flat=True)) == {"O18", "O19", "O26"}


def _the_desks():
    assert Round.objects.get(fiscal_year=2567, synthetic=True).surveys_closed_at == duties.CLOSED_AT
    assert QualitySignal.objects.filter(status="triggered").exists()
    findings = QualityReview.objects.values_list("finding", flat=True)
    assert sorted(findings) == ["explained", "follow_up"]
    today = clock.today()
    late = ActionItem.objects.overdue(today).filter(unit__code="th-38")
    # One of the planner, one of the desk, one a committee gave.
    assert sorted(set(late.values_list("source_kind", flat=True))) == [
        "assessments.planner",
        "committees.resolution",
        "desk.manual",
    ]
    owner = User.objects.get(username="phichit")
    due = ActionItem.objects.filter(unit__code="th-66", owner=owner).values_list(
        "due_on", flat=True
    )
    assert sorted(due) == [today + dt.timedelta(days=n) for n in (14, 30)]
    assert Reminder.objects.count() == 4


def _the_planner(client):
    client.force_login(User.objects.get(username="phichit"))
    page = client.get(reverse("assessments:planner", args=[2567, "th-66"])).content.decode()
    text = re.sub(r"<[^>]+>", " ", page)
    assert "84.16" in text
    assert "ต้องปรับปรุง" in text
