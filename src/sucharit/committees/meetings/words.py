"""Words of meetings: states, kinds, what lacks."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from sucharit.committees.engine import flow

# state -> (state of the house, word)
STATES: dict[str, tuple[str, Any]] = {
    "planned": ("planned", _("Meeting planned")),
    "invited": ("scheduled", _("Invitation sent")),
    "in_progress": ("in_progress", _("Meeting in progress")),
    "minutes_draft": ("draft", _("Minutes in draft")),
    "minutes_circulated": ("pending", _("Minutes going round")),
    "certified": ("verified", _("Minutes certified")),
    "cancelled": ("cancelled", _("Meeting cancelled")),
}
KINDS: dict[str, Any] = {
    "inform": _("To inform"),
    "certify": _("To certify minutes"),
    "follow_up": _("To follow up"),
    "consider": _("To consider"),
    "approve": _("To approve"),
    "other": _("Other item"),
}
AUDIENCES: dict[str, Any] = {
    "public": _("Everybody, once certified"),
    "members": _("Members and staff of the unit"),
    "secretariat": _("Secretariat only (confidential)"),
}
MODES: dict[str, Any] = {
    "onsite": _("In a room"),
    "online": _("Online meeting"),
    "hybrid": _("In a room and online"),
}
STATUSES: dict[str, Any] = {
    "present": _("Present"),
    "represented": _("Represented by somebody"),
    "absent_official": _("Absent on official duty"),
    "absent": _("Absent"),
    "guest": _("Guest"),
}
LACKS: dict[str, Any] = {
    "place": _("Say where it takes place: a venue or an address for the online meeting."),
    "seats": _("The committee has no voting seat: add its seats first."),
    "items": _("There is nothing on the agenda yet: add an item first."),
    "attendance": _("Record for every voting seat whether it came."),
    "quorum": _("There is no quorum: give a reason to hold it as a consultation, or cancel it."),
    "recusals": _("Decide first who stands aside: a declaration is still undecided."),
    "resolved": _("Write a resolution for every item that was to be certified, considered or approved."),
    "taker": _("Say who took the minutes."),
    "version": _("The minutes changed since they went round: circulate them again."),
    "comments": _("Answer every comment on the minutes first."),
}  # fmt: skip
STEPS: dict[str, Any] = {
    "invite": _("Send the invitation"),
    "open": _("Open the meeting"),
    "close": _("Close the meeting"),
    "circulate": _("Circulate the minutes"),
    "revise": _("Take the minutes back into draft"),
    "certify": _("Certify the minutes"),
    "cancel": _("Cancel the meeting"),
}
DECISIONS: dict[str, Any] = {
    "": _("Not decided yet: stands aside"),
    "stands_aside": _("Stands aside"),
    "may_take_part": _("May take part"),
}
RECUSALS: dict[str, Any] = {
    "declared": _("Declared by the member"),
    "objected": _("Objected to by somebody"),
}
PAPERS: dict[str, Any] = {
    "invitation": _("Invitation letter"),
    "agenda": _("Agenda paper"),
    "minutes": _("Minutes of the meeting"),
}


def papers(state: str) -> list[tuple[str, Any]]:
    """(kind, word) of the official papers a meeting in that state has; minutes once it was opened."""
    return [(k, w) for k, w in PAPERS.items() if k != "minutes" or state in flow.HELD]
