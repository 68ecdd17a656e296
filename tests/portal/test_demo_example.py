"""The worked example's province comes out to the last digit."""

from __future__ import annotations

import numpy as np

from sucharit.assessments import library
from sucharit.assessments.engine import (
    CountCube,
    Edition,
    UnitInput,
    exact,
    score_unit,
    unit_counts,
)
from sucharit.portal.demo import example


def scored(edition, marks):
    counts = {}
    for instrument in ("IIT", "EIT"):
        cube = CountCube.empty(edition, instrument, ["u"])
        zeros = np.zeros(example.PEOPLE, dtype=int)
        cube.add(zeros, zeros, example.people(edition, instrument, 2567))
        counts[instrument] = unit_counts(cube, 0)
    points = {item: exact(text) for item, text in marks.items()}
    return score_unit(edition, UnitInput(counts=counts, marks=points, population={}))


def test_the_province_fails_by_less_than_one_item():
    edition = Edition.from_document(library.load("ita-2567").document)
    marks = example.marks(edition)
    before = scored(edition, marks)
    shown = {
        code: before.display(code) for code in ("1", "5", "6", "8", "IIT", "EIT", "OIT", "total")
    }
    assert shown == {
        "1": "92.40", "5": "84.95", "6": "91.20", "8": "79.85",
        "IIT": "88.45", "EIT": "84.82", "OIT": "80.45", "total": "84.16",
    }  # fmt: skip
    assert before.level.label.th == "ต้องปรับปรุง"
    after = scored(edition, marks | {edition.children("10.2")[-1]: "100"})
    assert (after.display("total"), after.level.label.th) == ("89.16", "ผ่าน")
