"""Synthetic moral campaigns of two years for the demo ministry. Deterministic; marked synthetic throughout.

Rows are written in bulk (a real year is thousands of steps of people); results are computed as always.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from sucharit.assessments.checklists import values
from sucharit.assessments.checklists.base import Held, sheet_of, stages_of
from sucharit.assessments.checklists.services.handing import fingerprint
from sucharit.assessments.checklists.services.results import compute
from sucharit.assessments.collect import campaigns
from sucharit.assessments.engine.checklists import workflow
from sucharit.assessments.models import (
    Campaign,
    CampaignUnit,
    ChecklistAnswer,
    ChecklistCopy,
    ChecklistMark,
    ChecklistState,
    Proof,
    ProofRevision,
    ProofUse,
)
from sucharit.assessments.moral import data
from sucharit.assessments.services.instruments import load_instrument
from sucharit.core import clock
from sucharit.orgs.models import Unit

YEAR = 2567
PROVINCES = ("th-38", "th-66", "th-50", "th-90")
EACH = 10  # organisations a province
# Levels of the ten organisations of a province, by year; None: never handed in.
NOW: tuple[int | None, ...] = (3, 2, 2, 1, 1, 2, None, 0, 3, 2)
BEFORE: tuple[int | None, ...] = (2, 2, 1, 1, 0, 3, 1, None, 3, 1)
FALLS = 5  # the place whose level is lower than the year before
_DROP = {"drop_comment": "แกนนำย้ายหน่วยงาน อยู่ระหว่างสร้างทีมใหม่ (ข้อมูลสังเคราะห์)"}
_POINTS = {3: "222222122", 2: "222111000", 1: "211000000", 0: "100000000"}
_PROVINCE = (  # communities, plan, recognition, goals, places of learning: numerator, denominator
    (48, 60, 9, 10, 6, 8, 4, 5, 2, 8),
    (41, 80, 7, 12, 4, 12, 1, 6, 1, 12),
    (90, 120, 14, 15, 20, 25, 6, 6, 9, 25),
    (20, 70, 3, 9, 2, 16, 0, 4, 0, 16),
)


def make(actor: Any) -> int:
    """Two years of moral organisations and one of districts and provinces; gives how many results.

    Does nothing where there is a synthetic moral campaign already, or the ministry's root is missing.
    """
    owner = Unit.objects.filter(code="moi").first()
    there = Campaign.objects.filter(framework__code__in=data.CODES, synthetic=True)
    if owner is None or there.exists():
        return 0
    provinces = list(Unit.objects.filter(code__in=PROVINCES).order_by("code"))
    members = {p.pk: _members(p) for p in provinces}
    with transaction.atomic():
        done = 0
        for year, levels in ((YEAR - 1, BEFORE), (YEAR, NOW)):
            plan = {
                u: _nine(levels[at], at, **(_DROP if (year, at) == (YEAR, FALLS) else {}))
                for rows in members.values()
                for at, u in enumerate(rows)
            }
            done += make_campaign(actor, owner, data.ORGANISATION, year, plan)
        districts = [u for rows in members.values() for u in rows if u.kind == Unit.Kind.DISTRICT]
        plan = {u: _nine((2, 1, 3, 1, 0)[at % 5], at) for at, u in enumerate(districts)}
        done += make_campaign(actor, owner, data.DISTRICT, YEAR, plan)
        plan = {p: _ten(_PROVINCE[at % len(_PROVINCE)]) for at, p in enumerate(provinces)}
        done += make_campaign(actor, owner, data.PROVINCE, YEAR, plan)
    return done


def make_campaign(
    actor: Any,
    owner: Unit,
    code: str,
    year: int,
    plan: Mapping[Unit, Mapping[str, Any] | None],
    *,
    final: bool = True,
) -> int:
    """One campaign with the answers of its units (None: never handed in); gives how many have a result."""
    if not plan:
        return 0
    framework, _new = load_instrument(actor=actor, path_or_id=code)
    title = framework.document["title"]
    made = campaigns.create_campaign(
        actor=actor, framework=framework, owner=owner, mode=Campaign.Mode.UNIT, fiscal_year=year,
        title_th=f"{title['th']} {year} (ข้อมูลสังเคราะห์)",
        title_en=f"{title['en']} {year} (synthetic)",
        opens_on=dt.date(year - 544, 11, 1), closes_on=dt.date(year - 543, 6, 30),
        review_to=dt.date(year - 543, 8, 31), units=plan, synthetic=True,
    )  # fmt: skip
    campaigns.open_campaign(actor=actor, campaign=made)
    done = 0
    for cu in made.units.select_related("unit", "campaign__owner", "campaign__framework"):
        answers = plan[cu.unit]
        if answers is not None:
            fill(actor, cu, answers)
            done += 1
    campaigns.close_campaign(actor=actor, campaign=made)
    if final:
        campaigns.finalise_campaign(actor=actor, campaign=made)
    return done


def fill(actor: Any, cu: CampaignUnit, answers: Mapping[str, Any]) -> None:
    """A unit's whole checklist, marked by the ministry as claimed, final, with its computed result."""
    now = clock.now()
    ChecklistAnswer.objects.bulk_create(
        ChecklistAnswer(campaign_unit=cu, item=item, value=value, version=1)
        for item, value in answers.items()
    )
    uses = _evidence(cu, answers)
    ChecklistMark.objects.bulk_create(
        ChecklistMark(
            campaign_unit=cu, item=item.id, stage=stage, value=str(answers[item.id]),
            points=values.worth(item, answers[item.id]),
        )
        for stage in (workflow.SELF, workflow.MINISTRY)
        for item in sheet_of(cu).items
        if item.markable and item.id in answers
    )  # fmt: skip
    content = {
        "instrument": {"code": cu.campaign.framework.code, "version": cu.campaign.framework.version},
        "profile": sheet_of(cu).profile,
        "items": {
            item: {
                "value": value, "note": "", "not_applicable": False, "reason": "",
                "evidence": uses.get(item, []),
            }
            for item, value in answers.items()
        },
    }  # fmt: skip
    ChecklistCopy.objects.create(
        campaign_unit=cu, number=1, content=content, sha256=fingerprint(content)
    )
    state = ChecklistState.objects.create(
        campaign_unit=cu, state=workflow.FINAL, awaits="nobody",
        submitted_at=now, approved_at=now, ministry_done_at=now, final_at=now,
        objections_to=cu.campaign.review_to, decide_by=cu.campaign.review_to,
    )  # fmt: skip
    compute(Held(cu, state, stages_of(cu)), actor=actor, stage=workflow.MINISTRY)


def _evidence(cu: CampaignUnit, answers: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """One invented link, attached to every item that claims points; as it stands in the copy."""
    from sucharit.assessments.proof import services as proof

    asked = [
        i.id
        for i in sheet_of(cu).items
        if i.evidence == "required" and answers.get(i.id) not in {None, "0"}
    ]
    if not asked:
        return {}
    year = cu.campaign.fiscal_year
    kept = Proof.objects.create(
        unit=cu.unit, kind=Proof.Kind.LINK, title=f"หลักฐานสังเคราะห์ {year}", fiscal_year=year
    )
    revision = ProofRevision.objects.create(
        proof=kept, number=1, url=f"https://example.org/{cu.unit.code}/{year}"
    )
    ProofUse.objects.bulk_create(
        ProofUse(proof=kept, revision=revision, campaign_unit=cu, item=item) for item in asked
    )
    found = proof.attached_by_item(campaign_unit=cu)
    return {item: proof.frozen_uses(rows) for item, rows in found.items()}


def nine(level: int, *, members: int = 100, **more: Any) -> dict[str, Any]:
    """Answers of an organisation, community or district that give exactly this level."""
    points = dict(zip((f"m{k}" for k in range(1, 10)), _POINTS[level], strict=True))
    share = 90 if level >= 2 or points["m1"] == "2" else 60
    return {
        "members": str(members),
        "declared": str(members * share // 100),
        "agreed": str(members * (90 if points["m2"] == "2" else 60) // 100),
        "problem_1": "มาทำงานสาย (ข้อมูลสังเคราะห์)",
        "problem_1_virtues": ["discipline"],
        "deed_1": "จิตอาสาพัฒนาพื้นที่ (ข้อมูลสังเคราะห์)",
        "deed_1_virtues": ["volunteering", "gratitude"],
        **points,
        **more,
    }


def _nine(level: int | None, at: int, **more: Any) -> dict[str, Any] | None:
    if level is None:
        return None
    return nine(level, members=40 + 13 * at, **more)


def _ten(counts: Sequence[int]) -> dict[str, str]:
    items = ("i3", "i4", "i7", "i9", "i10")
    found = {}
    for at, item in enumerate(items):
        found[f"{item}_n"], found[f"{item}_d"] = str(counts[2 * at]), str(counts[2 * at + 1])
    return found


def _members(province: Unit) -> list[Unit]:
    """Ten units below a province: local bodies where the register has them, then districts."""
    below = Unit.objects.under(province).exclude(pk=province.pk)
    local = list(below.filter(kind__in=Unit.LAO_KINDS).order_by("code")[: EACH // 2])
    districts = below.filter(kind=Unit.Kind.DISTRICT).order_by("code")
    return [*local, *districts[: EACH - len(local)]]
