"""What the planner writes: efforts, action items of chosen mends, facts of a run, whether ranks are shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from sucharit.assessments.engine import Edition
from sucharit.assessments.models import (
    EffortSetting,
    Framework,
    Participation,
    RankSetting,
    ScoreRun,
    SurveyFacts,
    UnitResult,
)
from sucharit.assessments.planner.defaults import defaults
from sucharit.assessments.planner.facts import as_json, read_facts
from sucharit.core import clock
from sucharit.core.errors import Refusal
from sucharit.core.ledger import record
from sucharit.core.rounding import hundredths, hundredths_text
from sucharit.desk.services.actions import open_action
from sucharit.orgs import scope
from sucharit.orgs.models import Unit, User

if TYPE_CHECKING:
    from sucharit.assessments.engine.planner import Mend
    from sucharit.desk.models import ActionItem

SOURCE = "assessments.planner"


def set_efforts(
    *,
    actor: Any,
    unit: Unit,
    framework: Framework,
    efforts: Mapping[str, int],
    survey_most: int,
) -> EffortSetting:
    """Keep how much work each item is for the unit (0 = not this year); items left out: the default.

    ValidationError by item for what is no whole number from 0 to the largest, or no item.
    """
    edition = Edition.from_document(framework.document)
    with transaction.atomic():
        held = EffortSetting.objects.select_for_update().filter(unit=unit, framework=framework.code)
        setting = held.first() or EffortSetting(unit=unit, framework=framework.code)
        scope.require(actor, "assessments.edit", unit)
        _check_efforts(edition, efforts, survey_most)
        setting.efforts, setting.survey_most = dict(efforts), survey_most
        setting.updated_by = actor if isinstance(actor, User) else None
        setting.save()
        record(
            actor=actor,
            action="assessments.planner.efforts",
            target=setting,
            unit=unit,
            fiscal_year=framework.fiscal_year,
            items=len(efforts),
            survey_most=survey_most,
        )
    return setting


def _check_efforts(edition: Edition, efforts: Mapping[str, int], survey_most: int) -> None:
    most = defaults().largest
    wrong = {
        code: _("A whole number from 0 to %(most)s.") % {"most": most}
        for code, effort in efforts.items()
        if code not in edition.item or not 0 <= effort <= most
    }
    if not 0 <= survey_most <= 100:
        wrong["survey_most"] = _("A whole number from 0 to 100.")
    if wrong:
        raise ValidationError(wrong)


def make_actions(
    *,
    actor: Any,
    unit: Unit,
    framework: Framework,
    fiscal_year: int,
    mends: Sequence[Mend],
    due_on: dt.date,
    on: dt.date | None = None,
) -> list[ActionItem]:
    """One action item for each mend, owned by who makes them; an open one of the same item stays.

    Refusal without mends or with a due date that has passed.
    """
    today = on or clock.today()
    if not mends:
        raise Refusal(_("Choose at least one item to mend."), where="items")
    if due_on < today:
        raise Refusal(_("The due date has passed."), where="due_on")
    edition = Edition.from_document(framework.document)
    url = reverse("assessments:planner", args=[fiscal_year, unit.code])
    with transaction.atomic():
        return [
            open_action(
                actor=actor,
                unit=unit,
                fiscal_year=fiscal_year,
                title=_("Mend %(item)s: %(title)s")
                % {"item": mend.item, "title": edition.titles[mend.item].th},
                source_kind=SOURCE,
                source_id=f"{framework.code}:{mend.item}",
                source_url=f"{url}#row-{mend.item}",
                why=_("%(item)s from %(old)s to %(new)s points adds %(gain)s points to the total.")
                % {
                    "item": mend.item,
                    "old": _two(mend.old),
                    "new": _two(mend.new),
                    "gain": _two(mend.gain),
                },
                owner=actor if isinstance(actor, User) else None,
                due_on=due_on,
            )
            for mend in mends
        ]


def _two(value: Any) -> str:
    return hundredths_text(hundredths(value))


def gather_facts(*, actor: Any, run: ScoreRun) -> int:
    """Store the survey facts of a run's results, so that margins stay those of the run; how many.

    To be called when the run was made, before more answers come in. Results that have facts keep them.
    """
    assert run.round is not None
    assert run.framework is not None
    scope.require(actor, "assessments.manage", run.round.owner)
    edition = Edition.from_document(run.framework.document)
    parts = {
        p.unit_id: p for p in Participation.objects.filter(round=run.round).select_related("round")
    }
    made = [
        SurveyFacts(result=result, facts=as_json(read_facts(parts[result.unit_id], edition)))
        for result in UnitResult.objects.filter(run=run, facts=None).exclude(unit=None)
        if result.unit_id in parts
    ]
    with transaction.atomic():
        SurveyFacts.objects.bulk_create(made, batch_size=500, ignore_conflicts=True)
        record(
            actor=actor,
            action="assessments.planner.facts",
            target=run,
            unit=run.round.owner,
            fiscal_year=run.fiscal_year,
            results=len(made),
        )
    return len(made)


def set_ranks(*, actor: Any, owner: Unit, shown: bool) -> RankSetting:
    """Let places among units of one kind be shown on comparison pages of the owner's rounds, or not."""
    with transaction.atomic():
        held = RankSetting.objects.select_for_update().filter(owner=owner).first()
        setting = held or RankSetting(owner=owner)
        scope.require(actor, "assessments.publish", owner)
        setting.shown = shown
        setting.updated_by = actor if isinstance(actor, User) else None
        setting.save()
        record(
            actor=actor,
            action="assessments.planner.ranks",
            target=setting,
            unit=owner,
            shown=shown,
        )
    return setting
