"""The seven dates of a round: in order, and inside the fiscal year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from sucharit.assessments.services.steps import day_text
from sucharit.core import fiscal

CALENDAR = (
    "surveys_from",
    "surveys_to",
    "oit_from",
    "oit_to",
    "review_to",
    "objection_from",
    "objection_to",
)


def check_calendar(fiscal_year: int, dates: Mapping[str, dt.date]) -> None:
    """ValidationError by field unless the dates are in order and lie in the fiscal year."""
    wrong: dict[str, str] = {}
    year = fiscal.year(fiscal_year)
    for name in CALENDAR:
        if dates[name] not in year:
            wrong[name] = _("%(day)s is outside fiscal year %(year)s (%(first)s to %(last)s).") % {
                "day": day_text(dates[name]), "year": fiscal_year, "first": day_text(year.start), "last": day_text(year.end),
            }  # fmt: skip
    for earlier, later, text in (
        ("surveys_from", "surveys_to", _("The surveys cannot end before they begin.")),
        ("oit_from", "oit_to", _("The self-report cannot end before it begins.")),
        ("surveys_to", "review_to", _("Marking must end after the surveys have ended.")),
        ("oit_to", "review_to", _("Marking must end after the self-report has ended.")),
        ("review_to", "objection_from", _("Objections must begin after marking has ended.")),
        ("objection_from", "objection_to", _("The objection window cannot end before it begins.")),
    ):
        first, last = dates[earlier], dates[later]
        # A window may be one day long; one stage after the other needs another day.
        same_window = earlier.split("_")[0] == later.split("_")[0]
        if last < first or (last == first and not same_window):
            wrong.setdefault(later, text)
    if wrong:
        raise ValidationError(wrong)
