"""Rules of committees: one committee of the unit with a meeting, an item, a resolution and something forwarded in."""

from __future__ import annotations

from tests.house.rights import EDIT, PUBLIC, SIGNED_IN, VIEW, Rule

RULES: dict[str, Rule] = {
    "committees:list": Rule(SIGNED_IN),
    "committees:new": Rule(EDIT),
    "committees:committee": Rule(VIEW, ("pk:committee",)),
    "committees:edit": Rule(EDIT, ("pk:committee",)),
    "committees:seats": Rule(EDIT, ("pk:committee",)),
    "committees:meeting_new": Rule(EDIT, ("pk:committee",)),
    "committees:meeting": Rule(VIEW, ("pk:meeting",)),
    "committees:meeting_edit": Rule(EDIT, ("pk:meeting",)),
    "committees:attendance": Rule(EDIT, ("pk:meeting",)),
    "committees:minutes": Rule(VIEW, ("pk:meeting",)),
    "committees:meeting_paper": Rule(VIEW, ("pk:meeting", "kind:paper", "form:paper")),
    "committees:item_new": Rule(EDIT, ("pk:meeting",)),
    "committees:item": Rule(VIEW, ("pk:item",)),
    "committees:propose": Rule(frozenset()),  # a thing must be named: see tests/committees
    "committees:resolutions": Rule(SIGNED_IN),
    "committees:public": Rule(PUBLIC),
    "committees:resolution": Rule(VIEW, ("pk:resolution",)),
    "committees:inbox": Rule(SIGNED_IN),
    "committees:forwarding": Rule(EDIT, ("pk:forwarding",)),
    "api:list_committees": Rule(PUBLIC),  # nobody's for the public; otherwise those in scope
    "api:list_meetings": Rule(PUBLIC),
    "api:list_resolutions": Rule(PUBLIC),
}


def fill(make: object, side: dict[str, object]) -> dict[str, object]:
    """A committee of the side's unit, one meeting held, and a resolution that came from below."""
    from sucharit.committees.resolutions import services
    from tests.committees import world as w

    above = w.committee(side["unit"], code="above")
    held = w.held(above)
    item = w.item(held)
    made = w.resolved(item)
    below = w.committee(side["unit"], code="below", parent=above)
    sent = w.resolved(w.item(w.held(below)))
    w.closed(sent.item.meeting)
    forwarded = services.forward(actor=w.SYSTEM, resolution=sent, to=above)
    return {
        "pk:committee": above.pk, "pk:meeting": held.pk, "pk:item": item.pk, "pk:resolution": made.pk,
        "pk:forwarding": forwarded.pk, "kind:paper": "agenda", "form:paper": "docx",
    }  # fmt: skip
