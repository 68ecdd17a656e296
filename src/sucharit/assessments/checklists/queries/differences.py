"""The difference report: unit, province and ministry compared, per item and per unit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sucharit.assessments.checklists import values
from sucharit.assessments.checklists.base import sheet_of
from sucharit.assessments.engine import display, exact
from sucharit.assessments.engine.checklists import Difference, Found, Judgement, compare, workflow
from sucharit.assessments.engine.checklists.differences import NOT_APPLICABLE, by
from sucharit.assessments.engine.checklists.holding import latest
from sucharit.assessments.models import Campaign, CampaignUnit, ChecklistMark

PAIRS = (
    (workflow.SELF, workflow.PROVINCE),
    (workflow.PROVINCE, workflow.MINISTRY),
    (workflow.SELF, workflow.MINISTRY),
)
METHODS = Path(__file__).resolve().parents[1] / "data" / "methods.yaml"


@dataclass(frozen=True)
class Report:
    """Two stages compared, in three cuts. ``titles``: words of items and units by key."""

    first: str
    second: str
    whole: Difference
    items: tuple[Difference, ...]
    units: tuple[Difference, ...]
    titles: dict[str, str]
    enough: int

    @property
    def whole_rows(self) -> tuple[Difference, ...]:
        """The one row of everything together, as a table takes it."""
        return (self.whole,)


def enough_for_kappa() -> int:
    """From how many judgements on kappa is shown (dated data, not law)."""
    return int(yaml.safe_load(METHODS.read_text(encoding="utf-8"))["kappa_min_n"]["value"])


def report(user: Any, campaign: Campaign, first: str, second: str) -> Report:
    """Judgements that both stages gave, over the units in the user's scope."""
    units = {
        cu.pk: cu
        for cu in CampaignUnit.objects.visible_to(user)
        .filter(campaign=campaign)
        .select_related("unit", "campaign__framework", "campaign__owner")
    }
    rows = judgements(units, first, second)
    titles = {cu.unit.code: _name(cu) for cu in units.values()}
    if units:
        one = next(iter(units.values()))
        titles |= {i.id: values.words(i.label) or i.id for i in _items(one)}
    enough = enough_for_kappa()
    return Report(
        first,
        second,
        compare(rows, enough=enough),
        by(rows, lambda r: r.item, enough=enough),
        by(rows, lambda r: r.unit, enough=enough),
        titles,
        enough,
    )


def judgements(units: dict[int, CampaignUnit], first: str, second: str) -> list[Judgement]:
    """One row for each item both stages judged, in the order of units and items."""
    marks = ChecklistMark.objects.filter(
        campaign_unit__in=units, stage__in=(first, second)
    ).order_by("campaign_unit", "item", "stage", "turn")
    of_unit: dict[int, list[ChecklistMark]] = {}
    for mark in marks:
        of_unit.setdefault(mark.campaign_unit_id, []).append(mark)
    found = []
    for pk, rows in of_unit.items():
        code = units[pk].unit.code
        held = latest(Found(m.item, m.stage, m.turn, m.value, m.not_applicable) for m in rows)
        points = {(m.item, m.stage, m.turn): m.points for m in rows}
        for item in dict.fromkeys(m.item for m in rows):
            one, two = held.get((item, first)), held.get((item, second))
            if one is None or two is None:
                continue
            found.append(
                Judgement(
                    code,
                    item,
                    NOT_APPLICABLE if one.not_applicable else one.value,
                    NOT_APPLICABLE if two.not_applicable else two.value,
                    _points(points[item, first, one.turn]),
                    _points(points[item, second, two.turn]),
                )
            )
    return found


COLUMNS: tuple[tuple[str, Callable[[Difference], Any]], ...] = (
    ("n", lambda d: d.n),
    ("agreed", lambda d: d.agreed),
    ("agreement_percent", lambda d: percent(d)),  # noqa: PLW0108 (defined below)
    ("mean_difference", lambda d: display(d.mean_difference)),
    ("lowered", lambda d: d.lowered),
    ("raised", lambda d: d.raised),
    ("kappa", lambda d: display(d.kappa)),
    ("kappa_why", lambda d: d.kappa_why),
)


def percent(difference: Difference) -> str:
    """The agreement in percent, two places; "" where nothing was compared."""
    return display(None if difference.agreement is None else difference.agreement * 100)


def csv_rows(found: Report) -> Iterable[tuple[Any, ...]]:
    """(cut, key, title, figures …) of the whole report."""
    for cut, rows in (("all", (found.whole,)), ("item", found.items), ("unit", found.units)):
        for d in rows:
            yield (cut, d.key, found.titles.get(d.key, ""), *(value(d) for _, value in COLUMNS))


def _points(text: str) -> Any:
    return exact(text) if text else None


def _items(cu: CampaignUnit) -> Iterable[Any]:
    return sheet_of(cu).items


def _name(cu: CampaignUnit) -> str:
    return values.words({"th": cu.unit.name_th, "en": cu.unit.name_en or cu.unit.name_th})
