"""Makers of instruments and campaigns for tests of collecting."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sucharit.assessments.collect import campaigns
from sucharit.assessments.models import Campaign, CampaignUnit, Framework
from sucharit.core import clock
from sucharit.core.actors import System
from sucharit.orgs.models import Unit

SYSTEM = System("test")


def both(text: str) -> dict[str, str]:
    return {"th": f"ไทย {text}", "en": text}


def agree5() -> dict[str, Any]:
    words = ("น้อยที่สุด", "น้อย", "ปานกลาง", "มาก", "มากที่สุด")
    options = [
        {"code": str(n), "label": {"th": word, "en": f"level {n}"}, "points": str(n)}
        for n, word in enumerate(words, 1)
    ]
    return {"options": options}


def evaluation_document(**changes: Any) -> dict[str, Any]:
    """A small evaluation: two 5-level items, one with relevance, one text."""
    return {
        "schema": "sucharit/instrument@1",
        "id": "test.evaluation",
        "version": "1",
        "kind": "evaluation",
        "languages": ["th", "en"],
        "title": both("Seminar evaluation"),
        "verified": "no",
        "source": "made for tests",
        "scales": {
            "agree5": agree5(),
            "yn": {
                "options": [
                    {"code": "1", "label": both("yes"), "points": "1"},
                    {"code": "0", "label": both("no"), "points": "0"},
                ]
            },
        },
        "items": [
            {"id": "s1", "type": "section", "title": both("Content")},
            {"id": "q1", "in": "s1", "type": "choice", "scale": "agree5", "label": both("Useful"),
             "required": "yes"},
            {"id": "q2", "in": "s1", "type": "choice", "scale": "agree5", "label": both("Clear"),
             "required": "yes"},
            {"id": "again", "type": "choice", "scale": "yn", "label": both("Would you come again"),
             "required": "yes"},
            {"id": "why", "type": "text", "label": both("Why not"), "relevant": "${again} = '0'",
             "max_chars": "200"},
        ],
        "scoring": {
            "nodes": {
                "total": {"title": both("Total"), "agg": "mean", "of": ["q1", "q2"], "missing": "drop",
                          "min_answered": "1"},
            },
            "unit_order": "respondent_mean_first",
            "round": {"digits": "2"},
        },
        **changes,
    }  # fmt: skip


def framework(document: dict[str, Any] | None = None, **fields: Any) -> Framework:
    """An instrument as loaded, straight into the table."""
    document = document or evaluation_document()
    return Framework.objects.create(
        **{
            "code": document["id"],
            "version": int(document["version"]),
            "fiscal_year": 2567,
            "kind": document["kind"],
            "schema": "sucharit/instrument@1",
            "title_th": document["title"]["th"],
            "title_en": document["title"]["en"],
            "document": document,
            "sha256": "0" * 64,
        }
        | fields
    )


def campaign(
    owner: Unit,
    units: list[Unit],
    *,
    framework_: Framework | None = None,
    opened: bool = True,
    **fields: Any,
) -> Campaign:
    """A campaign around today, through the services."""
    today = clock.today()
    made = campaigns.create_campaign(
        **{
            "actor": SYSTEM,
            "framework": framework_
            or Framework.objects.filter(code="test.evaluation").first()
            or framework(),
            "owner": owner,
            "mode": "people",
            "access": "open_link",
            "title_th": "แบบประเมินทดสอบ",
            "title_en": "Test evaluation",
            "fiscal_year": 2567,
            "opens_on": today - dt.timedelta(days=7),
            "closes_on": today + dt.timedelta(days=7),
            "units": units,
        }
        | fields
    )
    return campaigns.open_campaign(actor=SYSTEM, campaign=made) if opened else made


def part(campaign_: Campaign, code: str) -> CampaignUnit:
    return CampaignUnit.objects.select_related("unit", "campaign").get(
        campaign=campaign_, unit__code=code
    )
