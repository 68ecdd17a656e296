"""A small round for tests: six OIT items in three groups, four units, one person per role."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from sucharit.assessments.models import Framework, Participation, Round
from sucharit.core.actors import System
from sucharit.orgs.models import Unit, User
from tests import make

TODAY = dt.date(2024, 4, 10)
AFTER = dt.date(2024, 6, 20)  # after the objection window
SYSTEM = System("test")

CALENDAR = {
    "surveys_from": dt.date(2024, 1, 1),
    "surveys_to": dt.date(2024, 5, 15),
    "oit_from": dt.date(2024, 4, 1),
    "oit_to": dt.date(2024, 4, 30),
    "review_to": dt.date(2024, 5, 31),
    "objection_from": dt.date(2024, 6, 1),
    "objection_to": dt.date(2024, 6, 15),
}


def label(text: str) -> dict[str, str]:
    return {"th": f"ไทย {text}", "en": text}


def document() -> dict[str, Any]:
    """A framework document: one IIT, one EIT and six OIT items (O1 to O6; O6 may get 0, 50 or 100)."""
    scale = {
        "options": [
            {"code": "N", "label": label("no"), "points": "0"},
            {"code": "Y", "label": label("yes"), "points": "100"},
        ]
    }
    parents = ("9.1", "9.1", "9.1", "9.2", "9.2", "10.1")
    oit = [
        {
            "code": f"O{n}",
            "in": parent,
            "title": label(f"item {n}"),
            "elements": [label(f"element {n}")],
            "topic": f"topic{n}",
            "allowed_points": ["0", "50", "100"] if n == 6 else ["0", "100"],
            "not_applicable": "no",
        }
        for n, parent in enumerate(parents, 1)
    ]
    survey = [
        {
            "code": "i1",
            "in": "1",
            "title": label("i1"),
            "subquestions": [{"code": "i1", "scale": "yn", "text": label("i1?")}],
        },
        {
            "code": "e1",
            "in": "6",
            "title": label("e1"),
            "subquestions": [{"code": "e1", "scale": "yn", "text": label("e1?")}],
        },
    ]
    return {
        "schema": "sucharit/framework@1",
        "id": "ita-test",
        "version": "1",
        "fiscal_year": "2567",
        "kind": "ita",
        "title": label("test framework"),
        "complete": "yes",
        "verified": "no",
        "instruments": [
            {"code": "IIT", "title": label("IIT"), "weight": "0.30", "respondents": "internal"},
            {
                "code": "EIT",
                "title": label("EIT"),
                "weight": "0.30",
                "respondents": "external",
                "parts": ["1", "2"],
            },
            {"code": "OIT", "title": label("OIT"), "weight": "0.40", "respondents": "none"},
        ],
        "indicators": [
            {"code": code, "in": parent, "title": label(f"indicator {code}")}
            for code, parent in (("1", "IIT"), ("6", "EIT"), ("9", "OIT"), ("10", "OIT"))
        ],
        "sub_indicators": [
            {"code": c, "in": c.split(".")[0], "title": label(f"group {c}")}
            for c in ("9.1", "9.2", "10.1")
        ],
        "scales": {"yn": scale},
        "items": survey + oit,
        "bands": [
            {
                "level": "pass",
                "label": label("pass"),
                "min_total": "85",
                "min_each": "",
                "pass": "yes",
            },
            {
                "level": "fail",
                "label": label("fail"),
                "min_total": "0",
                "min_each": "",
                "pass": "no",
            },
        ],
        "sample_rule": {"rate": "0.10", "floor": "30", "census_below": "30", "cap": "400"},
        "eit_merge": {"mode": "pooled"},
        "shortfall_policy": {"mode": "warn"},
        "rounding": {"digits": "2", "mode": "half_up"},
        "group_sizes": {
            "1": "1",
            "6": "1",
            "9": "2",
            "10": "1",
            "9.1": "3",
            "9.2": "2",
            "10.1": "1",
        },
    }


def framework(**fields: Any) -> Framework:
    fields = {
        "code": "ita-test",
        "version": 1,
        "fiscal_year": 2567,
        "kind": "ita",
        "title_th": "กรอบทดสอบ",
        "title_en": "Test framework",
        "document": document(),
        "sha256": "0" * 64,
    } | fields
    return Framework.objects.create(**fields)


@dataclass
class World:
    """A ministry, people by role, and a round."""

    units: dict[str, Unit]
    round: Round
    people: dict[str, User] = field(default_factory=dict)

    def __getattr__(self, name: str) -> User:
        try:
            return self.__dict__["people"][name]
        except KeyError:
            raise AttributeError(name) from None

    def part(self, code: str = "th-38") -> Participation:
        """The present row of a unit's participation."""
        return Participation.objects.select_related("unit", "round__owner", "round__framework").get(
            round_id=self.round.pk, unit__code=code
        )

    def set(
        self, *, round_state: str = "", oit_state: str = "", code: str = "th-38", **fields: Any
    ) -> Participation:
        """Put the round and a unit into states directly."""
        if round_state:
            Round.objects.filter(pk=self.round.pk).update(state=round_state, **fields)
            self.round.refresh_from_db()
        if oit_state:
            Participation.objects.filter(round=self.round, unit__code=code).update(
                oit_state=oit_state
            )
        return self.part(code)


def world(state: str = "open") -> World:
    """A round of four units, in the given state."""
    units = make.ministry()
    round_ = Round.objects.create(
        framework=framework(),
        owner=units["moi"],
        fiscal_year=2567,
        title_th="รอบทดสอบ",
        title_en="Test round",
        state=state,
        tree_date=dt.date(2024, 1, 1),
        **CALENDAR,
    )
    for code in ("moi-cdd", "moi-dol", "th-38", "th-66"):
        Participation.objects.create(round=round_, unit=units[code])
    people = {
        "centre": make.user("ministry_centre", units["moi"]),
        "officer": make.user("unit_officer", units["th-38"]),
        "officer2": make.user("unit_officer", units["th-38"]),
        "head": make.user("unit_head", units["th-38"]),
        "head2": make.user("unit_head", units["th-38"]),
        "stranger": make.user("unit_officer", units["th-66"]),
        "assessor": make.user("assessor", units["moi"]),
        "assessor2": make.user("assessor", units["moi"]),
        "auditor": make.user("auditor", units["moi"]),
        "admin": make.user("system_admin", units["moi"]),
        "nobody": make.user(),
    }
    return World(units, round_, people)
