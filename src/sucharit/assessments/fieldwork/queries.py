"""How full the surveys of a round are, unit by unit, within a user's scope."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, Max, QuerySet, Sum
from django.utils.translation import gettext as _

from sucharit.assessments.engine import sample_size
from sucharit.assessments.engine.fill import STEP, Fill, FillState, fill
from sucharit.assessments.models import Participation, ResponseCounter, Round
from sucharit.assessments.services.steps import edition_of
from sucharit.core.errors import NotFoundInScope
from sucharit.orgs import scope
from sucharit.orgs.models import Unit

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from sucharit.assessments.engine import SampleRule

SURVEYS = ("IIT", "EIT")
_WORST = (FillState.FAR, FillState.NEAR, FillState.UNKNOWN, FillState.HIDDEN, FillState.ENOUGH)


@dataclass(frozen=True)
class UnitFill:
    """Both surveys of a unit as they may be shown, and when the unit was last reminded."""

    participation: Participation
    surveys: dict[str, Fill]  # IIT, EIT
    reminded_at: dt.datetime | None = None

    @property
    def state(self) -> FillState:
        """The worse of both surveys."""
        return min((f.state for f in self.surveys.values()), key=_WORST.index)

    @property
    def short(self) -> list[str]:
        """Surveys known to lack answers."""
        return [s for s, f in self.surveys.items() if f.state in (FillState.FAR, FillState.NEAR)]

    @property
    def percent(self) -> int:
        """Of the emptier survey, for ordering: unknown counts as 0."""
        return min((f.percent or 0) for f in self.surveys.values())


@dataclass(frozen=True)
class Overview:
    """The units of one round in scope and their sums."""

    rows: list[UnitFill]
    still_open: bool

    @property
    def counts(self) -> dict[FillState, int]:
        """Units by state, every state named."""
        found = Counter(row.state for row in self.rows)
        return {state: found[state] for state in _WORST}

    def total(self, survey: str) -> tuple[int, int]:
        """(answers there are for sure, answers needed) of one survey over all units with a head count.

        A sum of the shown figures: nothing can be got out of it that is not on the page already.
        """
        known = [row.surveys[survey] for row in self.rows if row.surveys[survey].least is not None]
        return sum(f.low for f in known), sum(f.least or 0 for f in known)


def surveys_open(round_: Round) -> bool:
    """Whether answers may still come in (whatever the calendar says)."""
    return round_.state in (Round.State.DRAFT, Round.State.OPEN) and (
        round_.surveys_closed_at is None
    )


def overview(user: Any, round_: Round, *, under: Unit | None = None) -> Overview:
    """Fill of every unit of a round the user may see, emptiest first; ``under`` narrows to a subtree."""
    found = Participation.objects.visible_to(user).filter(round=round_).select_related("unit")
    if under is not None:
        found = found.filter(unit__path__startswith=under.path)
    rows = fill_of(round_, found)
    rows.sort(key=lambda row: (_WORST.index(row.state), row.percent, row.participation.unit.code))
    return Overview(rows, surveys_open(round_))


def fill_of(round_: Round, units: QuerySet[Participation] | None = None) -> list[UnitFill]:
    """Fill of units of a round (all of them by default): two queries, however many units there are."""
    rule = edition_of(round_).sample_rule
    still_open = surveys_open(round_)
    chosen = Participation.objects.filter(round=round_) if units is None else units
    taking_part = list(
        chosen.select_related("unit").annotate(reminded_at=Max("reminders__sent_at"))
    )
    answered = _answered(p.pk for p in taking_part)
    return [
        UnitFill(
            p,
            {
                survey: fill(
                    answered.get((p.pk, survey), 0), _least(rule, people), still_open=still_open
                )
                for survey, people in (("IIT", p.staff_count), ("EIT", p.public_count))
            },
            getattr(p, "reminded_at", None),
        )
        for p in taking_part
    ]


def _least(rule: SampleRule | None, people: int | None) -> int | None:
    return sample_size(rule, people) if rule is not None and people else None


def _answered(participations: Iterable[int]) -> dict[tuple[int, str], int]:
    """Answers by unit and survey, both parts of EIT together, as the scoring counts them."""
    rows = (
        ResponseCounter.objects.filter(participation__in=list(participations))
        .values_list("participation_id", "instrument")
        .annotate(total=Sum("n"))
    )
    return {(pk, instrument): total for pk, instrument, total in rows}


def unit_under(user: Any, code: str) -> Unit | None:
    """The unit whose subtree is asked for; None for "". NotFoundInScope when it is not in scope."""
    if not code:
        return None
    mine = scope.limit(Unit.objects.all(), user, path_field="path", permission="assessments.view")
    found = mine.filter(code=code).first()
    if found is None:
        raise NotFoundInScope(_("There is no such unit."))
    return found


def areas(user: Any, round_: Round) -> list[Unit]:
    """Units in scope that have units of the round strictly below them: the choices of a subtree."""
    paths = (
        Participation.objects.visible_to(user)
        .filter(round=round_)
        .values_list("unit__path", flat=True)
    )
    step = Unit.steplen
    above = {path[:n] for path in paths for n in range(step, len(path), step)}
    mine = scope.limit(Unit.objects.all(), user, path_field="path", permission="assessments.view")
    return list(mine.filter(path__in=above).order_by(F("sort_key").asc(nulls_last=True), "code"))


def figure(shown: Fill) -> str:
    """The count in words: "fewer than 5", "20 to 24", or the number itself."""
    if shown.exact:
        return f"{shown.low:,}"
    if shown.low < STEP and shown.high is not None:
        return _("fewer than %(n)s") % {"n": shown.high + 1}
    return _("%(low)s to %(high)s") % {"low": f"{shown.low:,}", "high": f"{shown.high:,}"}
