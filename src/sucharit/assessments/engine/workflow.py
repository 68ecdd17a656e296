"""Who may take which step when: the transition tables of a round and of a unit's self-report.

Plain data first, two small functions after it. A step that is not in a table does not exist; a step
that is there is allowed only from its states, while the round stands where the step asks, to whoever
holds the permission (ita.md §9.6). Guards that need counts (a unit takes part, no objection is open)
stand in the services, as they need the database.
"""

from collections.abc import Collection
from dataclasses import dataclass

DRAFT, OPEN, REVIEW, OBJECTION, FINAL = "draft", "open", "review", "objection", "final"
ROUND_STATES = (DRAFT, OPEN, REVIEW, OBJECTION, FINAL)

SUBMITTED, APPROVED, SCORED = "submitted", "approved", "scored"
OIT_STATES = (DRAFT, SUBMITTED, APPROVED, SCORED, FINAL)

EDIT, APPROVE, MARK = "assessments.edit", "assessments.approve", "assessments.mark"
MANAGE, PUBLISH = "assessments.manage", "assessments.publish"


@dataclass(frozen=True, slots=True)
class Step:
    """One row of a table. ``to`` empty: the state stays. ``rounds``: round states in which it holds."""

    action: str
    states: tuple[str, ...]
    to: str
    permission: str
    rounds: tuple[str, ...] = ROUND_STATES
    window: str = ""  # calendar window that must be open: "oit", "objection"; "" = none


class NotAllowedError(Exception):
    """The step exists but not from here. ``where`` says which of the two states is in the way."""

    def __init__(self, step: Step, state: str, *, where: str) -> None:
        super().__init__(f"{step.action} is not possible while the {where} is {state}")
        self.step = step
        self.state = state
        self.where = where  # "round" | "report"


ROUND_STEPS: dict[str, Step] = {
    s.action: s
    for s in (
        Step("edit_calendar", (DRAFT, OPEN, REVIEW, OBJECTION), "", MANAGE),
        Step("add_units", (DRAFT, OPEN), "", MANAGE),
        Step("remove_unit", (DRAFT,), "", MANAGE),
        Step("open", (DRAFT,), OPEN, MANAGE),
        Step("close_surveys", (OPEN,), "", MANAGE),
        Step("start_review", (OPEN,), REVIEW, MANAGE),
        Step("open_objections", (REVIEW,), OBJECTION, MANAGE),
        Step("finalise", (OBJECTION,), FINAL, PUBLISH),
    )
}

OIT_STEPS: dict[str, Step] = {
    s.action: s
    for s in (
        # Head counts decide the sample; they stand once the surveys are closed.
        Step("count_population", (DRAFT, SUBMITTED, APPROVED), "", EDIT, (OPEN,)),
        Step("edit", (DRAFT,), "", EDIT, (OPEN,), "oit"),
        Step("submit", (DRAFT,), SUBMITTED, EDIT, (OPEN,), "oit"),
        Step("return", (SUBMITTED,), DRAFT, APPROVE, (OPEN,), "oit"),
        Step("approve", (SUBMITTED,), APPROVED, APPROVE, (OPEN,), "oit"),
        # Only under an unlock that was granted: services.reopening asks for it.
        Step("reopen", (APPROVED,), DRAFT, APPROVE, (OPEN,), "oit"),
        Step("mark", (APPROVED,), "", MARK, (REVIEW,)),
        Step("finish_marking", (APPROVED,), SCORED, MARK, (REVIEW,)),
        Step("object", (SCORED,), "", EDIT, (OBJECTION,), "objection"),
        Step("decide", (SCORED,), "", MARK, (OBJECTION,)),
    )
}


def check(step: Step, state: str, round_state: str) -> str:
    """The state after the step; NotAllowedError when it cannot be taken from here."""
    if round_state not in step.rounds:
        raise NotAllowedError(step, round_state, where="round")
    if state not in step.states:
        raise NotAllowedError(step, state, where="report")
    return step.to or state


def round_step(action: str, state: str) -> str:
    """The round's state after the action; KeyError for an unknown action."""
    step = ROUND_STEPS[action]
    if state not in step.states:
        raise NotAllowedError(step, state, where="round")
    return step.to or state


def oit_step(action: str, state: str, round_state: str) -> str:
    """The self-report's state after the action; KeyError for an unknown action."""
    return check(OIT_STEPS[action], state, round_state)


def possible(state: str, round_state: str, permissions: Collection[str]) -> frozenset[str]:
    """Actions on a self-report open to somebody with these permissions (windows not considered)."""
    return frozenset(
        s.action
        for s in OIT_STEPS.values()
        if s.permission in permissions and state in s.states and round_state in s.rounds
    )


def possible_for_round(state: str, permissions: Collection[str]) -> frozenset[str]:
    """Actions on a round open to somebody with these permissions."""
    return frozenset(
        s.action for s in ROUND_STEPS.values() if s.permission in permissions and state in s.states
    )
