"""Rules of the desk's and the calendar's API: own items empty without a role; dates are everybody's."""

from __future__ import annotations

from tests.house.rights import PUBLIC, SIGNED_IN, VIEW, Rule

RULES: dict[str, Rule] = {
    "api:compute": Rule(PUBLIC),
    "api:get_action": Rule(VIEW, ("pk:action",)),
    "api:list_actions": Rule(SIGNED_IN),  # empty without a role
    "api:my_items": Rule(SIGNED_IN),
    "api:working_day": Rule(PUBLIC),
}
