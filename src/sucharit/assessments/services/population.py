"""A unit's head counts: they decide how many people must answer."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.assessments.models import Participation, ResponseCounter, Round
from sucharit.assessments.services.steps import locked_participation, take_step
from sucharit.core import clock, fiscal
from sucharit.core.errors import Refusal
from sucharit.core.ledger import record


def set_population(
    *,
    actor: Any,
    participation: Participation,
    staff_count: int,
    public_count: int,
    counted_on: dt.date,
    on: dt.date | None = None,
) -> Participation:
    """A unit's head counts: staff of one year and more, public served, and the day they were counted."""
    today = on or clock.today()
    with transaction.atomic():
        held = locked_participation(participation)
        take_step(actor=actor, participation=held, action="count_population", on=today)
        if held.round.surveys_closed_at is not None:
            raise Refusal(_("The surveys are closed: the head counts stand as they were."))
        _check_counts(held.round, staff_count, public_count, counted_on, today)
        held.staff_count, held.public_count, held.counted_on = staff_count, public_count, counted_on
        held.save(update_fields=["staff_count", "public_count", "counted_on"])
        _cap_surveys(held)
        record(
            actor=actor, action="assessments.population.set", target=held, unit=held.unit,
            fiscal_year=held.round.fiscal_year, staff=staff_count, public=public_count, counted_on=counted_on.isoformat(),
        )  # fmt: skip
    return held


def _cap_surveys(held: Participation) -> None:
    """No survey takes more answers than there are people: a link that was passed around stops there."""
    for instrument, people in (("IIT", held.staff_count), ("EIT", held.public_count)):
        ResponseCounter.objects.update_or_create(
            participation=held, instrument=instrument, part="1", defaults={"cap": people}
        )


def _check_counts(
    round_: Round, staff: int, public: int, counted_on: dt.date, today: dt.date
) -> None:
    wrong = {}
    if staff < 1:
        wrong["staff_count"] = _(
            "At least 1. Count executives, officers and hired workers of one year and more."
        )
    if public < 1:
        wrong["public_count"] = _(
            "At least 1. Count persons, companies and agencies served since the year began."
        )
    year = fiscal.year(round_.fiscal_year)
    if counted_on > today:
        wrong["counted_on"] = _("This day has not come yet.")
    elif counted_on not in year:
        wrong["counted_on"] = _("The day must lie in fiscal year %(year)s.") % {
            "year": round_.fiscal_year
        }
    if wrong:
        raise ValidationError(wrong)
