"""Rounds with answers and marks for the planner's tests."""

from __future__ import annotations

from typing import Any

from sucharit.assessments.engine import Edition, pack
from sucharit.assessments.models import Mark, ScoreRun
from sucharit.assessments.services import scoring
from sucharit.core.actors import System

LACKING = ("O13", "O17", "O33", "O35")


def answers_of(edition: Edition, instrument: str, place: int) -> bytes:
    """One respondent who takes the option at ``place`` (from the best: 0) of each scale."""
    chosen = {}
    for question in edition.subquestions(instrument):
        options = sorted(question.scale.options, key=lambda option: -option.points)
        chosen[question.code] = options[min(place, len(options) - 1)].code
    return pack(edition, instrument, chosen)


def scored(
    make: Any,
    units: dict[str, Any],
    *,
    codes: tuple[str, ...] = ("th-38",),
    state: str = "final",
    lacking: tuple[str, ...] = LACKING,
    best: int = 25,
    **fields: Any,
) -> tuple[Any, Any]:
    """A round with a computed run: `best` of 40 respondents answer best, the others second best (83.41).

    Yes/no questions then lose 25 points of 100, so the surveys stand below 100; the OIT lacks items.
    """
    round_ = make.round_([units[c] for c in codes], owner=units["moi"], state=state, **fields)
    edition = Edition.from_document(round_.framework.document)
    for part in round_.participations.all():
        for instrument in ("IIT", "EIT"):
            make.answers(part, instrument, answers_of(edition, instrument, 0), times=best)
            make.answers(part, instrument, answers_of(edition, instrument, 1), times=40 - best)
        Mark.objects.bulk_create(
            Mark(participation=part, item=item.code, points="0" if item.code in lacking else "100")
            for item in edition.items
            if not item.surveyed
        )
    run = scoring.compute_round(actor=System("test"), round=round_)
    return round_, run


def announce(run: ScoreRun) -> None:
    run.public = True
    run.save(update_fields=["public"])
