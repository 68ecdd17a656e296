"""What a test's taker is told right away, where the campaign is set to tell it."""

from __future__ import annotations

from sucharit.assessments.collect.services import Received
from sucharit.assessments.engine import learning
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
    value = learning.mark(opened.questionnaire.instrument, received.evaluation).percent
    return "" if value is None else f"{hundredths_text(hundredths(value))} %"
