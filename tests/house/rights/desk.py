"""Rules of the desk: my work, action items, calendar, the secret link."""

from __future__ import annotations

from typing import Any

from tests.house.rights import SIGNED_IN, Rule

EDITORS = frozenset({"ministry_centre", "unit_head", "unit_officer"})
RULES: dict[str, Rule] = {
    "desk:item": Rule(frozenset()),  # 404 without a key of one's own desk
    "desk:away": Rule(SIGNED_IN),
    "desk:end": Rule(frozenset(), ("what:desk", "pk:snooze"), post=True),  # only the person himself
    "desk:calendar": Rule(SIGNED_IN),
    "desk:feed": Rule(SIGNED_IN),
    "desk:feed_file": Rule(frozenset(), ("token:desk",)),  # only by the link; a wrong one is 404
    "desk:action_new": Rule(EDITORS),
    "desk:closing": Rule(SIGNED_IN),  # empty without a role
    "desk:action_evidence": Rule(EDITORS, ("pk:action",), post=True),
}


def fill(make: Any, side: dict[str, Any]) -> dict[str, Any]:
    """Something a third person put off, and a link that opens nothing."""
    from sucharit.core import clock
    from sucharit.desk.models import Snooze

    kept = Snooze.objects.create(
        user=make.user("unit_officer", side["unit"]), key="x:1", until=clock.today(), at=clock.now()
    )
    return {"what:desk": "snooze", "pk:snooze": kept.pk, "token:desk": "wrong"}
