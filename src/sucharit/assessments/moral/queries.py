"""Levels of units by year: who stands where, against last year, and how many of all.

A level is *announced* (public) when the campaign is final; before that those in scope see it from the
day on which the unit itself sees its marks. Everything else has no level yet.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from sucharit.assessments.checklists.rights import MARKS_SHOWN
from sucharit.assessments.engine.checklists import workflow
from sucharit.assessments.engine.moral import Change, Pyramid, change, pyramid, tally
from sucharit.assessments.models import (
    Campaign,
    CampaignUnit,
    ChecklistAnswer,
    ChecklistResult,
    Framework,
)
from sucharit.assessments.moral import data
from sucharit.core import clock
from sucharit.orgs.models import Unit

HIGHEST = 3
DROP_ITEM = "drop_comment"


@dataclass(frozen=True)
class Standing:
    """One unit in one instrument and year. ``level`` None: no result that may be shown yet."""

    cu: CampaignUnit
    level: int | None
    hundredths: int | None = None
    last: int | None = None
    comment: str = ""  # why the level dropped; only for those in scope

    @property
    def unit(self) -> Unit:
        return self.cu.unit

    @property
    def code(self) -> str:
        return self.cu.campaign.framework.code

    @property
    def campaign(self) -> Campaign:
        return self.cu.campaign

    @property
    def announced(self) -> bool:
        return self.level is not None and self.campaign.state == Campaign.State.FINAL

    @property
    def change(self) -> Change:
        return change(self.last, self.level)


@dataclass(frozen=True)
class Overview:
    """An instrument's year under a unit (None: everywhere)."""

    code: str
    fiscal_year: int
    standings: tuple[Standing, ...]
    pyramid: Pyramid
    titles: dict[int, dict[str, str]]
    verified: bool

    @property
    def synthetic(self) -> bool:
        return any(s.campaign.synthetic for s in self.standings)

    @property
    def changes(self) -> dict[Change, int]:
        return tally([s.change for s in self.standings])

    @property
    def drops(self) -> list[Standing]:
        return [s for s in self.standings if s.change is Change.DROP]


def overview(
    user: Any, fiscal_year: int, code: str, under: Unit | None = None, *, within: bool = True
) -> Overview:
    """Levels of an instrument in a year, as the user may see them (a fixed number of queries).

    ``within`` False leaves the unit ``under`` itself out.
    """
    rows = _seen(user, units_in(fiscal_year, [code], under))
    if under is not None and not within:
        rows = rows.exclude(unit=under)
    found = _with_last(standings(rows), fiscal_year, code)
    every = counted(fiscal_year, code, under)
    if under is not None and not within:
        every = every.exclude(pk=under.pk)
    framework = _framework(fiscal_year, code, found)
    return Overview(
        code,
        fiscal_year,
        tuple(_commented(found, user)),
        pyramid(
            {str(s.unit.pk): s.level for s in found},
            map(str, every.values_list("pk", flat=True)),
            highest=HIGHEST,
        ),
        titles_of(framework),
        str((framework.document if framework else {}).get("verified", "no")) == "yes",
    )


def standings_of_unit(user: Any, unit: Unit, fiscal_year: int) -> list[Standing]:
    """The unit's own standing in each moral instrument of the year that the user may see."""
    rows = standings(_seen(user, units_in(fiscal_year, data.CODES).filter(unit=unit)))
    order = {code: at for at, code in enumerate(data.CODES)}
    found = [s for code in data.CODES for s in _with_last(_only(rows, code), fiscal_year, code)]
    return sorted(_commented(found, user), key=lambda s: order[s.code])


def final_levels(fiscal_year: int, code: str, under: Unit) -> tuple[Pyramid, list[Campaign]]:
    """Levels below a unit that cannot change any more, for its roll-up, and the campaigns they come from."""
    rows = (
        units_in(fiscal_year, [code], under)
        .exclude(unit=under)
        .filter(checklist__state=workflow.FINAL)
    )
    final = standings(rows)
    every = counted(fiscal_year, code, under).exclude(pk=under.pk).values_list("pk", flat=True)
    found = pyramid({str(s.unit.pk): s.level for s in final}, map(str, every), highest=HIGHEST)
    return found, sorted({s.campaign for s in final}, key=lambda c: c.pk)


def last_level(
    unit_ids: Collection[int] | QuerySet[Any], fiscal_year: int, code: str
) -> dict[int, int]:
    """Levels announced the year before, by unit id."""
    rows = units_in(fiscal_year - 1, [code]).filter(
        unit__in=unit_ids, campaign__state=Campaign.State.FINAL
    )
    return {s.unit.pk: s.level for s in standings(rows) if s.level is not None}


def years(user: Any) -> list[int]:
    """Fiscal years with a moral campaign the user may see, newest first."""
    rows = _seen(user, _moral().filter(campaign__framework__code__in=data.CODES))
    return sorted(
        set(rows.order_by().values_list("campaign__fiscal_year", flat=True)), reverse=True
    )


def counted(fiscal_year: int, code: str, under: Unit | None = None) -> QuerySet[Unit]:
    """Units of the register that count as "all" of an instrument."""
    found = Unit.objects.alive(clock.today()).filter(kind__in=data.counted_kinds(code, fiscal_year))
    return found.under(under) if under is not None else found


def units_in(
    fiscal_year: int, codes: Iterable[str], under: Unit | None = None
) -> QuerySet[CampaignUnit]:
    """Units in the opened moral campaigns of a year."""
    rows = _moral().filter(campaign__fiscal_year=fiscal_year, campaign__framework__code__in=codes)
    if under is not None:
        rows = rows.filter(unit__path__gte=under.path, unit__path__lt=under.path + "~")
    return rows


def titles_of(framework: Framework | None) -> dict[int, dict[str, str]]:
    """Names of the levels as the instrument has them, highest first."""
    bands = (framework.document if framework else {}).get("bands", ())
    return {int(b["code"]): b["title"] for b in bands if str(b["code"]).isdigit()}


def _moral() -> QuerySet[CampaignUnit]:
    return CampaignUnit.objects.filter(campaign__mode=Campaign.Mode.UNIT).exclude(
        campaign__state=Campaign.State.DRAFT
    )


def _seen(user: Any, rows: QuerySet[CampaignUnit]) -> QuerySet[CampaignUnit]:
    """Everybody sees final campaigns, those in scope their own of any state."""
    mine = CampaignUnit.objects.visible_to(user).order_by().values("pk")
    return rows.filter(Q(campaign__state=Campaign.State.FINAL) | Q(pk__in=mine))


def standings(rows: QuerySet[CampaignUnit]) -> list[Standing]:
    """One a unit and instrument: of several campaigns the newest with a level, else the newest."""
    newest = ChecklistResult.objects.filter(campaign_unit=OuterRef("pk")).order_by("-run")
    found: dict[tuple[str, int], Standing] = {}
    for cu in (
        rows.select_related("unit", "campaign__owner", "campaign__framework", "checklist")
        .defer("campaign__framework__document")
        .annotate(band=Subquery(newest.values("band")[:1]))
        .annotate(points=Subquery(newest.values("hundredths")[:1]))
        .order_by("unit__sort_key", "unit__code", "campaign_id")
    ):
        key = (cu.campaign.framework.code, cu.unit_id)
        one = Standing(cu, _level(cu))
        if one.level is not None:
            one = replace(one, hundredths=cu.points)  # annotated
        if one.level is not None or key not in found or found[key].level is None:
            found[key] = one
    return list(found.values())


def _level(cu: CampaignUnit) -> int | None:
    state = getattr(cu, "checklist", None)
    band = getattr(cu, "band", None)
    if state is None or state.state not in MARKS_SHOWN or not str(band or "").isdigit():
        return None
    # A final campaign holds also units that were never handed in; they have no level.
    if cu.campaign.state == Campaign.State.FINAL and state.state != workflow.FINAL:
        return None
    return min(int(str(band)), HIGHEST)


def _with_last(rows: list[Standing], fiscal_year: int, code: str) -> list[Standing]:
    if not rows:
        return []
    last = last_level([s.unit.pk for s in rows], fiscal_year, code)
    return [replace(s, last=last.get(s.unit.pk)) for s in rows]


def _commented(rows: list[Standing], user: Any) -> list[Standing]:
    """With the unit's words on a drop, for those who see the unit's answers."""
    dropped = [s.cu.pk for s in rows if s.change is Change.DROP]
    if not dropped:
        return rows
    mine = CampaignUnit.objects.visible_to(user).filter(pk__in=dropped).values("pk")
    words = dict(
        ChecklistAnswer.objects.filter(campaign_unit__in=mine, item=DROP_ITEM).values_list(
            "campaign_unit_id", "value"
        )
    )
    return [replace(s, comment=str(words.get(s.cu.pk) or "")) for s in rows]


def _only(rows: list[Standing], code: str) -> list[Standing]:
    return [s for s in rows if s.code == code]


def _framework(fiscal_year: int, code: str, rows: list[Standing]) -> Framework | None:
    """The version in use, else the newest one not after the year."""
    if rows:
        return Framework.objects.get(pk=max(s.campaign.framework_id for s in rows))
    found = Framework.objects.filter(code=code).order_by("-version")
    return found.filter(fiscal_year__lte=fiscal_year).first() or found.first()
