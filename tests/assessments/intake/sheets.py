# ruff: noqa: E501 (a framework reads best one part a line)
"""A small framework, a round with one unit, and answer sheets to it; also used by the benchmark."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
from typing import TYPE_CHECKING, Any

from sucharit.assessments.intake.receipts import new_submission
from sucharit.assessments.models import Framework, Participation, Round

if TYPE_CHECKING:
    from sucharit.orgs.models import Unit

TODAY = dt.date(2024, 3, 13)  # a Wednesday
MONDAY = dt.date(2024, 3, 11)


def _label(text: str) -> dict[str, str]:
    return {"th": f"ข้อความ {text}", "en": f"Text {text}"}


def _options(*points: str, codes: str = "1234") -> dict[str, Any]:
    return {
        "options": [
            {"code": c, "label": _label(f"ระดับ {c}"), "points": p}
            for c, p in zip(codes, points, strict=False)
        ]
    }


def document(*, iit: int = 6, eit: int = 4, optional_last: bool = False) -> dict[str, Any]:
    """A framework with ``iit`` and ``eit`` sub-questions, two an item."""
    scales = {
        "four": _options("0", "33", "67", "100"),
        "yn_good": _options("100", "0", codes="YN"),
        "free": {**_options("0", "100", codes="12"), "no_answer": "yes"},
    }
    items: list[dict[str, Any]] = []
    for prefix, indicator, count in (("i", "1", iit), ("e", "6", eit)):
        for n in range(1, count // 2 + 1):
            last = optional_last and n == count // 2
            scale = "free" if last else "four"
            questions = [
                {"code": f"{prefix}{n}.{k}", "scale": scale, "text": _label(f"{prefix}{n}.{k}")}
                for k in (1, 2)
            ]
            items.append(
                {
                    "code": f"{prefix}{n}",
                    "in": indicator,
                    "title": _label(f"{prefix}{n}"),
                    "subquestions": questions,
                }
            )
    items.append({"code": "O1", "in": "9", "title": _label("O1"), "allowed_points": ["0", "100"]})
    return {
        "schema": "sucharit/framework@1", "id": "test", "version": "1", "fiscal_year": "2567", "kind": "ita", "title": _label("T"),
        "instruments": [
            {"code": "IIT", "title": {"th": "แบบวัดภายใน", "en": "Internal survey"}, "weight": "0.30", "respondents": "internal"},
            {"code": "EIT", "title": {"th": "แบบวัดภายนอก", "en": "External survey"}, "weight": "0.30", "respondents": "external", "parts": ["1", "2"]},
            {"code": "OIT", "title": _label("OIT"), "weight": "0.40", "respondents": "none"},
        ],
        "indicators": [{"code": "1", "in": "IIT", "title": _label("1")}, {"code": "6", "in": "EIT", "title": _label("6")}, {"code": "9", "in": "OIT", "title": _label("9")}],
        "sub_indicators": [], "scales": scales, "items": items,
        "bands": [{"level": "pass", "label": _label("pass"), "min_total": "0", "min_each": "", "pass": "yes"}],
        "sample_rule": {"rate": "0.10", "floor": "30", "census_below": "30", "cap": "400"},
        "eit_merge": {"mode": "pooled", "weights": {}}, "shortfall_policy": {"mode": "warn"},
        "rounding": {"digits": "2", "mode": "half_up"}, "group_sizes": {},
    }  # fmt: skip


def framework(content: dict[str, Any] | None = None, *, code: str = "") -> Framework:
    content = content or document()
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    return Framework.objects.create(
        code=code or f"test-{secrets.token_hex(4)}", version=1, fiscal_year=2567, kind="ita", title_th="ทดสอบ",
        title_en="Test", document=content, sha256=digest,
    )  # fmt: skip


def round_of(owner: Unit, content: dict[str, Any] | None = None, **fields: Any) -> Round:
    """An open round of March 2024."""
    fields = {
        "state": "open",
        "surveys_from": dt.date(2024, 3, 1),
        "surveys_to": dt.date(2024, 3, 31),
        **fields,
    }
    day = dt.date(2024, 4, 1)
    return Round.objects.create(
        framework=framework(content), owner=owner, fiscal_year=2567, title_th="รอบทดสอบ", title_en="Test round",
        oit_from=day, oit_to=day, review_to=day, objection_from=day, objection_to=day,
        tree_date=day, **fields,
    )  # fmt: skip


def participation(round_: Round, unit: Unit, **fields: Any) -> Participation:
    fields = {"staff_count": 120, "public_count": 5000, **fields}
    return Participation.objects.create(round=round_, unit=unit, **fields)


def iit_codes(count: int = 6, prefix: str = "i") -> list[str]:
    return [f"{prefix}{n}.{k}" for n in range(1, count // 2 + 1) for k in (1, 2)]


def sheet(
    answers: str = "123412", *, key: str = "", submission: str = "", prefix: str = "i"
) -> dict[str, str]:
    """A filled form: one option code per sub-question."""
    form = dict(zip(iit_codes(len(answers), prefix), answers, strict=True))
    form["submission"] = submission or new_submission()
    if key:
        form["key"] = key
    return form
