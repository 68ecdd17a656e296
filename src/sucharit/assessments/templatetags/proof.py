"""State words of the evidence library and what stands on it: ``{% load proof %}``."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from sucharit.core import clock
from sucharit.core.templatetags.ui import chip

register = template.Library()

STATES: dict[str, tuple[str, Any]] = {
    "current": ("accepted", _("Holds")),
    "expired": ("late", _("Expired")),
    "withdrawn": ("cancelled", _("Withdrawn")),
}
HANDS: dict[str, tuple[str, Any]] = {
    "assigned": ("in_progress", _("In hand")),
    "submitted": ("submitted", _("Handed in")),
    "returned": ("returned", _("Returned with a comment")),
    "accepted": ("accepted", _("Found good")),
}
EVENTS: dict[str, Any] = {
    "assigned": _("Given to"),
    "submitted": _("Handed in"),
    "returned": _("Returned with a comment"),
    "accepted": _("Found good"),
    "taken_back": _("Taken back from"),
    "copied": _("Copied from an earlier year"),
    "confirmed": _("Confirmed as it stands"),
}
REASONS: dict[str, Any] = {
    "not_http": _("not a web address"),
    "no_host": _("there is no such site"),
    "private": _("leads to an address inside an office"),
    "refused": _("the site does not answer"),
    "timeout": _("the site took too long"),
    "tls": _("its certificate is not valid"),
    "redirects": _("too many redirections"),
    "too_large": _("larger than may be kept"),
    "broken": _("the answer broke off"),
    "status": _("the site did not hand the page out"),
    "infected": _("the virus scanner found a virus"),
    "scanner": _("the virus scanner gave no answer"),
}
HOW: dict[str, Any] = {
    "code": _("the same item of the same edition"),
    "topic": _("matched by its topic"),
    "title": _("matched by its title"),
}


def state_word(state: str) -> tuple[str, Any]:
    """(state of the house, word) of a proof's state."""
    return STATES[state]


@register.simple_tag
def proof_chip(proof: Any) -> SafeString:
    """Whether a proof holds today, has expired by its own date, or was withdrawn."""
    return chip(*STATES[proof.state_on(clock.today())])


@register.simple_tag
def hand_chip(assignment: Any) -> SafeString:
    """Where an item stands with the person who has it."""
    return chip(*HANDS[assignment.state])


@register.simple_tag
def visit_chip(visit: Any) -> SafeString:
    """What a look at a link gave: opened, not opened and why, or never looked at."""
    if visit is None:
        return chip("missing", _("Not looked at yet"))
    if visit.ok:
        return chip("yes", _("Opens"))
    why = str(REASONS.get(visit.reason, visit.reason))
    if visit.http_status and visit.reason == "status":
        why = f"{why} ({visit.http_status})"
    return chip("no", _("Does not open: %(why)s") % {"why": why})


@register.simple_tag
def reading_chip(reading: Any) -> SafeString:
    """Whether a second reading agrees with the first mark."""
    if reading.read_at is None:
        return chip("pending", _("Waits for its reader"))
    return chip("yes", _("Same mark")) if reading.agrees else chip("partial", _("Another mark"))


@register.filter
def event_word(what: str) -> Any:
    """What happened to an item."""
    return EVENTS.get(what, what)


@register.filter
def how_word(how: str) -> Any:
    """What a match between two editions stands on."""
    return HOW.get(how, how)


@register.filter
def of(table: dict[Any, Any], key: Any) -> Any:
    """What a table holds for a key; None when nothing."""
    return table.get(key)
