"""Small framework documents and random editions for the engine's tests."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from sucharit.assessments.engine import Edition, Response, UnitInput

FOUR = ["0", "33", "67", "100"]
NEW_BANDS = [
    ("excellent", "ผ่านดีเยี่ยม", "95", "95", "yes"),
    ("good", "ผ่านดี", "85", "85", "yes"),
    ("pass", "ผ่าน", "85", "", "yes"),
    ("improve", "ต้องปรับปรุง", "70", "", "no"),
    ("urgent", "ต้องปรับปรุงโดยด่วน", "0", "", "no"),
]
OLD_BANDS = [
    ("AA", "AA", "95", "", "yes"),
    ("A", "A", "85", "", "yes"),
    ("B", "B", "75", "", "no"),
    ("C", "C", "65", "", "no"),
    ("D", "D", "55", "", "no"),
    ("E", "E", "50", "", "no"),
    ("F", "F", "0", "", "no"),
]
SIZES = {
    "2564": (9, 8, 7, 4, 5, 8, 2),
    "2566": (10, 8, 4, 4, 4, 8, 5),
    "2567": (6, 7, 4, 4, 4, 8, 2),
    "2568": (4, 7, 2, 3, 4, 4, 4),
}
SUBS = ("9.1", "9.2", "9.3", "9.4", "9.5", "10.1", "10.2")


def scale(points: list[str], codes: list[str] | None = None) -> dict[str, Any]:
    codes = codes or [str(n) for n in range(1, len(points) + 1)]
    label = {"th": "ก", "en": "a"}
    return {
        "options": [
            {"code": code, "label": label, "points": value}
            for code, value in zip(codes, points, strict=True)
        ]
    }


SCALES = {
    "four": scale(FOUR),
    "four_rev": scale(FOUR[::-1]),
    "thirds": scale(["0", "100/3", "200/3", "100"]),
    "yn_bad": scale(["0", "100"], ["Y", "N"]),
    "yn_good": scale(["100", "0"], ["Y", "N"]),
}


def bands(rows: list[tuple[str, ...]] = NEW_BANDS) -> list[dict[str, Any]]:
    return [
        {
            "level": level,
            "label": {"th": th, "en": level},
            "min_total": total,
            "min_each": each,
            "pass": ok,
        }
        for level, th, total, each, ok in rows
    ]


def survey_item(code: str, parent: str, *scales: str) -> dict[str, Any]:
    codes = [code] if len(scales) == 1 else [f"{code}.{n}" for n in range(1, len(scales) + 1)]
    return {
        "code": code,
        "in": parent,
        "title": {"th": code},
        "subquestions": [
            {"code": question, "scale": name, "text": {"th": question}}
            for question, name in zip(codes, scales, strict=True)
        ],
    }


def mark_item(
    code: str, parent: str, *, na: str = "no", points: tuple[str, ...] = ("0", "100")
) -> dict[str, Any]:
    return {
        "code": code,
        "in": parent,
        "title": {"th": code},
        "allowed_points": list(points),
        "not_applicable": na,
    }


def document(**parts: Any) -> dict[str, Any]:
    """A document of one internal survey instrument with one item, unless replaced."""
    base: dict[str, Any] = {
        "schema": "sucharit/framework@1",
        "id": "test",
        "version": "1",
        "fiscal_year": "2567",
        "kind": "ita",
        "title": {"th": "ทดสอบ", "en": "Test"},
        "instruments": [
            {"code": "IIT", "title": {"th": "ภายใน"}, "weight": "1", "respondents": "internal"}
        ],
        "indicators": [{"code": "1", "in": "IIT", "title": {"th": "หนึ่ง"}}],
        "sub_indicators": [],
        "scales": SCALES,
        "items": [survey_item("i1", "1", "four")],
        "bands": bands(),
        "sample_rule": {"rate": "0.10", "floor": "30", "census_below": "30", "cap": "400"},
        "eit_merge": {"mode": "pooled"},
        "shortfall_policy": {"mode": "warn"},
        "rounding": {"digits": "2", "mode": "half_up"},
    }
    return base | parts


def oit_groups(sizes: tuple[int, ...]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Sub-indicators 9.1–10.2 and their items O1… with the sizes given."""
    subs = [{"code": code, "in": code.split(".")[0], "title": {"th": code}} for code in SUBS]
    items, n = [], 0
    for code, size in zip(SUBS, sizes, strict=True):
        for _ in range(size):
            n += 1
            items.append(mark_item(f"O{n}", code))
    return subs, items


def ita(year: str = "2567", **parts: Any) -> dict[str, Any]:
    """A document with ITA's shape: one item an indicator in IIT and EIT, the year's OIT groups."""
    subs, marked = oit_groups(SIZES[year])
    indicators = [
        {
            "code": str(n),
            "in": "IIT" if n <= 5 else "EIT" if n <= 8 else "OIT",
            "title": {"th": str(n)},
        }
        for n in range(1, 11)
    ]
    asked = [survey_item(f"i{n}", str(n), "four") for n in range(1, 6)]
    asked += [survey_item(f"e{n - 5}", str(n), "four") for n in range(6, 9)]
    base = document(
        id=f"ita-{year}",
        instruments=[
            {"code": "IIT", "title": {"th": "IIT"}, "weight": "0.30", "respondents": "internal"},
            {
                "code": "EIT",
                "title": {"th": "EIT"},
                "weight": "0.30",
                "respondents": "external",
                "parts": ["1", "2"],
            },
            {"code": "OIT", "title": {"th": "OIT"}, "weight": "0.40", "respondents": "none"},
        ],
        indicators=indicators,
        sub_indicators=subs,
        items=[*asked, *marked],
        bands=bands(OLD_BANDS if year < "2566" else NEW_BANDS),
    )
    return base | parts


def edition(year: str = "2567", **parts: Any) -> Edition:
    return Edition.from_document(ita(year, **parts))


def all_marks(found: Edition, *lost: str) -> dict[str, Fraction | None]:
    """Full points on every disclosure item, 0 on the lost ones."""
    return {
        item.code: Fraction(0 if item.code in lost else 100)
        for item in found.items
        if not item.surveyed
    }


def rows_of(*answers: dict[str, str], instrument: str = "IIT", part: str = "") -> list[Response]:
    return [Response(instrument, part, given) for given in answers]


# --- random editions and inputs


@st.composite
def editions(draw: st.DrawFn) -> Edition:
    """A random edition: IIT (1 part), EIT (2 parts), OIT with sub-indicators; all three always."""
    names = st.sampled_from(sorted(SCALES))
    indicators, subs, items = [], [], []
    for letter, instrument in (("i", "IIT"), ("e", "EIT")):
        for group in range(draw(st.integers(1, 2))):
            code = f"{letter}g{group}"
            indicators.append({"code": code, "in": instrument, "title": {"th": code}})
            for place in range(draw(st.integers(1, 3))):
                scales = draw(st.lists(names, min_size=1, max_size=3))
                items.append(survey_item(f"{code}_{place}", code, *scales))
    indicators.append({"code": "9", "in": "OIT", "title": {"th": "9"}})
    for group in range(draw(st.integers(1, 3))):
        subs.append({"code": f"9.{group}", "in": "9", "title": {"th": "s"}})
        for place in range(draw(st.integers(1, 3))):
            points = draw(
                st.sampled_from([("0", "100"), ("0", "50", "100"), ("0", "100/3", "100")])
            )
            items.append(mark_item(f"O{group}_{place}", f"9.{group}", na="yes", points=points))
    mode = draw(st.sampled_from(["pooled", "halves", "weights"]))
    weights = draw(st.sampled_from([("0.5", "0.5"), ("1/3", "2/3"), ("0", "1")]))
    shares = draw(
        st.sampled_from([("0.30", "0.30", "0.40"), ("1/3", "1/3", "1/3"), ("0.5", "0.25", "0.25")])
    )
    base = ita()
    instruments = [
        entry | {"weight": share} for entry, share in zip(base["instruments"], shares, strict=True)
    ]
    made = base | {
        "instruments": instruments,
        "indicators": indicators,
        "sub_indicators": subs,
        "items": items,
        "eit_merge": {"mode": mode, "weights": dict(zip("12", weights, strict=True))},
        "shortfall_policy": {"mode": draw(st.sampled_from(["warn", "not_scored", "zero"]))},
        "sample_rule": {"rate": "0.10", "floor": "2", "census_below": "2", "cap": "4"},
    }
    return Edition.from_document(made)


@st.composite
def responses(draw: st.DrawFn, found: Edition, most: int = 6) -> list[Response]:
    """Answers to both surveys with skipped questions."""
    rows = []
    for instrument in ("IIT", "EIT"):
        questions = found.subquestions(instrument)
        for _ in range(draw(st.integers(0, most))):
            part = draw(st.sampled_from(["1", "2"] if instrument == "EIT" else ["", "1"]))
            answers = {q.code: draw(st.sampled_from(["", *q.scale.index])) for q in questions}
            rows.append(Response(instrument, part, answers))
    return rows


@st.composite
def unit_inputs(draw: st.DrawFn, found: Edition) -> UnitInput:
    """Everything a unit may have: answers, marks with gaps, published values, head counts."""
    marks: dict[str, Fraction | None] = {}
    for item in found.items:
        if not item.surveyed and draw(st.booleans()):
            marks[item.code] = draw(st.sampled_from([*item.allowed_points, None]))
    published = draw(st.lists(st.sampled_from(found.nodes), max_size=2, unique=True))
    hundredths = st.integers(0, 10_000).map(lambda n: Fraction(n, 100))
    heads = draw(st.lists(st.sampled_from(["IIT", "EIT"]), max_size=2, unique=True))
    return UnitInput(
        rows=draw(responses(found)),
        marks=marks,
        values={code: draw(hundredths) for code in published},
        population={code: draw(st.integers(1, 60)) for code in heads},
    )
