"""What every step of the year shares: lock, right, table, window, and the words of a refusal."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from sucharit.assessments.approvals.locks import require_unlocked
from sucharit.assessments.engine import Edition, workflow
from sucharit.assessments.models import Participation, Round
from sucharit.core import clock, thaidate
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.orgs import scope
from sucharit.orgs.models import User

_editions: dict[tuple[int, str], Edition] = {}
# What a unit changes of its own data: locked once the unit or one above it is approved.
UNIT_DATA = frozenset({"count_population", "edit", "submit", "return", "approve"})


def account(who: Any) -> User | None:
    """The account to be named in a row; None when the platform itself acts."""
    return who if isinstance(who, User) else None


def locked_round(round: Round) -> Round:  # noqa: A002 (the field's word)
    """The round, locked, then its participations: no unit's step can be under way meanwhile."""
    found = Round.objects.select_for_update().filter(pk=round.pk).first()
    if found is None:
        raise NotFoundInScope(_("There is no such round."))
    # "No key": an answer that is just coming in holds its counter and must still be able to point
    # at its unit; a full lock here and the counter's there would wait for each other for ever.
    list(
        Participation.objects.select_for_update(no_key=True)
        .filter(round=found)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    return found


def locked_participation(participation: Participation) -> Participation:
    """The participation, locked; its round is read after the lock, so its state is the present one."""
    found = Participation.objects.select_for_update(no_key=True).filter(pk=participation.pk).first()
    if found is None:
        raise NotFoundInScope(_("There is no such unit in this round."))
    return found


def take_round_step(*, actor: Any, round: Round, action: str) -> str:  # noqa: A002
    """Check right and table for a step of a locked round; gives the state after it."""
    scope.require(actor, workflow.ROUND_STEPS[action].permission, round.owner)
    try:
        return workflow.round_step(action, round.state)
    except workflow.NotAllowedError:
        raise Refusal(_ROUND_REFUSALS.get(round.state, _moved_on)()) from None


def take_step(
    *, actor: Any, participation: Participation, action: str, on: dt.date | None = None
) -> str:
    """Check right, table and calendar for a step of a locked participation; gives the state after it."""
    step = workflow.OIT_STEPS[action]
    scope.require(actor, step.permission, participation.unit)
    try:
        state = workflow.check(step, participation.oit_state, participation.round.state)
    except workflow.NotAllowedError as error:
        words = _ROUND_WORDS if error.where == "round" else _REPORT_WORDS
        raise Refusal(
            words.get((action, error.state), words.get(("", error.state), _moved_on))()
        ) from None
    _check_window(participation.round, step.window, on or clock.today())
    if action in UNIT_DATA:
        require_unlocked(f"round:{participation.round_id}", participation.unit, on=on)
    return state


def edition_of(round: Round) -> Edition:  # noqa: A002
    """The round's edition, read once per process: a loaded framework version never changes."""
    framework = round.framework
    key = (framework.pk, framework.sha256)
    if key not in _editions:
        if len(_editions) > 50:
            _editions.clear()
        _editions[key] = Edition.from_document(framework.document)
    return _editions[key]


def oit_items(edition: Edition) -> list[str]:
    """Codes of the items a unit reports on, in order: those an assessor marks."""
    return [item.code for item in edition.items if not item.surveyed]


def window_of(round: Round, name: str) -> tuple[dt.date, dt.date]:  # noqa: A002
    """First and last day of a calendar window: "surveys", "oit" or "objection"."""
    return getattr(round, f"{name}_from"), getattr(round, f"{name}_to")


def day_text(day: dt.date) -> str:
    """A date as the page's language writes it."""
    from django.utils.translation import get_language

    return (
        thaidate.short(day) if (get_language() or "th").startswith("th") else thaidate.short_en(day)
    )


def _check_window(round: Round, name: str, today: dt.date) -> None:  # noqa: A002
    if not name:
        return
    first, last = window_of(round, name)
    if today < first:
        raise Refusal(_("This step opens on %(day)s.") % {"day": day_text(first)})
    if today > last:
        raise Refusal(
            _(
                "The time for this step ended on %(day)s. The anti-corruption centre can extend it in the calendar."
            )
            % {"day": day_text(last)}
        )


def _moved_on() -> str:
    return _("This is not possible at the present stage. Reload the page to see where it stands.")


_ROUND_REFUSALS = {
    workflow.DRAFT: lambda: _("The round is still a draft: open it first."),
    workflow.OPEN: lambda: _("The round is open already, so this can no longer be done."),
    workflow.REVIEW: lambda: _("The assessors are marking now, so this cannot be done."),
    workflow.OBJECTION: lambda: _("The objection window has been opened, so this cannot be done."),
    workflow.FINAL: lambda: _("The result has been announced: this round no longer changes."),
}
_ROUND_WORDS = {
    ("", workflow.DRAFT): lambda: _("The round has not been opened yet."),
    ("", workflow.OPEN): lambda: _(
        "Not yet: units are still answering. This comes when the assessors start marking."
    ),
    ("", workflow.REVIEW): lambda: _(
        "The assessors are marking now: the self-report can no longer be changed."
    ),
    ("decide", workflow.REVIEW): lambda: _("The objection window has not been opened yet."),
    ("object", workflow.REVIEW): lambda: _("The objection window has not been opened yet."),
    ("", workflow.OBJECTION): lambda: _("Marking has ended: only objections are decided now."),
    ("", workflow.FINAL): lambda: _("The result has been announced: this round no longer changes."),
}
_REPORT_WORDS = {
    ("", workflow.DRAFT): lambda: _("The self-report has not been submitted to the head yet."),
    ("", workflow.SUBMITTED): lambda: _(
        "The self-report waits for the head's approval. The head can return it if something must be changed."
    ),
    ("mark", workflow.DRAFT): lambda: _(
        "The unit's head did not approve its self-report, so there is nothing to mark."
    ),
    ("mark", workflow.SUBMITTED): lambda: _(
        "The unit's head did not approve its self-report, so there is nothing to mark."
    ),
    ("object", workflow.DRAFT): lambda: _(
        "The unit handed in no approved self-report, so there is no mark to object to."
    ),
    ("object", workflow.SUBMITTED): lambda: _(
        "The unit handed in no approved self-report, so there is no mark to object to."
    ),
    ("", workflow.APPROVED): lambda: _(
        "The self-report has been approved and is frozen: nothing in it can be changed."
    ),
    ("finish_marking", workflow.SCORED): lambda: _(
        "Marking of this unit has been finished already."
    ),
    ("mark", workflow.SCORED): lambda: _(
        "Marking of this unit has been finished: marks change only by an objection."
    ),
    ("", workflow.SCORED): lambda: _(
        "The self-report has been marked: nothing in it can be changed."
    ),
    ("", workflow.FINAL): lambda: _("The result has been announced: this round no longer changes."),
}
