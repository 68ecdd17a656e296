"""Kinds of notices the desk sends. A sentence names no case, no title, no person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sucharit.core.registry import NoticeKind, registry

DIGEST = "desk.digest"  # things are due
NEWS = "desk.news"  # nothing is due, but there are notices nobody has read
LINKED = "desk.line.linked"
KINDS = (
    NoticeKind(
        "desk.action.assigned", _("Action item given to you"), _("You were given an action item.")
    ),
    NoticeKind(
        "desk.action.submitted",
        _("Handed in for you to accept"),
        _("An action item was handed in and waits for you to accept it."),
    ),
    NoticeKind(
        "desk.action.returned",
        _("Action item came back"),
        _("An action item came back: something is missing."),
    ),
    NoticeKind(
        "desk.action.accepted", _("Your remedy was accepted"), _("An action item was accepted.")
    ),
    NoticeKind(
        "desk.action.deferred",
        _("A later day was agreed for you"),
        _("A later day was agreed for an action item."),
    ),
    NoticeKind(
        "desk.action.due",
        _("Due tomorrow"),
        _("You have an action item that is due tomorrow."),
        urgent=True,
    ),
    NoticeKind(
        LINKED,
        _("LINE was linked"),
        _("A LINE account was linked to your account."),
        essential=True,
    ),
    NoticeKind(DIGEST, _("Daily digest"), _("Some of your work is due soon.")),
    NoticeKind(NEWS, _("New notices"), _("You have notices you have not read.")),
)


def register() -> None:
    """Hand them in."""
    for kind in KINDS:
        registry.notices[kind.key] = kind
