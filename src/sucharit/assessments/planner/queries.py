"""What the planner's page stands on: the unit's standing, by its result or by an estimate of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sucharit.assessments.engine import TOTAL, Edition
from sucharit.assessments.engine.planner import (
    Efforts,
    LevelGap,
    Lever,
    Outcome,
    Standing,
    TotalMargin,
    gaps,
    levers,
    standing_from,
    total_margin,
    what_if,
)
from sucharit.assessments.models import (
    EffortSetting,
    Framework,
    OitEntry,
    Participation,
    Round,
    UnitResult,
)
from sucharit.assessments.planner.defaults import defaults
from sucharit.assessments.planner.facts import Facts, facts_of
from sucharit.assessments.queries import results
from sucharit.core.errors import NotFoundInScope
from sucharit.orgs import scope
from sucharit.orgs.models import Unit


@dataclass(frozen=True)
class Desk:
    """A unit's planner: where it stands (a result, or an estimate) and what can be moved.

    ``assumed`` are instrument figures nobody measured yet (estimate only).
    """

    unit: Unit
    fiscal_year: int
    framework: Framework
    edition: Edition
    standing: Standing
    now: Outcome
    levers: list[Lever]
    efforts: Efforts
    setting: EffortSetting | None
    result: UnitResult | None = None
    participation: Participation | None = None
    margin: TotalMargin | None = None
    assumed: Mapping[str, Fraction] | None = None

    @property
    def estimate(self) -> bool:
        """Whether this is the unit's own estimate, not a result."""
        return self.result is None

    @property
    def gaps(self) -> list[LevelGap]:
        """The gap to each level, best first."""
        return gaps(self.now)

    @property
    def goal(self) -> str:
        """The level to plan for first: the least one that passes, else the next better one; "" = at the top."""
        worst_first = [gap for gap in reversed(self.gaps) if not gap.reached]
        passing = [gap for gap in worst_first if gap.band.passed]
        return next((gap.band.level for gap in passing or worst_first), "")


def unit_in_scope(user: Any, code: str, permission: str = "assessments.view") -> Unit:
    """The unit when the user holds the permission there, else NotFoundInScope."""
    unit = Unit.objects.filter(code=code).first()
    if unit is None or not scope.can(user, permission, unit):
        raise NotFoundInScope("No such unit within your scope.")
    return unit


def desk_of(
    user: Any, unit: Unit, fiscal_year: int, assumed: Mapping[str, Fraction] | None = None
) -> Desk | None:
    """The unit's planner of a year: by its result when the user may see it, else by an estimate.

    None where there is neither. ``assumed`` replaces the estimate's instrument figures.
    """
    result = results.best_result(user, unit, fiscal_year)
    if result is not None and result.explanation:
        return _by_result(unit, fiscal_year, result)
    taking_part = (
        Participation.objects.visible_to(user)
        .filter(
            unit=unit,
            round__fiscal_year=fiscal_year,
            round__state__in=[Round.State.OPEN, Round.State.REVIEW],
        )
        .select_related("round__framework")
        .order_by("-round_id")
        .first()
    )
    return _by_estimate(user, taking_part, unit, assumed or {}) if taking_part else None


def _by_result(unit: Unit, fiscal_year: int, result: UnitResult) -> Desk | None:
    framework = result.run.framework
    if framework is None:
        framework = (
            Framework.objects.filter(fiscal_year=fiscal_year, kind="ita")
            .order_by("-version")
            .first()
        )
    if framework is None:
        return None
    edition = Edition.from_document(framework.document)
    facts = facts_of(result, edition)
    standing = standing_from(edition, result.explanation or {}, facts.questions)
    setting, efforts = efforts_of(unit, framework)
    return Desk(
        unit,
        fiscal_year,
        framework,
        edition,
        standing,
        what_if(standing),
        levers(standing),
        efforts,
        setting,
        result=result,
        margin=margin_of(result, edition, facts),
    )


def _by_estimate(
    user: Any, taking_part: Participation, unit: Unit, assumed: Mapping[str, Fraction]
) -> Desk:
    """Items with a link count as full marks; surveys stand at last year's figure or the pass mark.

    Answers that came in so far are not looked at: until the result is told they are nobody's to see.
    """
    framework = taking_part.round.framework
    edition = Edition.from_document(framework.document)
    answered = set(
        OitEntry.objects.filter(participation=taking_part, nothing_to_show=False)
        .exclude(links=None)
        .values_list("item", flat=True)
    )
    items = {
        item.code: max(item.allowed_points) if item.code in answered else min(item.allowed_points)
        for item in edition.items
        if not item.surveyed
    }
    figures = _assumed(user, edition, unit, taking_part.round.fiscal_year) | dict(assumed)
    standing = Standing(edition, items, figures)
    setting, efforts = efforts_of(unit, framework)
    return Desk(
        unit,
        taking_part.round.fiscal_year,
        framework,
        edition,
        standing,
        what_if(standing),
        levers(standing),
        efforts,
        setting,
        participation=taking_part,
        assumed=figures,
    )


def _assumed(user: Any, edition: Edition, unit: Unit, fiscal_year: int) -> dict[str, Fraction]:
    """Figures of surveyed instruments that nobody has measured yet: last year's, else the pass mark."""
    before = results.best_result(user, unit, fiscal_year - 1)
    shown = {n.node: n.hundredths for n in before.nodes.all()} if before else {}
    mark = edition.pass_mark or Fraction(0)
    found = {}
    for instrument in edition.instruments:
        if instrument.surveyed:
            last = shown.get(instrument.code)
            found[instrument.code] = mark if last is None else Fraction(last, 100)
    return found


def efforts_of(unit: Unit, framework: Framework) -> tuple[EffortSetting | None, Efforts]:
    """The unit's efforts for an edition, defaults where it has set none."""
    given = defaults()
    setting = EffortSetting.objects.filter(unit=unit, framework=framework.code).first()
    return setting, Efforts(
        dict(setting.efforts) if setting else {},
        survey_most=setting.survey_most if setting else given.survey_most,
        marked=given.marked,
        surveyed=given.surveyed,
    )


def margin_of(
    result: UnitResult, edition: Edition, facts: Facts | None = None
) -> TotalMargin | None:
    """The margin of a computed result's total; None for a published one or one without a total.

    When answers came in after the run, the spread is not the run's: then the margin is unknown.
    """
    if result.run.round_id is None or not result.explanation:
        return None
    tree = result.explanation
    if tree["exact"] is None:
        return None
    facts = facts or facts_of(result, edition)
    people = {child["code"]: child["n"] for child in tree["children"]}
    surveys = [s for s in facts.surveys if s.pooled.n == people.get(s.instrument)]
    return total_margin(edition, surveys, Fraction(tree["exact"]))


def shown_total(desk: Desk) -> int | None:
    """The total as displayed, hundredths."""
    return desk.now.shown(TOTAL)
