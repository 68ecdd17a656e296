"""A unit's score tree: no score of a few respondents follows from the scores beside it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from sucharit.assessments import library
from sucharit.assessments.engine import (
    Edition,
    UnitInput,
    score_unit,
)
from sucharit.assessments.engine.hiding import figures_of, hidden_nodes, hidden_parts
from sucharit.assessments.engine.suppression import Why, disclosed

from sucharit.assessments.engine.cube import CountCube, unit_counts  # isort: skip

LEAST = 5


@pytest.fixture(scope="module")
def edition() -> Edition:
    return Edition.from_document(library.load("ita-2567").document)


def scored(edition, answers, *, parts=None):
    """Score of one unit: ``answers[instrument]`` is a list of rows (one option index per question)."""
    import numpy as np

    counts = {}
    for instrument, rows in answers.items():
        cube = CountCube.empty(edition, instrument, ["u"])
        part = np.array((parts or {}).get(instrument, [0] * len(rows)))
        cube.add(np.zeros(len(rows), dtype=int), part, np.array(rows, dtype=np.uint8))
        counts[instrument] = unit_counts(cube, 0)
    marks = {item.code: Fraction(100) for item in edition.items_of("OIT")}
    return score_unit(edition, UnitInput(counts=counts, marks=marks, population={}))


def rows(edition, instrument, n, *, skip=()):
    """Everybody takes the second option, and leaves the questions at ``skip`` out."""
    count = len(edition.subquestions(instrument))
    return [[255 if q in skip else 1 for q in range(count)] for _ in range(n)]


def test_a_question_few_have_answered_takes_another_along(edition):
    first = edition.items_of("IIT")[0]
    theirs = set(range(len(first.subquestions)))
    iit = rows(edition, "IIT", 3) + rows(edition, "IIT", 40, skip=theirs)
    score = scored(edition, {"IIT": iit, "EIT": rows(edition, "EIT", 50)})
    small = first.code
    assert 0 < score.nodes[small].n < LEAST
    hidden = hidden_nodes(edition, score, LEAST)
    assert hidden[small] is Why.SMALL
    complements = [code for code, why in hidden.items() if why is Why.COMPLEMENT]
    assert complements
    assert set(complements) <= set(edition.children(edition.parent(small)))
    assert disclosed(figures_of(edition, score), hidden) & {small} == set()
    assert "total" not in hidden


def test_a_small_survey_hides_itself_and_the_total_but_never_the_disclosure(edition):
    score = scored(edition, {"IIT": rows(edition, "IIT", 4), "EIT": rows(edition, "EIT", 50)})
    hidden = hidden_nodes(edition, score, LEAST)
    assert {"IIT", "total"} <= set(hidden)
    assert not {c for c in hidden if c != "total" and edition.instrument_of(c) != "IIT"}


def test_enough_answers_hide_nothing(edition):
    score = scored(edition, {"IIT": rows(edition, "IIT", 5), "EIT": rows(edition, "EIT", 5)})
    assert hidden_nodes(edition, score, LEAST) == {}
    assert hidden_parts(edition, score, LEAST) == frozenset()


def test_a_small_part_hides_the_parts_and_keeps_the_whole(edition):
    score = scored(
        edition,
        {"IIT": rows(edition, "IIT", 9), "EIT": rows(edition, "EIT", 43)},
        parts={"EIT": [0] * 40 + [1] * 3},
    )
    assert hidden_parts(edition, score, LEAST) == {"EIT"}
    assert hidden_nodes(edition, score, LEAST) == {}
