from __future__ import annotations

from types import SimpleNamespace

import pytest

from sucharit.assessments.intake import lookup, pages
from sucharit.assessments.models import Participation
from tests.assessments.intake import sheets
from tests.assessments.intake.sheets import TODAY

WIDTH = {"IIT": 6, "EIT": 4}  # questions of the small framework


@pytest.fixture(autouse=True)
def _march_2024(monkeypatch):
    import datetime as dt

    from sucharit.core import clock

    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(2024, 3, 13, 3, tzinfo=dt.UTC))
    lookup.forget()
    pages.forget()


@pytest.fixture
def field(db, make):
    """A ministry's open round with four units, and people: two officers of one, a centre, an assessor."""
    units = make.ministry()
    round_ = sheets.round_of(units["moi"])
    parts = {
        code: sheets.participation(round_, units[code], staff_count=40, public_count=300)
        for code in ("th-38", "th-66", "th-3801", "moi-cdd")
    }
    people = {
        "ann": make.user("unit_officer", units["th-38"], username="ann"),
        "bob": make.user("unit_officer", units["th-38"], username="bob"),
        "cat": make.user("unit_head", units["th-38"], username="cat"),
        "district": make.user("unit_officer", units["th-3801"], username="district"),
        "stranger": make.user("unit_officer", units["th-66"], username="stranger"),
        "centre": make.user("ministry_centre", units["moi"], username="centre"),
        "assessor": make.user("assessor", units["moi"], username="assessor"),
        "auditor": make.user("auditor", units["moi"], username="auditor"),
    }
    return SimpleNamespace(round=round_, units=units, parts=parts, part=parts["th-38"], **people)


def again(part: Participation) -> Participation:
    """The row as it is now, with unit and round."""
    return Participation.objects.select_related("unit", "round__framework", "round__owner").get(
        pk=part.pk
    )
