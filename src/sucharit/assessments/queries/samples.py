"""How many must answer a unit's surveys, how many did, and why that many."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from sucharit.assessments.engine import SampleRule, sample_size
from sucharit.assessments.engine.fill import Fill, FillState, fill
from sucharit.assessments.fieldwork.queries import figure, surveys_open
from sucharit.assessments.models import Participation, ResponseCounter
from sucharit.assessments.services.steps import edition_of


@dataclass(frozen=True)
class Sample:
    """Least number of answers of one survey, with its reason."""

    instrument: str
    population: int | None
    least: int | None
    fill: Fill  # in steps while the surveys are open: docs/anonymity.md
    why: str

    @property
    def enough(self) -> bool:
        return self.fill.state is FillState.ENOUGH

    @property
    def answered(self) -> str:
        """How many answered, as it may be told: "20 to 24"."""
        return figure(self.fill)


def samples_of(participation: Participation) -> list[Sample]:
    """Minimum sample of both surveys (empty where the edition states no rule)."""
    rule = edition_of(participation.round).sample_rule
    if rule is None:
        return []
    answered = answers_of(participation)
    still_open = surveys_open(participation.round)
    return [
        _sample(rule, survey, people, answered.get(survey, 0), still_open=still_open)
        for survey, people in (
            ("IIT", participation.staff_count),
            ("EIT", participation.public_count),
        )
    ]


def sample_reason(rule: SampleRule, population: int) -> str:
    """Why the least number is what it is, for a person."""
    if population <= rule.census_below:
        return _("%(n)s or fewer: everybody is asked.") % {"n": rule.census_below}
    least = sample_size(rule, population)
    if least == rule.floor:
        return (
            _("10%% would be fewer than %(floor)s, and %(floor)s is the least.")
            % {"floor": rule.floor}
            if rule.rate * 10 == 1
            else _("The least number is %(floor)s.") % {"floor": rule.floor}
        )
    if least == rule.cap:
        return _("At most %(cap)s are needed, however many people there are.") % {"cap": rule.cap}
    return _("%(percent)s%% of %(n)s, rounded up.") % {
        "percent": _percent(rule),
        "n": f"{population:,}",
    }


def _percent(rule: SampleRule) -> str:
    value = rule.rate * 100
    return str(value.numerator) if value.denominator == 1 else f"{float(value):g}"


def _sample(
    rule: SampleRule, instrument: str, population: int | None, answered: int, *, still_open: bool
) -> Sample:
    least = sample_size(rule, population) if population else None
    why = sample_reason(rule, population) if population else _("Enter the head count first.")
    return Sample(
        instrument, population or None, least, fill(answered, least, still_open=still_open), why
    )


def answers_of(participation: Participation) -> dict[str, int]:
    """How many answered each survey so far: {"IIT": 31, "EIT": 0} (counts only)."""
    rows = ResponseCounter.objects.filter(participation=participation).values_list(
        "instrument", "n"
    )
    found: dict[str, int] = {}
    for instrument, n in rows:
        found[instrument] = found.get(instrument, 0) + n
    return found
