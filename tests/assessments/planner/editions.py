"""Small editions and scores for the planner's tests."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from sucharit.assessments.engine import Edition, UnitInput, UnitScore, score_unit
from sucharit.assessments.engine.planner import Standing, standing_of
from sucharit.assessments.library import load


def label(text: str) -> dict[str, str]:
    return {"th": text, "en": text}


def document(
    survey: tuple[int, ...] = (2, 1), groups: tuple[tuple[int, ...], ...] = ((2, 3), (1,))
) -> dict[str, Any]:
    """IIT with indicators of `survey` items; OIT with indicators of sub-indicators of items."""
    indicators, subs, items = [], [], []
    number = 0
    for n, size in enumerate(survey, 1):
        indicators.append({"code": f"s{n}", "in": "IIT", "title": label(f"s{n}")})
        for k in range(size):
            code = f"i{n}{k}"
            question = {"code": code, "scale": "five", "text": label(code)}
            items.append(
                {"code": code, "in": f"s{n}", "title": label(code), "subquestions": [question]}
            )
    for n, sizes in enumerate(groups, 1):
        indicators.append({"code": f"d{n}", "in": "OIT", "title": label(f"d{n}")})
        for k, size in enumerate(sizes, 1):
            subs.append({"code": f"d{n}.{k}", "in": f"d{n}", "title": label(f"d{n}.{k}")})
            for _ in range(size):
                number += 1
                items.append(
                    {
                        "code": f"O{number}",
                        "in": f"d{n}.{k}",
                        "title": label(f"O{number}"),
                        "allowed_points": ["0", "50", "100"],
                        "not_applicable": "yes",
                    }
                )
    return {
        "id": "small",
        "version": "1",
        "fiscal_year": "2567",
        "title": label("small"),
        "instruments": [
            {"code": "IIT", "title": label("IIT"), "weight": "0.40", "respondents": "internal"},
            {"code": "OIT", "title": label("OIT"), "weight": "0.60", "respondents": "none"},
        ],
        "indicators": indicators,
        "sub_indicators": subs,
        "scales": {
            "five": {
                "options": [
                    {"code": str(n), "label": label(str(n)), "points": p}
                    for n, p in enumerate(("0", "100/3", "200/3", "100"))
                ]
            }
        },
        "items": items,
        "bands": [
            {"level": "A", "label": label("A"), "min_total": "95", "min_each": "95", "pass": "yes"},
            {"level": "B", "label": label("B"), "min_total": "85", "min_each": "85", "pass": "yes"},
            {"level": "C", "label": label("C"), "min_total": "85", "min_each": "", "pass": "yes"},
            {"level": "D", "label": label("D"), "min_total": "0", "min_each": "", "pass": "no"},
        ],
    }


SMALL = Edition.from_document(document())
TINY = Edition.from_document(document((1, 1), ((1, 2), (1,))))
ITA = Edition.from_document(load("ita-2567").document)
MARKED = tuple(item.code for item in ITA.items if not item.surveyed)

# Specification §9.4 D: indicators of IIT and EIT as published, one item missing of 9.2, 9.3, 10.1, 10.2.
PUBLISHED = dict(
    zip(
        ("1", "2", "3", "4", "5", "6", "7", "8"),
        map(Fraction, ("92.40", "88.15", "90.05", "86.70", "84.95", "91.20", "83.40", "79.85")),
        strict=True,
    )
)
LACKING = ("O13", "O17", "O33", "O35")


def worked() -> UnitScore:
    """The worked example D."""
    marks = {code: Fraction(0 if code in LACKING else 100) for code in MARKED}
    return score_unit(ITA, UnitInput(marks=marks, values=PUBLISHED))


def worked_standing() -> Standing:
    return standing_of(worked())
