"""Rules of the quality signals: who runs rounds, and who audits."""

from __future__ import annotations

from sucharit.assessments.models import QualityRun, QualitySignal
from tests.house.rights import MANAGE, Rule

AUDIT = MANAGE | {"auditor"}
RULES: dict[str, Rule] = {
    "assessments:quality": Rule(AUDIT, ("round_id",)),
    "assessments:quality_compute": Rule(MANAGE, ("round_id",), post=True),
    "assessments:quality_signal": Rule(AUDIT, ("round_id", "signal_id")),
}


def fill(make, side):
    """One signal of the side's unit."""
    run = QualityRun.objects.create(round=side["round"], rules_version="1", rules_sha256="x")
    signal = QualitySignal.objects.create(
        run=run, participation=side["participation"], instrument="IIT", code="ceiling",
        status="triggered", value="100/1", at_least="100/1", order=100.0, n=40,
    )  # fmt: skip
    return {"signal_id": signal.pk}
