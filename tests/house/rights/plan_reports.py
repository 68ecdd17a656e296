"""Rules of plan reports: within one's scope; what is published is everybody's."""

from __future__ import annotations

from typing import Any

from tests.house.rights import EXPORT, PUBLIC, SIGNED_IN, VIEW, Rule

APPROVE = frozenset({"ministry_centre", "unit_head"})
ONE = ("fiscal_year", "half:report", "code")
RULES: dict[str, Rule] = {
    "plans:reports": Rule(SIGNED_IN),  # of the active unit; without a role it says so
    "plans:report": Rule(VIEW, ONE),
    "plans:report_file": Rule(EXPORT, (*ONE, "form:report")),
    "plans:report_publish": Rule(APPROVE, ONE, post=True),
    "plans:report_withdraw": Rule(APPROVE, ONE),
    "plans:report_public": Rule(PUBLIC, ONE),
    "plans:report_public_file": Rule(PUBLIC, (*ONE, "form:public_report")),
}


def fill(make: Any, side: dict[str, Any]) -> dict[str, Any]:
    """A plan with a project, and its 6-month report on the public page."""
    from sucharit.core.actors import System
    from sucharit.plans.reports.services import publish_report
    from tests.plans.reports import make as reports

    reports.plan(side["unit"])
    publish_report(actor=System("test"), unit=side["unit"], fiscal_year=2567, half=1)
    return {"half:report": 1, "form:report": "xlsx", "form:public_report": "json"}
