"""Whose turn it is: a unit's checklist from the first answer to the final result.

Plain data first, small functions after it. A step that is not in the table does not exist. Guards that
need counts (no mark of the next stage yet, no open objection) stand in the services.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

DRAFT, SUBMITTED, APPROVED = "draft", "submitted", "approved"
PROVINCE_MARKED, MINISTRY_MARKED = "province_marked", "ministry_marked"
OBJECTION, FINAL = "objection", "final"
STATES = (DRAFT, SUBMITTED, APPROVED, PROVINCE_MARKED, MINISTRY_MARKED, OBJECTION, FINAL)

SELF, PROVINCE, MINISTRY = "self", "province", "ministry"
STAGES = (SELF, PROVINCE, MINISTRY)  # from the lowest to the one that holds

# Rights as the steps ask for them; the services say which permission at which unit gives each.
EDIT, APPROVE, MARK_PROVINCE, MARK_MINISTRY, MANAGE = (
    "edit", "approve", "mark_province", "mark_ministry", "manage",
)  # fmt: skip
# Who has to act next.
AWAITS = ("officer", "head", "province", "ministry", "unit", "nobody")


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the table. ``to`` empty: the state stays. ``window``: only within the campaign's dates."""

    action: str
    states: tuple[str, ...]
    to: str
    right: str
    campaign: tuple[str, ...] = ("open", "closed")
    window: bool = False


class NotAllowedError(Exception):
    """The step exists but not from here. ``where``: "campaign" or "checklist"."""

    def __init__(self, action: str, state: str, *, where: str) -> None:
        super().__init__(f"{action} is not possible while the {where} is {state}")
        self.action = action
        self.state = state
        self.where = where


STEPS: dict[str, Step] = {
    s.action: s
    for s in (
        Step("edit", (DRAFT,), "", EDIT, ("open",), window=True),
        Step("assign", (DRAFT,), "", EDIT, ("open",), window=True),
        Step("submit", (DRAFT,), SUBMITTED, EDIT, ("open",), window=True),
        Step("return", (SUBMITTED,), DRAFT, APPROVE, ("open",), window=True),
        Step("approve", (SUBMITTED,), APPROVED, APPROVE, ("open",), window=True),
        # A lower stage changes only until the next one has begun.
        Step("reopen", (APPROVED,), DRAFT, APPROVE, ("open",), window=True),
        Step("mark_province", (APPROVED,), "", MARK_PROVINCE),
        Step("finish_province", (APPROVED,), PROVINCE_MARKED, MARK_PROVINCE),
        Step("reopen_province", (PROVINCE_MARKED,), APPROVED, MARK_PROVINCE),
        Step("mark_ministry", (APPROVED, PROVINCE_MARKED), "", MARK_MINISTRY),
        Step("finish_ministry", (APPROVED, PROVINCE_MARKED), MINISTRY_MARKED, MARK_MINISTRY),
        Step("object", (MINISTRY_MARKED, OBJECTION), OBJECTION, EDIT),
        Step("decide", (OBJECTION,), "", MARK_MINISTRY),
        Step("finalise", (MINISTRY_MARKED,), FINAL, MANAGE),
    )
}
_PROVINCE_STEPS = {"mark_province", "finish_province", "reopen_province"}
_MINISTRY_STEPS = {"mark_ministry", "finish_ministry"}


def stages_for(wanted: Sequence[str], *, has_province: bool) -> tuple[str, ...]:
    """Marking stages of one unit, lowest first. ``has_province``: a province stands between unit and owner.

    ``wanted``: the campaign's stages out of "province" and "ministry"; the ministry always comes last.
    ValueError for another word.
    """
    for stage in wanted:
        if stage not in (PROVINCE, MINISTRY):
            raise ValueError(f"{stage!r} is no marking stage")
    return (PROVINCE, MINISTRY) if PROVINCE in wanted and has_province else (MINISTRY,)


def check(action: str, state: str, campaign_state: str, stages: Sequence[str]) -> str:
    """The state after the step; NotAllowedError when it cannot be taken, KeyError for an unknown one."""
    step = STEPS[action]
    if campaign_state not in step.campaign:
        raise NotAllowedError(action, campaign_state, where="campaign")
    if state not in step.states or not _fits(action, state, stages):
        raise NotAllowedError(action, state, where="checklist")
    return step.to or state


def possible(
    state: str, campaign_state: str, stages: Sequence[str], rights: Collection[str]
) -> frozenset[str]:
    """Actions open to somebody with these rights (dates and counts not considered)."""
    return frozenset(
        s.action
        for s in STEPS.values()
        if s.right in rights
        and state in s.states
        and campaign_state in s.campaign
        and _fits(s.action, state, stages)
    )


def awaits(state: str, stages: Sequence[str]) -> str:
    """Who has to act next: one of ``AWAITS``."""
    return {
        DRAFT: "officer",
        SUBMITTED: "head",
        APPROVED: stages[0],
        PROVINCE_MARKED: "ministry",
        MINISTRY_MARKED: "unit",
        OBJECTION: "ministry",
        FINAL: "nobody",
    }[state]


def reached(state: str) -> str:
    """The highest stage that has spoken and finished: its marks are what a result stands on."""
    if state in (MINISTRY_MARKED, OBJECTION, FINAL):
        return MINISTRY
    return PROVINCE if state == PROVINCE_MARKED else SELF


def _fits(action: str, state: str, stages: Sequence[str]) -> bool:
    """Whether the unit's own stages let the action happen in the state."""
    if action in _PROVINCE_STEPS:
        return PROVINCE in stages
    if action in _MINISTRY_STEPS:
        return state == (PROVINCE_MARKED if PROVINCE in stages else APPROVED)
    return True
