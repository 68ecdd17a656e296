"""A small checklist campaign for tests: a district answers, its province and the ministry mark."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from sucharit.assessments.checklists import services
from sucharit.assessments.models import Campaign, CampaignUnit, ChecklistState, Framework
from sucharit.assessments.proof import services as proof
from sucharit.core import clock
from sucharit.core.actors import System
from sucharit.orgs.models import Unit, User
from tests import make

SYSTEM = System("test")
DAY = dt.timedelta(days=1)
UNIT = "th-3801"


def label(text: str) -> dict[str, str]:
    return {"th": f"ไทย {text}", "en": text}


def document(**changes: Any) -> dict[str, Any]:
    """Two sections: points with required evidence, a computed share, a choice that may not apply, a text."""
    return {
        "schema": "sucharit/instrument@1",
        "id": "test.moral",
        "version": "1",
        "fiscal_year": "2567",
        "kind": "checklist",
        "languages": ["th", "en"],
        "title": label("moral test"),
        "verified": "no",
        "source": "made for a test",
        "scales": {
            "done": {
                "options": [
                    {"code": "yes", "label": label("done"), "points": "2"},
                    {"code": "part", "label": label("in part"), "points": "1"},
                    {"code": "no", "label": label("not done"), "points": "0"},
                ]
            }
        },
        "items": [
            {"id": "s1", "type": "section", "title": label("declaration")},
            {"id": "members", "in": "s1", "type": "integer", "label": label("members"), "required": "yes", "min": "1"},
            {
                "id": "declared", "in": "s1", "type": "integer", "label": label("declared"), "required": "yes",
                "constraint": ". <= ${members}", "constraint_message": label("at most the members"),
            },
            {"id": "share", "in": "s1", "type": "calculate", "label": label("share"),
             "calculation": "if(${declared} div ${members} * 100 >= 80, 2, if(${declared} div ${members} * 100 >= 50, 1, 0))"},
            {"id": "s2", "type": "section", "title": label("work")},
            {"id": "plan", "in": "s2", "type": "points", "allowed": ["0", "1", "2"], "label": label("plan"),
             "hint": label("plan hint"), "evidence": "required"},
            {"id": "result", "in": "s2", "type": "choice", "scale": "done", "label": label("result"), "not_applicable": "yes"},
            {"id": "why", "in": "s2", "type": "text", "label": label("why not"),
             "relevant": "${result} = 'no'", "required": "yes"},
        ],
        "scoring": {
            "nodes": {
                "work": {"title": label("work score"), "agg": "sum", "of": ["plan", "result"], "missing": "zero"},
                "total": {"title": label("total"), "agg": "sum", "of": ["share", "work"], "missing": "zero"},
            },
            "unit_order": "item_mean_first",
            "round": {"digits": "2"},
        },
        "bands": [
            {"code": "2", "title": label("level 2"), "min": "5", "requires": "${plan} >= 1", "passed": "yes"},
            {"code": "1", "title": label("level 1"), "min": "2", "passed": "yes"},
            {"code": "0", "title": label("no level"), "min": "0", "passed": "no"},
        ],
    } | changes  # fmt: skip


def framework(**changes: Any) -> Framework:
    found = document(**changes)
    return Framework.objects.create(
        code=found["id"],
        version=int(found["version"]),
        fiscal_year=int(found["fiscal_year"]),
        kind=found["kind"],
        schema=found["schema"],
        title_th=found["title"]["th"],
        title_en=found["title"]["en"],
        document=found,
        sha256=f"{found['id']}-{found['version']}-{hash(str(found))}"[:64],
    )


def campaign(owner: Unit, units: list[Unit], **fields: Any) -> Campaign:
    """An open campaign around today in which the units take part."""
    today = clock.today()
    made = Campaign.objects.create(
        **{
            "framework": fields.pop("framework", None) or framework(),
            "owner": owner,
            "fiscal_year": 2567,
            "title_th": "องค์กรคุณธรรมทดสอบ",
            "title_en": "Moral test",
            "mode": "unit",
            "state": "open",
            "opens_on": today - 7 * DAY,
            "closes_on": today + 7 * DAY,
            "review_to": today + 30 * DAY,
        }
        | fields
    )
    for unit in units:
        CampaignUnit.objects.create(campaign=made, unit=unit)
    return made


@dataclass
class World:
    """A ministry, a campaign of two districts and a department, one person per role."""

    units: dict[str, Unit]
    campaign: Campaign
    people: dict[str, User] = field(default_factory=dict)

    def __getattr__(self, name: str) -> User:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None

    def cu(self, code: str = UNIT, campaign: Campaign | None = None) -> CampaignUnit:
        return CampaignUnit.objects.select_related(
            "unit", "campaign__owner", "campaign__framework"
        ).get(campaign=campaign or self.campaign, unit__code=code)

    def state(self, code: str = UNIT) -> ChecklistState:
        return ChecklistState.objects.get(campaign_unit=self.cu(code))

    def save(
        self, item: str, value: Any, *, actor: Any = None, code: str = UNIT, **more: Any
    ) -> Any:
        cu = self.cu(code)
        there = cu.checklist_answers.filter(item=item).first()
        more.setdefault("version", there.version if there else 0)
        return services.save_answer(
            actor=actor or self.officer, campaign_unit=cu, item=item, value=value, **more
        )

    def evidence(self, item: str = "plan", *, actor: Any = None, code: str = UNIT) -> Any:
        cu = self.cu(code)
        found = proof.add_proof(
            actor=actor or self.officer,
            unit=cu.unit,
            fiscal_year=2567,
            title=f"คำสั่ง {cu.unit.code} {item} {cu.pk}",
            url=f"https://example.go.th/{code}/{item}/{cu.pk}",
        )
        return proof.attach(actor=actor or self.officer, proof=found, campaign_unit=cu, item=item)

    def answer(self, code: str = UNIT, *, actor: Any = None, **values: Any) -> None:
        """A whole checklist: 90 of 100 declared, plan 2 with evidence, result done."""
        for item, value in (
            {"members": "100", "declared": "90", "plan": "2", "result": "yes"} | values
        ).items():
            self.save(item, value, actor=actor, code=code)
        self.evidence(code=code, actor=actor)

    def approved(self, code: str = UNIT) -> CampaignUnit:
        """Answered, submitted and approved."""
        officer = self.officer if code == UNIT else SYSTEM
        head = self.head if code == UNIT else SYSTEM
        self.answer(code, actor=officer)
        services.submit(actor=officer, campaign_unit=self.cu(code))
        services.approve(actor=head, campaign_unit=self.cu(code))
        return self.cu(code)

    def mark(self, item: str, value: str, *, actor: Any, code: str = UNIT, **more: Any) -> Any:
        cu = self.cu(code)
        stage = "ministry" if self.state(code).awaits == "ministry" else "province"
        last = cu.checklist_marks.filter(item=item, stage=stage).order_by("-turn").first()
        more.setdefault("turn", last.turn if last else 0)
        return services.mark_item(actor=actor, campaign_unit=cu, item=item, value=value, **more)

    def mark_all(self, *, actor: Any, code: str = UNIT, **values: str) -> None:
        """Every item as the unit claims it, but for ``values``."""
        claims = {"members": "100", "declared": "90", "plan": "2", "result": "yes"}
        for item, value in (claims | values).items():
            comment = "พบต่างจากที่รายงาน" if values.get(item) else ""
            self.mark(item, value, actor=actor, code=code, comment=comment)

    def finish(self, *, actor: Any, code: str = UNIT) -> None:
        today = clock.today()
        services.finish_stage(
            actor=actor, campaign_unit=self.cu(code), objections_to=today + 5 * DAY, decide_by=today + 10 * DAY
        )  # fmt: skip

    def judged(self, **values: str) -> CampaignUnit:
        """Approved, marked by the province as claimed and by the ministry with ``values``."""
        self.approved()
        self.mark_all(actor=self.provincial)
        self.finish(actor=self.provincial)
        self.mark_all(actor=self.assessor, **values)
        self.finish(actor=self.assessor)
        return self.cu()


def world(**fields: Any) -> World:
    """The campaign, owned by the ministry."""
    units = make.ministry()
    made = campaign(units["moi"], [units[c] for c in (UNIT, "th-6601", "moi-cdd")], **fields)
    people = {
        "centre": make.user("ministry_centre", units["moi"]),
        "officer": make.user("unit_officer", units[UNIT]),
        "officer2": make.user("unit_officer", units[UNIT]),
        "head": make.user("unit_head", units[UNIT]),
        "stranger": make.user("unit_officer", units["th-6601"]),
        "provincial": make.user("assessor", units["th-38"]),
        "elsewhere": make.user("assessor", units["th-66"]),
        "assessor": make.user("assessor", units["moi"]),
        "auditor": make.user("auditor", units["moi"]),
        "nobody": make.user(),
    }
    return World(units, made, people)
