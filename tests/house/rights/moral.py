"""Rules of the moral room: a final campaign that the unit itself owns, with one certificate."""

from __future__ import annotations

from tests.house.rights import MANAGE, PUBLIC, VIEW, Rule

UNIT = ("fiscal_year", "code")
SERIAL = ("serial",)
RULES: dict[str, Rule] = {
    "assessments:moral": Rule(PUBLIC),
    "assessments:moral_year": Rule(PUBLIC, ("fiscal_year",)),
    "assessments:moral_csv": Rule(PUBLIC, ("fiscal_year",)),
    "assessments:moral_pyramid": Rule(PUBLIC, ("fiscal_year",)),
    "assessments:moral_unit": Rule(
        PUBLIC, UNIT
    ),  # announced; before that see tests/assessments/moral
    "assessments:moral_certificates": Rule(VIEW, UNIT),
    "assessments:moral_certificates_pdf": Rule(VIEW, UNIT),
    "assessments:moral_certificate_pdf": Rule(VIEW, SERIAL),
    "assessments:moral_revoke": Rule(MANAGE, SERIAL),
    "assessments:moral_verify_ask": Rule(PUBLIC),
    "assessments:moral_verify": Rule(PUBLIC, SERIAL),
}


def fill(make: object, side: dict[str, object]) -> dict[str, object]:
    """A certificate of the side's unit."""
    from sucharit.assessments.models import Campaign, CampaignUnit
    from sucharit.assessments.moral import data, demo, services
    from sucharit.core.actors import System

    unit, actor = side["unit"], System("test")
    demo.make_campaign(actor, unit, data.ORGANISATION, 2567, {unit: demo.nine(2)})
    found = CampaignUnit.objects.get(campaign=Campaign.objects.latest("pk"), unit=unit)
    made = services.issue_certificate(actor=actor, campaign_unit=found)
    return {"serial": made.serial}
