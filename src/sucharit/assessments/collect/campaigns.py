"""A campaign's way, whoever answers it: made, filled with units, opened, closed, made final.

Both modes share these steps. What a mode needs besides joins in through ``GUARDS`` (may raise a Refusal
before a step) and ``AFTER`` (runs in the same transaction, after the state has changed).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.assessments import events
from sucharit.assessments.models import Campaign, CampaignUnit, Framework
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.ledger import record
from sucharit.orgs import scope
from sucharit.orgs.models import Unit

INSTRUMENT_SCHEMA = "sucharit/instrument@1"
MANAGE = "assessments.manage"
MODES_OF_KIND = {
    "survey": (Campaign.Mode.PEOPLE,),
    "test": (Campaign.Mode.PEOPLE,),
    "evaluation": (Campaign.Mode.PEOPLE,),
    "checklist": (Campaign.Mode.UNIT,),
    "self_assessment": (Campaign.Mode.UNIT, Campaign.Mode.PEOPLE),
}
_S = Campaign.State
# step → (states it starts from, state after it)
STEPS: dict[str, tuple[tuple[str, ...], str]] = {
    "open": ((_S.DRAFT,), _S.OPEN),
    "close": ((_S.OPEN,), _S.CLOSED),
    "finalise": ((_S.CLOSED,), _S.FINAL),
}
Hook = Callable[..., None]  # (actor=, campaign=) the campaign is locked
GUARDS: defaultdict[tuple[str, str], list[Hook]] = defaultdict(list)  # (mode, step)
AFTER: defaultdict[tuple[str, str], list[Hook]] = defaultdict(list)


def create_campaign(  # noqa: PLR0913 (a service: all by name)
    *,
    actor: Any,
    framework: Framework,
    owner: Unit,
    mode: str,
    title_th: str,
    fiscal_year: int,
    opens_on: dt.date,
    closes_on: dt.date,
    units: Iterable[Unit] = (),
    title_en: str = "",
    access: str = Campaign.Access.SIGNED_IN,
    review_to: dt.date | None = None,
    min_report_n: int = 5,
    pairs_with: Campaign | None = None,
    settings: Mapping[str, Any] | None = None,
    synthetic: bool = False,
) -> Campaign:
    """A new campaign, a draft with its units (at or below the owner).

    Needs "assessments.manage" at the owner. Raises ValidationError by field, Refusal for units that lie
    elsewhere or an instrument of the other mode.
    """
    scope.require(actor, MANAGE, owner)
    wrong = check_window(opens_on, closes_on, review_to)
    if min_report_n < 1:
        wrong["min_report_n"] = _("At least 1.")
    if wrong:
        raise ValidationError(wrong)
    _fits(framework, mode, owner)
    _pairs(actor, pairs_with, mode)
    made = Campaign(
        framework=framework, owner=owner, mode=mode, fiscal_year=fiscal_year, title_th=title_th.strip(),
        title_en=title_en.strip(), access=access, opens_on=opens_on, closes_on=closes_on, review_to=review_to,
        min_report_n=min_report_n, pairs_with=pairs_with, settings=dict(settings or {}), synthetic=synthetic,
    )  # fmt: skip
    made.full_clean(exclude=["title_en", "settings"])
    with transaction.atomic():
        made.save(force_insert=True)
        n = len(_join(made, units))
        note(
            actor=actor, campaign=made, action="created", mode=mode, access=access, units=n,
            framework=framework.code, version=framework.version,
        )  # fmt: skip
    return made


def add_units(*, actor: Any, campaign: Campaign, units: Iterable[Unit]) -> int:
    """Let units take part while the campaign is a draft or open; gives how many are new."""
    with transaction.atomic():
        held = locked_campaign(campaign)
        scope.require(actor, MANAGE, held.owner)
        if held.state not in (_S.DRAFT, _S.OPEN):
            raise Refusal(_("The campaign is closed: no unit can join any more."))
        new = _join(held, units)
        if held.state == _S.OPEN and new:
            _run(AFTER, held, "open", actor)  # what opening makes for a unit is made for these, too
        note(actor=actor, campaign=held, action="units_added", units=len(new))
    return len(new)


def remove_unit(*, actor: Any, campaign_unit: CampaignUnit) -> None:
    """Take a unit out of a campaign that is still a draft."""
    with transaction.atomic():
        held = locked_campaign(campaign_unit.campaign)
        scope.require(actor, MANAGE, held.owner)
        if held.state != _S.DRAFT:
            raise Refusal(_("The campaign is open already: its units stay."))
        code = campaign_unit.unit.code
        CampaignUnit.objects.filter(pk=campaign_unit.pk, campaign=held).delete()
        note(actor=actor, campaign=held, action="unit_removed", removed=code)


def update_window(
    *,
    actor: Any,
    campaign: Campaign,
    opens_on: dt.date,
    closes_on: dt.date,
    review_to: dt.date | None = None,
) -> Campaign:
    """Move the dates of a campaign that is a draft or open (``review_to`` also while it is closed)."""
    with transaction.atomic():
        held = locked_campaign(campaign)
        scope.require(actor, MANAGE, held.owner)
        if held.state == _S.FINAL:
            raise Refusal(_("The result is final: this campaign no longer changes."))
        if held.state == _S.CLOSED and (held.opens_on, held.closes_on) != (opens_on, closes_on):
            raise Refusal(_("The campaign is closed: only the last day of marking can be moved."))
        wrong = check_window(opens_on, closes_on, review_to)
        if wrong:
            raise ValidationError(wrong)
        held.opens_on, held.closes_on, held.review_to = opens_on, closes_on, review_to
        held.save(update_fields=["opens_on", "closes_on", "review_to"])
        note(
            actor=actor, campaign=held, action="window", opens_on=opens_on.isoformat(),
            closes_on=closes_on.isoformat(), review_to=review_to.isoformat() if review_to else "",
        )  # fmt: skip
        transaction.on_commit(_forget)
    return held


def open_campaign(*, actor: Any, campaign: Campaign) -> Campaign:
    """Open a draft: from its first day on it is answered. Needs at least one unit."""
    return _step(actor, campaign, "open")


def close_campaign(*, actor: Any, campaign: Campaign) -> Campaign:
    """No more answers, for good; the units' answers of mode "unit" are marked from here on."""
    return _step(actor, campaign, "close")


def finalise_campaign(*, actor: Any, campaign: Campaign) -> Campaign:
    """Nothing changes any more. A mode may refuse it while something is still open (``GUARDS``)."""
    return _step(actor, campaign, "finalise")


def locked_campaign(campaign: Campaign) -> Campaign:
    """The campaign, locked and as it is now; with owner and framework at hand."""
    found = (
        Campaign.objects.select_for_update(of=("self",))
        .select_related("owner", "framework")
        .filter(pk=campaign.pk)
        .first()
    )
    if found is None:
        raise NotFoundInScope(_("There is no such campaign."))
    return found


def check_window(
    opens_on: dt.date, closes_on: dt.date, review_to: dt.date | None
) -> dict[str, str]:
    """What is wrong with a window, by field."""
    wrong = {}
    if closes_on < opens_on:
        wrong["closes_on"] = _("The campaign cannot end before it begins.")
    if review_to is not None and review_to <= closes_on:
        wrong["review_to"] = _("Marking must end after the campaign has ended.")
    return wrong


def note(*, actor: Any, campaign: Campaign, action: str, **data: Any) -> None:
    """One ledger row of a campaign; call it last in the transaction."""
    record(
        actor=actor, action=f"assessments.campaign.{action}", target=campaign, unit=campaign.owner,
        fiscal_year=campaign.fiscal_year, **data,
    )  # fmt: skip


def _step(actor: Any, campaign: Campaign, step: str) -> Campaign:
    with transaction.atomic():
        held = locked_campaign(campaign)
        scope.require(actor, MANAGE, held.owner)
        before, after = STEPS[step]
        if held.state not in before:
            raise Refusal(_REFUSALS[held.state]())
        if not held.units.exists():
            raise Refusal(_("No unit takes part yet: add units first."))
        _run(GUARDS, held, step, actor)
        held.state = after
        held.save(update_fields=["state"])
        _run(AFTER, held, step, actor)
        if after == _S.FINAL:
            events.campaign_final(held)
        note(actor=actor, campaign=held, action=step, units=held.units.count())
        transaction.on_commit(_forget)
    return held


def _run(
    hooks: Mapping[tuple[str, str], list[Hook]], held: Campaign, step: str, actor: Any
) -> None:
    for hook in hooks.get((held.mode, step), []):
        hook(actor=actor, campaign=held)


def _join(campaign: Campaign, units: Iterable[Unit]) -> list[CampaignUnit]:
    wanted = {u.pk: u for u in units}
    within = set(Unit.objects.under(campaign.owner).values_list("pk", flat=True))
    strange = sorted(u.code for pk, u in wanted.items() if pk not in within)
    if strange:
        raise Refusal(
            _("These do not lie at or below the campaign's owner: %(units)s")
            % {"units": ", ".join(strange)},
            where="units",
        )
    there = set(campaign.units.values_list("unit_id", flat=True))
    new = [CampaignUnit(campaign=campaign, unit=u) for pk, u in wanted.items() if pk not in there]
    return CampaignUnit.objects.bulk_create(new, batch_size=500)


def _fits(framework: Framework, mode: str, owner: Unit) -> None:
    if framework.schema != INSTRUMENT_SCHEMA:
        raise Refusal(
            _("This is no instrument: an ITA edition runs as a round."), where="framework"
        )
    if mode not in MODES_OF_KIND.get(framework.kind, ()):
        raise Refusal(_("An instrument of this kind is not answered in this way."), where="mode")
    publisher = framework.owner
    if publisher is not None and not owner.path.startswith(publisher.path):
        raise Refusal(_("This instrument belongs to another unit."), where="framework")


def _pairs(actor: Any, first: Campaign | None, mode: str) -> None:
    if first is None:
        return
    scope.require(actor, MANAGE, first.owner)
    if first.mode != Campaign.Mode.PEOPLE or mode != Campaign.Mode.PEOPLE:
        raise Refusal(_("Only campaigns answered by people can be paired."), where="pairs_with")


def _forget() -> None:
    """What processes remember of open campaigns (the respondents' lane)."""
    from sucharit.assessments.collect import lookup

    lookup.forget()


_REFUSALS: dict[str, Callable[[], str]] = {
    _S.DRAFT: lambda: _("The campaign is still a draft: open it first."),
    _S.OPEN: lambda: _("The campaign is open: close it first."),
    _S.CLOSED: lambda: _("The campaign is closed already."),
    _S.FINAL: lambda: _("The result is final: this campaign no longer changes."),
}
