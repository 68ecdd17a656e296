"""Work in progress of the present fiscal year: evidence of a province, a checklist on its way, approvals.

The demo accounts do what only they may do; what no account of the demo may do, the demo does itself.
Only links and one small file that says what it is; nothing of it is real.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from sucharit.assessments.approvals import services as approvals
from sucharit.assessments.checklists import services as checklists
from sucharit.assessments.collect import campaigns
from sucharit.assessments.models import (
    Campaign,
    CampaignUnit,
    Framework,
    Participation,
    Proof,
    Round,
)
from sucharit.assessments.proof import services as proofs
from sucharit.core.actors import System
from sucharit.orgs.models import Unit, User

CHECKLIST = "self.fair-hr"
PROVINCE = "th-38"
UNITS = (PROVINCE, "th-66", "moi-cdd", "moi-pea")
WEEK = dt.timedelta(weeks=1)
_NOTE = "(ข้อมูลสังเคราะห์)"
# title, last part of its address ("" = a file), years since the document, item of the practice round
_PROOFS = (
    ("ประกาศหลักเกณฑ์การสรรหา คัดเลือก และแต่งตั้ง", "hr-criteria", 0, "O18"),
    ("แผนการบริหารและพัฒนาทรัพยากรบุคคล", "hr-plan", 0, "O18"),
    ("ประกาศเจตนารมณ์นโยบาย No Gift Policy", "no-gift-policy", 1, "O26"),  # expired
    ("ทะเบียนการฝึกอบรมบุคลากรประจำปี", "", 0, "O19"),
)
# item → answer; what the unit says of itself
_FULL = dict.fromkeys(("h1", "h2", "h3", "h4", "h7", "h8", "h9", "h10"), "2") | {
    "h5": "1",
    "h6": "2",
}
_FAIR = _FULL | {"h2": "1", "h4": "1", "h8": "1", "h10": "0"}
_BEGUN = {"h1": "2", "h2": "1", "h3": "2", "h4": "1"}
_IMPROVE = "จัดทำแบบบันทึกเหตุผลการคัดเลือกรายบุคคล และเผยแพร่ช่องทางขอทบทวน (ข้อมูลสังเคราะห์)"
# what the assessor finds lower, and why
_LOWERED = {
    "h4": ("1", "พบแบบรับรองการไม่มีส่วนได้เสียเพียง 2 ใน 3 คณะ (ข้อมูลสังเคราะห์)"),
    "h8": ("1", "มีช่องทางแล้ว แต่ไม่พบกำหนดเวลาตอบ (ข้อมูลสังเคราะห์)"),
}


def make_library(today: dt.date, fiscal_year: int) -> int:
    """Evidence of the province, attached to items of the practice round; gives how many pieces."""
    unit = Unit.objects.get(code=PROVINCE)
    if Proof.objects.filter(unit=unit, fiscal_year=fiscal_year).exists():
        return 0
    officer = User.objects.get(username="officer")
    part = practice_part(PROVINCE, today)
    for title, address, age, item in _PROOFS:
        written = today - dt.timedelta(days=30 + 400 * age)
        made = proofs.add_proof(
            actor=officer, unit=unit, fiscal_year=fiscal_year, title=f"{title} {_NOTE}",
            url=f"https://{PROVINCE}.example/evidence/{fiscal_year}/{address}" if address else "",
            upload=None if address else _file(),
            document_date=written,
            expires_on=written + dt.timedelta(days=365) if address else None,
        )  # fmt: skip
        if item and part is not None:
            proofs.attach(actor=officer, proof=made, participation=part, item=item)
    return len(_PROOFS)


def practice_part(code: str, today: dt.date) -> Participation | None:
    """A unit's part in the practice round, while its self-report is a draft that can be filled in."""
    rows = Participation.objects.filter(
        round__state=Round.State.OPEN, round__synthetic=True, round__oit_from__lte=today,
        round__oit_to__gte=today, unit__code=code, oit_state=Participation.OitState.DRAFT,
    )  # fmt: skip
    return rows.order_by("-round_id").first()


def make_checklist(actor: System, today: dt.date, fiscal_year: int) -> int:
    """A self-assessment that is open: marked, approved, submitted and begun; gives how many units.

    The marked one is also approved up the tree, and its officer asks for an unlock.
    """
    there = Campaign.objects.filter(framework__code=CHECKLIST, fiscal_year=fiscal_year)
    if there.filter(synthetic=True).exists():
        return 0
    with transaction.atomic():
        made = _campaign(actor, today, fiscal_year)
        parts = {p.unit.code: p for p in made.units.select_related("unit", "campaign")}
        user = {u.username: u for u in User.objects.all()}
        _answer(user["officer"], parts[PROVINCE], _FULL)
        _answer(user["phichit"], parts["th-66"], _BEGUN)
        _answer(user["cdd"], parts["moi-cdd"], _FAIR)
        _answer(actor, parts["moi-pea"], _FAIR)
        _hand_in(user["officer"], parts[PROVINCE], head=user["head"])
        _hand_in(user["cdd"], parts["moi-cdd"], head=None)
        _hand_in(actor, parts["moi-pea"], head=actor)
        _mark(user["assessor"], parts[PROVINCE], today)
        _approve(made, parts[PROVINCE].unit, user)
    return len(parts)


def _campaign(actor: System, today: dt.date, fiscal_year: int) -> Campaign:
    framework = Framework.objects.filter(code=CHECKLIST).order_by("-version").first()
    assert framework is not None, "load instruments first"
    title = framework.document["title"]
    made = campaigns.create_campaign(
        actor=actor, framework=framework, owner=Unit.objects.get(code="moi"), mode=Campaign.Mode.UNIT,
        fiscal_year=fiscal_year, title_th=f"{title['th']} ปีงบประมาณ {fiscal_year} {_NOTE}",
        title_en=f"{title['en']}, fiscal year {fiscal_year} (synthetic)",
        opens_on=today - 2 * WEEK, closes_on=today + 8 * WEEK, review_to=today + 12 * WEEK,
        units=Unit.objects.filter(code__in=UNITS), synthetic=True,
    )  # fmt: skip
    return campaigns.open_campaign(actor=actor, campaign=made)


def _answer(actor: Any, part: CampaignUnit, answers: Mapping[str, str]) -> None:
    """Save a unit's answers and attach evidence where points are claimed."""
    evidence = _evidence(actor, part)
    for item, value in answers.items():
        if value != "0":
            proofs.attach(actor=actor, proof=evidence, campaign_unit=part, item=item)
            # An account's hand in the evidence is noted at the answer, which is then there already.
        row = part.checklist_answers.filter(item=item).first()
        version = row.version if row else 0
        checklists.save_answer(
            actor=actor, campaign_unit=part, item=item, value=value, version=version
        )
    if len(answers) == len(_FULL):
        checklists.save_answer(actor=actor, campaign_unit=part, item="to_improve", value=_IMPROVE)


def _evidence(actor: Any, part: CampaignUnit) -> Proof:
    """The unit's criteria, from its library; put there where it has none."""
    year, title = part.campaign.fiscal_year, f"{_PROOFS[0][0]} {_NOTE}"
    there = Proof.objects.filter(unit=part.unit, fiscal_year=year, title=title).first()
    if there is not None:
        return there
    url = f"https://{part.unit.code}.example/evidence/{year}/hr-criteria"
    return proofs.add_proof(actor=actor, unit=part.unit, fiscal_year=year, title=title, url=url)


def _hand_in(actor: Any, part: CampaignUnit, *, head: Any) -> None:
    checklists.submit(actor=actor, campaign_unit=part)
    if head is not None:
        checklists.approve(actor=head, campaign_unit=part)


def _mark(assessor: User, part: CampaignUnit, today: dt.date) -> None:
    """The ministry's stage: as claimed, but for two items."""
    for item, claimed in _FULL.items():
        found, why = _LOWERED.get(item, (claimed, ""))
        checklists.mark_item(
            actor=assessor, campaign_unit=part, item=item, value=found, comment=why
        )
    checklists.finish_stage(
        actor=assessor, campaign_unit=part, objections_to=today + 2 * WEEK, decide_by=today + 4 * WEEK
    )  # fmt: skip


def _approve(campaign: Campaign, unit: Unit, user: Mapping[str, User]) -> None:
    """Approved up the tree by the province's head; its officer asks to have it opened again."""
    key = f"campaign:{campaign.pk}"
    approvals.approve(actor=user["head"], workflow=key, unit=unit, note=f"ตรวจสอบแล้ว {_NOTE}")
    approvals.request_unlock(
        actor=user["officer"], workflow=key, unit=unit,
        reason=f"แนบประกาศช่องทางขอทบทวนฉบับใหม่ที่ระบุเวลาตอบ {_NOTE}",
    )  # fmt: skip


def _file() -> ContentFile[bytes]:
    text = "ครั้งที่,วันที่,หลักสูตร\n1,15/11/2566,ตัวอย่างสังเคราะห์ ไม่ใช่เอกสารจริง\n"
    return ContentFile(text.encode(), name="training-synthetic.csv")
