"""Words of the budget room: kinds of movement, sources, categories, and why a movement is refused."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sucharit.core import money
from sucharit.plans.engine.budget import Refused

KINDS: dict[str, Any] = {
    "allocation": _("Allocation"),
    "transfer_in": _("Transfer in"),
    "transfer_out": _("Transfer out"),
    "reservation": _("Reservation"),
    "reservation_release": _("Release of a reservation"),
    "commitment": _("Commitment"),
    "commitment_cancel": _("Commitment cancelled"),
    "disbursement": _("Disbursement"),
    "refund": _("Refund"),
    "carry_over_out": _("Carried over to the next year"),
    "carry_over_in": _("Carried over from the year before"),
    "lapse": _("Lapsed"),
    "reversal": _("Reversal"),
}
SOURCES: dict[str, Any] = {
    "regular": _("Regular budget"),
    "nacc_integrated": _("Integrated anti-corruption plan"),
    "provincial": _("Provincial budget"),
    "cluster": _("Provincial cluster budget"),
    "local": _("Local budget"),
    "other": _("Other source"),
}
CATEGORIES: dict[str, Any] = {
    "personnel": _("Personnel expenses"),
    "operating": _("Operating expenses"),
    "investment": _("Investment expenses"),
    "subsidy": _("Subsidies"),
    "other": _("Other expenses"),
}
TARGETS: dict[str, Any] = {
    "investment": _("Disbursement of investment expenses"),
    "recurrent": _("Disbursement of recurrent expenses"),
    "total": _("Disbursement in total"),
    "spending": _("Disbursed and committed"),
}
# quadrant -> (state of the house, word)
QUADRANTS: dict[str, tuple[str, Any]] = {
    "money_ahead": ("due_soon", _("Money ahead of work")),
    "work_ahead": ("in_progress", _("Work ahead of money")),
    "on_track": ("on_time", _("Work and money go together")),
    "both_behind": ("late", _("Both behind the plan")),
    "unknown": ("insufficient", _("Too little data")),
}


def baht(satang: int) -> str:
    """Like "1,234.50"."""
    return money.text(satang)


def short(item: str, *, asked: int, available: int) -> str:
    """What the loser of a race reads, too: the line, what there is now, what was asked for."""
    return gettext(
        "“%(line)s” has %(there)s baht available now, and %(asked)s baht were asked for. Enter a smaller amount, "
        "or have money allocated or transferred to the line first."
    ) % {"line": item, "there": baht(available), "asked": baht(asked)}


def why(item: str, kind: str, refused: Refused) -> str:
    """A refusal of the engine as a sentence that says what to do."""
    values = {
        "line": item,
        "kind": KINDS.get(kind, kind),
        "asked": baht(refused.asked),
        "there": baht(refused.there),
    }
    if refused.code == "short":
        return short(item, asked=refused.asked, available=refused.there)
    sentences = {
        "closed": _("“%(line)s” is closed: nothing is entered any more. Have the line opened again first."),
        "amount": _("Enter an amount above zero."),
        "name": _("Choose the document this is about."),
        "wrong": _("The document named does not fit a movement of the kind “%(kind)s”: choose another one."),
        "reversed": _("This document was reversed already: choose another one."),
        "drawn": _(
            "Others have drawn on this document: reverse those movements first, the latest first."
        ),
        "more": _(
            "Of this document %(there)s baht are still open, and %(asked)s baht were asked for. Enter at most what "
            "is open."
        ),
        "below": _(
            "Without this movement less would be allocated than was moved on: reverse the later movements first."
        ),
    }  # fmt: skip
    return str(sentences.get(refused.code, _("The line does not allow this movement."))) % values


# which field of the form a refusal belongs to
WHERE = {"amount": "amount", "short": "amount", "more": "amount", "name": "draws_on", "wrong": "draws_on"}  # fmt: skip
