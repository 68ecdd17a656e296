"""A round over three levels of the tree, with one person per role, for the tests of approval."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sucharit.assessments.models import Participation, Round
from sucharit.core import clock
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
