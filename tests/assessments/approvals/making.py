"""A round over three levels of the tree, with one person per role, for the tests of approval."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sucharit.assessments.models import NodeScore, Participation, Round, ScoreRun, UnitResult
from sucharit.core import clock
from sucharit.core.rounding import hundredths
from sucharit.orgs.models import Unit, User
from tests import make


@dataclass
class Scene:
    units: dict[str, Unit]
    round: Round
    people: dict[str, User]

    @property
    def key(self) -> str:
        return f"round:{self.round.pk}"

    def finish(self, *codes: str, at: dt.datetime | None = None) -> None:
        """These units' reports are in, approved by their heads."""
        Participation.objects.filter(round=self.round, unit__code__in=codes).update(
            oit_state="approved", submitted_at=at or clock.now()
        )


def scene(**fields: Any) -> Scene:
    """moi → th-38 (takes part) → th-3801 (takes part), and moi-cdd; th-66 takes no part."""
    units = make.ministry()
    taking_part = [units[c] for c in ("moi-cdd", "th-38", "th-3801")]
    round_ = make.round_(taking_part, owner=units["moi"], **fields)
    people = {
        "centre": make.user("ministry_centre", units["moi"]),
        "minister": make.user("unit_head", units["moi"]),
        "governor": make.user("unit_head", units["th-38"]),
        "clerk": make.user("unit_officer", units["th-38"]),
        "sheriff": make.user("unit_head", units["th-3801"]),
        "officer": make.user("unit_officer", units["th-3801"]),
        "chief": make.user("unit_head", units["moi-cdd"]),
        "auditor": make.user("auditor", units["moi"]),
        "stranger": make.user("unit_head", units["th-66"]),
        "admin": make.user("system_admin", units["moi"]),
    }
    return Scene(units, round_, people)


def results(s: Scene, values: dict[str, str], *, node: str = "total", year: int = 2567) -> None:
    """Current computed results of units (code → exact text) in the round, or of a year before."""
    this = year == s.round.fiscal_year
    run, _made = ScoreRun.objects.get_or_create(
        kind=ScoreRun.Kind.COMPUTED if this else ScoreRun.Kind.PUBLISHED,
        round=s.round if this else None,
        fiscal_year=year,
        current=True,
        defaults={"public": True, "framework": s.round.framework if this else None},
    )
    for code, text in values.items():
        shown = hundredths(Fraction(text))
        result, _made = UnitResult.objects.get_or_create(
            run=run,
            unit=s.units[code],
            fiscal_year=year,
            defaults={"total_hundredths": shown if node == "total" else None},
        )
        NodeScore.objects.create(
            result=result, node=node, status="ok", exact=text, hundredths=shown, value=None
        )


def departments(s: Scene, n: int) -> list[str]:
    """More departments that take part: dep-0 …"""
    for number in range(n):
        unit = make.unit(f"dep-{number}", parent=s.units["moi"], kind="department")
        s.units[unit.code] = unit
        Participation.objects.create(
            round=s.round, unit=unit, staff_count=40, public_count=300, counted_on=clock.today()
        )
    return [f"dep-{number}" for number in range(n)]
