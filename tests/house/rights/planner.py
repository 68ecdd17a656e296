"""Rules of the planner and the comparison.

The round of this world is open and nothing is announced: a unit sees its own estimate, and a result
(so a comparison) is there only for who runs rounds.
"""

from __future__ import annotations

from tests.house.rights import EDIT, MANAGE, VIEW, Rule

YEAR = ("fiscal_year", "code")
RULES: dict[str, Rule] = {
    "assessments:planner": Rule(VIEW, YEAR),
    "assessments:planner_what_if": Rule(VIEW, YEAR, post=True),
    "assessments:planner_actions": Rule(EDIT, YEAR, post=True),
    "assessments:planner_effort": Rule(EDIT, YEAR),
    "assessments:planner_compare": Rule(MANAGE, ("code",)),
    "assessments:planner_compare_csv": Rule(MANAGE, ("code",)),
    "assessments:planner_ranks": Rule(MANAGE, ("code",), post=True),
}
