"""What the planner is called where its action items are listed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sucharit.assessments.planner.services import SOURCE
from sucharit.desk import labels


def register() -> None:
    """Hand the name in."""
    labels.SOURCES[SOURCE] = _("Planning by items")
