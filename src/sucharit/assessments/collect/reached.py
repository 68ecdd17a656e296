"""What a test's taker is told right away, where the campaign is set to tell it."""

from __future__ import annotations

from fractions import Fraction

from sucharit.assessments.collect.services import Received
from sucharit.assessments.engine import instruments
from sucharit.assessments.models import Campaign
from sucharit.core.rounding import hundredths, hundredths_text


def told(received: Received) -> str:
    """Percent of the points as text (80.00 %), or "" when nothing is told."""
    opened = received.opened
    if opened.questionnaire.kind != "test":
        return ""
    settings = Campaign.objects.values_list("settings", flat=True).get(pk=opened.campaign_id)
    if not settings.get("show_score"):
        return ""
    value = percent(opened.questionnaire.instrument, received.evaluation)
    return "" if value is None else f"{hundredths_text(hundredths(value))} %"


def percent(
    instrument: instruments.Instrument, evaluation: instruments.Evaluation
) -> Fraction | None:
    """Points of the questions with a right answer, as percent of those that could be reached; None: no question."""
    got = most = Fraction(0)
    for item in instrument.items:
        if item.correct and item.id in evaluation.relevant:
            got += instruments.points_of(item, evaluation.typed.get(item.id)) or 0
            most += item.points
    return got / most * 100 if most else None
