"""Rules of the evidence library, work on items, stored copies and second readings."""

from __future__ import annotations

import datetime as dt

from sucharit.assessments.models import (
    Campaign,
    CampaignUnit,
    Framework,
    LinkVisit,
    SecondReading,
    SecondReadingSample,
)
from sucharit.assessments.proof import services
from sucharit.core import clock
from sucharit.core.actors import System
from tests.house.rights import EDIT, MANAGE, VIEW, Rule

UNIT = ("round_id", "code")
ITEM = (*UNIT, "item")
READ = MANAGE | {"assessor"}
RULES: dict[str, Rule] = {
    "assessments:proofs": Rule(VIEW),
    "assessments:proof": Rule(VIEW, ("proof_id",)),
    "assessments:proof_new": Rule(EDIT, ("code",)),
    "assessments:proof_pick": Rule(EDIT, ITEM),
    "assessments:proof_pick_campaign": Rule(EDIT, ("campaign_id:proof", "code", "item:proof")),
    "assessments:proof_confirm": Rule(EDIT, ITEM, post=True),
    "assessments:proof_hand": Rule(EDIT, ITEM, post=True),
    "assessments:proof_copy": Rule(EDIT, UNIT),
    "assessments:proof_assign": Rule(EDIT, UNIT),
    "assessments:proof_links": Rule(VIEW, UNIT),
    "assessments:proof_stored": Rule(VIEW, (*UNIT, "visit_id")),
    "assessments:proof_samples": Rule(MANAGE, ("round_id",)),
    "assessments:proof_sample": Rule(READ, ("sample_id",)),
    "assessments:proof_reading": Rule(READ, ("reading_id",)),
}


def fill(make, side):
    """One piece of evidence, a look at a link, a campaign and a drawn item of the side's unit."""
    unit, part = side["unit"], side["participation"]
    proof = services.add_proof(
        actor=System("test"), unit=unit, fiscal_year=2567, title="x", url="https://a.go.th/x"
    )
    visit = LinkVisit.objects.create(
        unit=unit, participation=part, item="O1", purpose="copy", url="https://a.go.th/x",
        at=clock.now(), ok=False, reason="timeout",
    )  # fmt: skip
    framework, _made = Framework.objects.get_or_create(
        code="check.rights", version=1, defaults={
            "fiscal_year": 2567, "kind": "checklist", "sha256": "2" * 64, "title_th": "x", "title_en": "x",
            "schema": "sucharit/instrument@1",
            "document": {"items": [{"id": "c1", "type": "text", "label": {"th": "x", "en": "x"}}]},
        },
    )  # fmt: skip
    campaign = Campaign.objects.create(
        framework=framework, owner=unit, fiscal_year=2567, title_th="x", title_en="x", mode="unit",
        state="open", opens_on=dt.date(2024, 1, 1), closes_on=dt.date(2024, 12, 31),
    )  # fmt: skip
    CampaignUnit.objects.create(campaign=campaign, unit=unit)
    sample = SecondReadingSample.objects.create(
        round=side["round"], seed="x", n=1, population=1, algorithm="x"
    )
    reading = SecondReading.objects.create(
        sample=sample, place=1, participation=part, item="O1", points="100"
    )
    return {
        "proof_id": proof.pk,
        "visit_id": visit.pk,
        "campaign_id:proof": campaign.pk,
        "item:proof": "c1",
        "sample_id": sample.pk,
        "reading_id": reading.pk,
    }
