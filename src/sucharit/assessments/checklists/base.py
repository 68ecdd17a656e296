"""What every step shares: lock, right, table, dates, the instrument, and the words of a refusal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from sucharit.assessments.approvals.locks import require_unlocked
from sucharit.assessments.checklists import rights
from sucharit.assessments.engine.checklists import Sheet, workflow
from sucharit.assessments.models import (
    Campaign,
    CampaignUnit,
    ChecklistAnswer,
    ChecklistEvent,
    ChecklistState,
    Framework,
)
from sucharit.assessments.services.steps import account, day_text
from sucharit.core import clock
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.ledger import record
from sucharit.orgs.models import Unit

LONGEST = 4_000  # characters of a note, reason or comment
ALL_STAGES = (workflow.PROVINCE, workflow.MINISTRY)

_instruments: dict[tuple[int, str], Any] = {}
_sheets: dict[tuple[int, str, str], Sheet] = {}
# framework code → what the platform knows of a unit for its expressions (last year's level, …)
_externals: dict[str, Callable[[CampaignUnit], Mapping[str, Any]]] = {}


class StaleError(Refusal):
    """Somebody else saved the item meanwhile; ``current`` is what stands there now."""

    def __init__(self, current: Any) -> None:
        super().__init__(
            _(
                "Somebody else saved this item while you were writing. Nothing is lost: both versions stand below."
            )
        )
        self.current = current


@dataclass
class Held:
    """A unit's checklist under lock."""

    cu: CampaignUnit
    state: ChecklistState
    stages: tuple[str, ...]

    @property
    def campaign(self) -> Campaign:
        return self.cu.campaign

    @property
    def unit(self) -> Unit:
        return self.cu.unit


def register_external(code: str, give: Callable[[CampaignUnit], Mapping[str, Any]]) -> None:
    """Let a room supply a framework's ``external`` values: ``give(campaign_unit) -> {name: value}``."""
    _externals[code] = give


def external_of(cu: CampaignUnit) -> dict[str, Any]:
    """External values of a unit: what the campaign sets, over it what a room supplies."""
    found = dict(cu.campaign.settings.get("external", {}))
    give = _externals.get(cu.campaign.framework.code)
    return found | dict(give(cu)) if give else found


def hold(campaign_unit: CampaignUnit) -> Held:
    """The campaign unit, locked, with its campaign read after the lock; its state is made on first touch."""
    found = (
        CampaignUnit.objects.select_for_update(of=("self",))
        .select_related("unit", "campaign__owner", "campaign__framework")
        .filter(pk=campaign_unit.pk, campaign__mode=Campaign.Mode.UNIT)
        .first()
    )
    if found is None:
        raise NotFoundInScope(_("There is no such unit in this campaign."))
    state, _made = ChecklistState.objects.get_or_create(campaign_unit=found)
    return Held(found, state, stages_of(found))


# What a unit changes of its own data: locked once the unit or one above it is approved.
UNIT_DATA = frozenset({"edit", "assign", "submit", "return", "approve", "reopen"})


def take(*, actor: Any, held: Held, action: str, on: dt.date | None = None) -> str:
    """Check right, table and dates for a step of a locked checklist; gives the state after it."""
    step = workflow.STEPS[action]
    rights.require(actor, step.right, held.cu)
    try:
        to = workflow.check(action, held.state.state, held.campaign.state, held.stages)
    except workflow.NotAllowedError as error:
        words = _CAMPAIGN_WORDS if error.where == "campaign" else _STATE_WORDS
        raise Refusal(words[error.state]()) from None
    today = on or clock.today()
    if action in UNIT_DATA:
        require_unlocked(f"campaign:{held.campaign.pk}", held.cu.unit, on=on)
    if step.window:
        _within(held.campaign.opens_on, held.campaign.closes_on, today)
    review_to = held.campaign.review_to
    if action in {"mark_province", "mark_ministry"} and review_to and today > review_to:
        raise Refusal(
            _("Marking ended on %(day)s. The campaign's owner can move that day.")
            % {"day": day_text(review_to)}
        )
    return to


def move(held: Held, to: str, **fields: Any) -> None:
    """Put the checklist into a state and say whose turn it is."""
    held.state.state, held.state.awaits = to, workflow.awaits(to, held.stages)
    for name, value in fields.items():
        setattr(held.state, name, value)
    held.state.save()


def event(
    held: Held, kind: str, *, actor: Any, note: str = "", comments: Mapping[str, str] | None = None
) -> ChecklistEvent:
    """A line of the checklist's history."""
    return ChecklistEvent.objects.create(
        campaign_unit=held.cu,
        kind=kind,
        by=account(actor),
        note=note,
        comments=dict(comments or {}),
    )


def note(*, actor: Any, held: Held, action: str, target: Any = None, **data: Any) -> None:
    """One ledger row; call it last in the transaction. Never free text."""
    record(
        actor=actor, action=f"assessments.checklist.{action}", target=target or held.cu, unit=held.unit,
        fiscal_year=held.campaign.fiscal_year, campaign=held.campaign.pk, **data,
    )  # fmt: skip


def stages_of(cu: CampaignUnit) -> tuple[str, ...]:
    """Marking stages of a unit: the province's only where a province lies between unit and owner.

    One query where the campaign asks for a province's stage.
    """
    wanted = tuple(cu.campaign.settings.get("stages", ALL_STAGES))
    has = workflow.PROVINCE in wanted and province_of(cu) is not None
    return workflow.stages_for(wanted, has_province=has)


def province_of(cu: CampaignUnit) -> Unit | None:
    """The province above the unit and below the campaign's owner."""
    path, step, least = cu.unit.path, Unit.steplen, len(cu.campaign.owner.path)
    above = [path[:n] for n in range(least + step, len(path), step)]
    if not above:
        return None
    return Unit.objects.filter(path__in=above, kind=Unit.Kind.PROVINCE).first()


def sheet_of(cu: CampaignUnit) -> Sheet:
    """The items this unit answers, read once per process: a loaded version never changes."""
    framework = cu.campaign.framework
    key = (framework.pk, framework.sha256, cu.unit.kind)
    if key not in _sheets:
        if len(_sheets) > 200:
            _sheets.clear()
        _sheets[key] = Sheet.from_document(framework.document, cu.unit.kind)
    return _sheets[key]


def instrument_of(framework: Framework) -> Any:
    """The instrument an engine evaluates, read once per process."""
    from sucharit.assessments.engine.instruments import Instrument

    key = (framework.pk, framework.sha256)
    if key not in _instruments:
        if len(_instruments) > 50:
            _instruments.clear()
        _instruments[key] = Instrument.from_document(framework.document)
    return _instruments[key]


def answers_of(cu: CampaignUnit) -> dict[str, ChecklistAnswer]:
    """The unit's answers by item (one query)."""
    return {a.item: a for a in ChecklistAnswer.objects.filter(campaign_unit=cu)}


def _within(first: dt.date, last: dt.date, today: dt.date) -> None:
    if today < first:
        raise Refusal(_("This step opens on %(day)s.") % {"day": day_text(first)})
    if today > last:
        raise Refusal(
            _("The time for this step ended on %(day)s. The campaign's owner can move that day.")
            % {"day": day_text(last)}
        )


_CAMPAIGN_WORDS: dict[str, Callable[[], str]] = {
    "draft": lambda: _("The campaign has not been opened yet."),
    "open": lambda: _("The campaign is still open for answers, so this comes later."),
    "closed": lambda: _("The campaign is closed: answers can no longer be changed."),
    "final": lambda: _("The result is final: this campaign no longer changes."),
}
_STATE_WORDS: dict[str, Callable[[], str]] = {
    workflow.DRAFT: lambda: _("The checklist has not been submitted to the head yet."),
    workflow.SUBMITTED: lambda: _(
        "The checklist waits for the head's approval. The head can return it if something must be changed."
    ),
    workflow.APPROVED: lambda: _(
        "The checklist has been approved and is frozen: it waits for the first marks."
    ),
    workflow.PROVINCE_MARKED: lambda: _("The province has marked; it is the ministry's turn now."),
    workflow.MINISTRY_MARKED: lambda: _(
        "The ministry has marked: marks change only by an objection."
    ),
    workflow.OBJECTION: lambda: _("Objections of this unit wait for a decision first."),
    workflow.FINAL: lambda: _("The result of this unit is final."),
}
