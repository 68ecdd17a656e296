"""Rules of days off, clocks and obligations: the calendar is kept at the ministry, so nobody of a province may."""

from __future__ import annotations

import datetime as dt

from tests.house.rights import EDIT, SIGNED_IN, VIEW, Rule

NOBODY: frozenset[str] = frozenset()  # the roles of this world lie in a province
RULES: dict[str, Rule] = {
    "desk:deadline": Rule(SIGNED_IN),
    "desk:clocks": Rule(SIGNED_IN),
    "desk:days_off": Rule(SIGNED_IN),
    "desk:days_off_table": Rule(SIGNED_IN),
    "desk:day_off_new": Rule(NOBODY),
    "desk:days_off_import": Rule(NOBODY),
    "desk:day_off": Rule(NOBODY, ("pk:day_off",)),
    "desk:obligations": Rule(SIGNED_IN),
    "desk:obligation_new": Rule(EDIT),
    "desk:obligation": Rule(VIEW, ("pk:obligation",)),
}


def fill(make, side):
    """A day off and an obligation of the side's unit."""
    from sucharit.core.actors import System
    from sucharit.desk.deadlines import services

    actor, unit = System("test"), side["unit"]
    services.load_clocks(actor=actor)
    day = services.save_day(
        actor=actor, on=dt.date(2024, 3, 20), name_th="x", kind="province", unit=unit
    )
    owed = services.open_obligation(
        actor=actor, unit=unit, clock_key="report_back", anchor_on=dt.date(2024, 3, 19), title="x"
    )
    return {"pk:day_off": day.pk, "pk:obligation": owed.pk}
