"""What a result's answers say beyond its scores: spread of respondents, sub-questions of an item.

Stored with the run where the run's maker asked for it (``services.gather_facts``); else read from the
answers on demand and kept in the cache for a while.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np
from django.core.cache import cache

from sucharit.assessments.engine import Edition
from sucharit.assessments.engine.planner import (
    InstrumentMargin,
    Question,
    Spread,
    question_facts,
    respondent_scores,
    spread,
)
from sucharit.assessments.models import Participation, SurveyFacts, SurveyResponse, UnitResult
from sucharit.core.rounding import exact_text

KEPT_SECONDS = 600


@dataclass(frozen=True)
class Facts:
    """Margins' inputs by instrument, and sub-questions by item."""

    surveys: tuple[InstrumentMargin, ...] = ()
    questions: Mapping[str, tuple[Question, ...]] = field(default_factory=dict)


def facts_of(result: UnitResult, edition: Edition) -> Facts:
    """The facts of a computed result; nothing for a published one."""
    if result.run.round_id is None or result.unit_id is None:
        return Facts()
    stored = SurveyFacts.objects.filter(result=result).first()
    if stored is not None:
        return from_json(stored.facts)
    key = f"planner-facts-{result.pk}-{result.run.at.timestamp()}"
    found = cache.get(key)
    if found is None:
        taking_part = (
            Participation.objects.filter(round_id=result.run.round_id, unit_id=result.unit_id)
            .select_related("round")
            .first()
        )
        found = as_json(read_facts(taking_part, edition)) if taking_part else {}
        cache.set(key, found, KEPT_SECONDS)
    return from_json(found)


def read_facts(taking_part: Participation, edition: Edition) -> Facts:
    """Facts from the answers as they stand now. Nothing that fewer than the round's minimum answered."""
    least = taking_part.round.min_report_n
    heads = {"IIT": taking_part.staff_count, "EIT": taking_part.public_count}
    surveys, questions = [], {}
    for instrument in edition.instruments:
        if not instrument.surveyed or not edition.subquestions(instrument.code):
            continue
        parts, rows = _rows(taking_part, edition, instrument.code)
        scores = respondent_scores(edition, instrument.code, rows)
        pooled = spread(scores)
        if pooled.n < least:
            continue
        by_part = {
            code: spread(scores[parts == place]) for place, code in enumerate(instrument.part_codes)
        }
        surveys.append(
            InstrumentMargin(instrument.code, heads.get(instrument.code), pooled, by_part)
        )
        found = question_facts(edition, instrument.code, parts, rows, edition.eit_merge)
        for item, facts in found.items():
            if all(fact.n >= least for fact in facts):
                questions[item] = tuple(Question(f.code, f.share, f.value) for f in facts)
    return Facts(tuple(surveys), questions)


def _rows(taking_part: Participation, edition: Edition, instrument: str) -> tuple[Any, Any]:
    """Places of the parts int8[n] and packed answers uint8[n, columns]."""
    place = edition.instrument[instrument].part_index
    stored = list(
        SurveyResponse.objects.filter(participation=taking_part, instrument=instrument).values_list(
            "part", "answers"
        )
    )
    columns = len(edition.subquestions(instrument))
    rows = np.frombuffer(b"".join(bytes(answers) for _, answers in stored), np.uint8)
    parts = np.array([place(part) or 0 for part, _ in stored], np.int8)
    return parts, rows.reshape(-1, columns)


def as_json(facts: Facts) -> dict[str, Any]:
    """The facts as plain data; SDs as text, shares and values as exact fractions."""
    return {
        "surveys": [
            {
                "instrument": s.instrument,
                "population": s.population,
                "pooled": _spread_json(s.pooled),
                "parts": {code: _spread_json(part) for code, part in s.parts.items()},
            }
            for s in facts.surveys
        ],
        "questions": {
            item: [[q.code, exact_text(q.share), exact_text(q.value)] for q in questions]
            for item, questions in facts.questions.items()
        },
    }


def from_json(data: Mapping[str, Any]) -> Facts:
    """What ``as_json`` wrote."""
    return Facts(
        tuple(
            InstrumentMargin(
                s["instrument"],
                s["population"],
                _spread(s["pooled"]),
                {code: _spread(part) for code, part in s["parts"].items()},
            )
            for s in data.get("surveys", ())
        ),
        {
            item: tuple(
                Question(code, Fraction(share), Fraction(value)) for code, share, value in q
            )
            for item, q in data.get("questions", {}).items()
        },
    )


def _spread_json(found: Spread) -> dict[str, Any]:
    return {"n": found.n, "sd": None if found.sd is None else repr(found.sd)}


def _spread(data: Mapping[str, Any]) -> Spread:
    return Spread(data["n"], None if data["sd"] is None else float(data["sd"]))
