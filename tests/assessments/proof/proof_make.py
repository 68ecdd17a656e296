"""Makers of the evidence library's tests: a world with a round, and a checklist campaign beside it."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from sucharit.assessments.models import Campaign, CampaignUnit, Framework, Proof
from sucharit.assessments.proof import services
from sucharit.core import clock
from tests.assessments import rounds_make as rm


def label(text: str) -> dict[str, str]:
    return {"th": f"ไทย {text}", "en": text}


def campaign_unit(
    world: rm.World, code: str = "th-38", *, year: int = 2567, state: str = "open", items: Any = ()
) -> CampaignUnit:
    """A unit in a checklist campaign with items c1 and c2 (or the given ones)."""
    names = items or ("c1", "c2")
    framework = Framework.objects.create(
        code=f"check.{year}", version=1, fiscal_year=year, kind="checklist",
        sha256=hashlib.sha256(repr(names).encode()).hexdigest(),
        schema="sucharit/instrument@1", title_th="รายการ", title_en="List",
        document={"items": [{"id": n, "type": "text", "label": label(n)} for n in names]},
    )  # fmt: skip
    month = dt.timedelta(days=30)
    campaign = Campaign.objects.create(
        framework=framework, owner=world.units["moi"], fiscal_year=year, title_th="รายการ", title_en="List",
        mode="unit", state=state, opens_on=clock.today() - month, closes_on=clock.today() + month,
    )  # fmt: skip
    return CampaignUnit.objects.create(campaign=campaign, unit=world.units[code])


def link(world: rm.World, url: str = "https://a.go.th/plan", **fields: Any) -> Proof:
    """A link in the library of th-38."""
    values = {
        "actor": world.officer,
        "unit": world.units["th-38"],
        "fiscal_year": 2567,
        "title": "แผนปฏิบัติการ",
        "url": url,
    } | fields
    return services.add_proof(**values)


def text_file(content: str = "คำสั่งแต่งตั้ง", name: str = "order.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode())


def file(world: rm.World, content: str = "คำสั่งแต่งตั้ง", **fields: Any) -> Proof:
    """A file in the library of th-38."""
    return link(world, "", title="คำสั่ง", upload=text_file(content), **fields)
