"""One sentence per state and reader: where the unit stands, and who has to do what next."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Literal

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sucharit.assessments.engine.approval import Authority, State
from sucharit.assessments.models import ApprovalEvent
from sucharit.core import thaidate
from sucharit.orgs.models import Unit

if TYPE_CHECKING:
    from sucharit.assessments.approvals.boards import Loaded
    from sucharit.assessments.approvals.workflows import Workflow

Audience = Literal["head", "above", "officer", "reader"]
AUDIENCES: tuple[Audience, ...] = ("head", "above", "officer", "reader")
# "waiting" has two reasons: its own report, or units below.
WAITING_OWN, WAITING_BELOW = "waiting_own", "waiting_below"
KEYS = (
    State.UNAPPROVABLE, State.UNAPPROVED_ABOVE, WAITING_OWN, WAITING_BELOW, State.UNAPPROVED_READY,
    State.APPROVED_ABOVE, State.APPROVED_HERE, State.ACCEPTED_HERE,
)  # fmt: skip

SENTENCES: dict[tuple[str, Audience], Any] = {
    (State.UNAPPROVABLE, "head"): _("This assessment does not ask your unit for anything, so there is nothing to approve."),
    (State.UNAPPROVABLE, "above"): _("This assessment does not ask the unit for anything, so there is nothing to approve."),
    (State.UNAPPROVABLE, "officer"): _("This assessment does not ask your unit for anything: you have nothing to do here."),
    (State.UNAPPROVABLE, "reader"): _("The unit does not take part in this assessment."),
    (State.UNAPPROVED_ABOVE, "head"): _(
        "Your level does not sign in this assessment: %(above)s approves your unit's data "
        "together with its own."
    ),
    (State.UNAPPROVED_ABOVE, "above"): _(
        "The unit's level does not sign: its data is approved together with that of "
        "%(above)s."
    ),
    (State.UNAPPROVED_ABOVE, "officer"): _("Hand in your report; %(above)s approves it together with its own."),
    (State.UNAPPROVED_ABOVE, "reader"): _("Not approved yet: %(above)s will approve it together with its own."),
    (WAITING_OWN, "head"): _("You cannot approve yet: your unit's own report is not finished (last day %(due)s)."),
    (WAITING_OWN, "above"): _("Waits for the unit's own report (last day %(due)s)."),
    (WAITING_OWN, "officer"): _("Finish your unit's report and have it approved by the head (last day %(due)s)."),
    (WAITING_OWN, "reader"): _("Not approved yet: the unit's own report is not finished."),
    (WAITING_BELOW, "head"): _("You cannot approve yet: %(n)s units below are not ready; the first is %(first)s."),
    (WAITING_BELOW, "above"): _("Waits for %(n)s units below it; the first is %(first)s."),
    (WAITING_BELOW, "officer"): _("Remind the %(n)s units below that are not ready; the first is %(first)s."),
    (WAITING_BELOW, "reader"): _("Not approved yet: %(n)s units below are not ready."),
    (State.UNAPPROVED_READY, "head"): _("Everything is in: read it and approve."),
    (State.UNAPPROVED_READY, "above"): _("Everything is in: the unit's head has to approve."),
    (State.UNAPPROVED_READY, "officer"): _("Everything is in: your head has to approve."),
    (State.UNAPPROVED_READY, "reader"): _("Everything is in; the head of the unit has not approved it yet."),
    (State.APPROVED_ABOVE, "head"): _(
        "%(above)s has approved: your unit's data is locked. To correct something, ask for an "
        "unlock."
    ),
    (State.APPROVED_ABOVE, "above"): _("%(above)s has approved: only after it takes that back can this unit change."),
    (State.APPROVED_ABOVE, "officer"): _(
        "%(above)s has approved: the data is locked. To correct something, ask for an "
        "unlock."
    ),
    (State.APPROVED_ABOVE, "reader"): _("Approved by the unit and by %(above)s."),
    (State.APPROVED_HERE, "head"): _(
        "You have approved: the data is locked. You can take it back until the level above "
        "approves or accepts."
    ),
    (State.APPROVED_HERE, "above"): _("The unit has approved: read it, then accept it or return it."),
    (State.APPROVED_HERE, "officer"): _(
        "Your head has approved: the data is locked. To correct something, ask for an "
        "unlock."
    ),
    (State.APPROVED_HERE, "reader"): _("Approved by the unit; the level above has not decided yet."),
    (State.ACCEPTED_HERE, "head"): _(
        "The level above has accepted your data: it is frozen. To correct something, ask for "
        "an unlock."
    ),
    (State.ACCEPTED_HERE, "above"): _(
        "Accepted: the unit can no longer change anything. You can still take the acceptance "
        "back or return it."
    ),
    (State.ACCEPTED_HERE, "officer"): _(
        "The level above has accepted the data: it is frozen. To correct something, ask for "
        "an unlock."
    ),
    (State.ACCEPTED_HERE, "reader"): _("Approved by the unit and accepted by the level above."),
}  # fmt: skip

# (state of the house, word) for the chip.
WORDS: dict[str, tuple[str, Any]] = {
    State.UNAPPROVABLE: ("not_applicable", _("Nothing to approve")),
    State.UNAPPROVED_ABOVE: ("pending", _("Approved with the level above")),
    State.UNAPPROVED_WAITING: ("in_progress", _("Not ready")),
    State.UNAPPROVED_READY: ("submitted", _("Ready for approval")),
    State.APPROVED_ABOVE: ("closed", _("Approved above")),
    State.APPROVED_HERE: ("approved", _("Approved by the unit")),
    State.ACCEPTED_HERE: ("accepted", _("Accepted from above")),
}

EVENTS: dict[str, Any] = {
    ApprovalEvent.Action.APPROVED: _("Step: approved"),
    ApprovalEvent.Action.UNAPPROVED: _("Step: approval taken back"),
    ApprovalEvent.Action.ACCEPTED: _("Step: accepted"),
    ApprovalEvent.Action.UNACCEPTED: _("Step: acceptance taken back"),
    ApprovalEvent.Action.UNLOCK_ASKED: _("Step: unlock asked for"),
    ApprovalEvent.Action.UNLOCK_GRANTED: _("Step: unlock granted"),
    ApprovalEvent.Action.UNLOCK_REFUSED: _("Step: unlock refused"),
}


def audience(found: Collection[Authority], *, editor: bool) -> Audience:
    """Which of the four readers somebody is to a unit."""
    if Authority.APPROVE_OWN in found:
        return "head"
    if Authority.APPROVE_LOWER in found or Authority.ACCEPT_LOWER in found:
        return "above"
    return "officer" if editor else "reader"


def sentence(state: State, reader: Audience, loaded: Loaded, unit: Any, workflow: Workflow) -> str:
    """The sentence of a unit's state for a reader, with the names it needs (one query at most)."""
    key: str = state
    names: dict[str, Any] = {
        "due": _day(workflow.due_on),
        "above": workflow.owner,
        "n": 0,
        "first": "",
    }
    board = loaded.board
    if state is State.UNAPPROVED_WAITING:
        waiting = board.waiting(unit.pk)
        key = WAITING_BELOW if waiting.below else WAITING_OWN
        if waiting.below:
            names |= {"n": len(waiting.below), "first": _unit(waiting.below[0])}
    elif state is State.APPROVED_ABOVE:
        names["above"] = _unit(board.signer_above(unit.pk))
    elif state is State.UNAPPROVED_ABOVE:
        signing = [k for k in board.above(unit.pk) if board.nodes[k].approves]
        names["above"] = _unit(signing[0]) if signing else workflow.owner
    return str(SENTENCES[key, reader]) % {k: name(v) for k, v in names.items()}


def _unit(pk: Any) -> Unit | None:
    found = Unit.objects.filter(pk=pk).first()
    return found if isinstance(found, Unit) else None


def name(value: Any) -> Any:
    """A unit by its name in the page's language; anything else as it is."""
    if isinstance(value, Unit):
        return value.name_th if _thai() else (value.name_en or value.name_th)
    return value


def _day(day: Any) -> str:
    return thaidate.short(day) if _thai() else thaidate.short_en(day)


def _thai() -> bool:
    return (get_language() or "th").startswith("th")
