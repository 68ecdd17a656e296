"""Rules of fieldwork: fill, reminders, paper forms."""

from __future__ import annotations

from typing import Any

from tests.house.rights import EDIT, VIEW, Rule

ROUND = ("round_id",)
UNIT = ("round_id", "code")
BATCH = ("round_id", "code", "pk:paper")
RULES: dict[str, Rule] = {
    "assessments:fieldwork_fill": Rule(VIEW, ROUND),
    "assessments:fieldwork_remind": Rule(EDIT, ROUND),
    "assessments:fieldwork_unit": Rule(VIEW, UNIT),
    "assessments:fieldwork_paper": Rule(EDIT, UNIT),
    "assessments:fieldwork_part2": Rule(frozenset({"assessor"}), UNIT),
    # A batch of part 1; those of part 2 belong to assessors (tests/assessments/fieldwork).
    "assessments:fieldwork_batch": Rule(EDIT, BATCH),
    "assessments:fieldwork_key": Rule(EDIT, BATCH),
    "assessments:fieldwork_paste": Rule(EDIT, BATCH),
    "assessments:fieldwork_decide": Rule(EDIT, BATCH),
    "assessments:fieldwork_step": Rule(EDIT, BATCH, post=True),
}


def fill(make: Any, side: dict[str, Any]) -> dict[str, Any]:
    """A paper batch of the side's unit."""
    from sucharit.assessments.models import PaperBatch

    batch = PaperBatch.objects.create(
        participation=side["participation"], instrument="IIT", forms=5
    )
    return {"pk:paper": batch.pk}
