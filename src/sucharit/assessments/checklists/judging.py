"""A unit's answers put before the engine: what is relevant, what is wrong, what holds, what it is worth."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from sucharit.assessments.checklists.base import (
    external_of,
    instrument_of,
    sheet_of,
)
from sucharit.assessments.engine import checklists as engine
from sucharit.assessments.engine.checklists.sheet import NUMBERS
from sucharit.assessments.models import CampaignUnit, ChecklistAnswer, ChecklistMark
from sucharit.core import clock


@dataclass(frozen=True)
class Judged:
    """What the engine says of one set of values."""

    evaluation: Any  # engine.instruments.Evaluation
    not_applicable: frozenset[str]
    held: Mapping[str, engine.Held]

    @property
    def relevant(self) -> frozenset[str]:
        return frozenset(self.evaluation.relevant)

    def problems(self) -> dict[str, list[str]]:
        """Sentences by item, in the page's language; "required" is left to who asks for it."""
        thai = (get_language() or "th").startswith("th")
        found: dict[str, list[str]] = {}
        for p in self.evaluation.problems:
            if p.code != "required" and p.item not in self.not_applicable:
                found.setdefault(p.item, []).append(p.message_th if thai else p.message_en)
        return found


def answered(answers: Iterable[ChecklistAnswer]) -> dict[str, engine.Answered]:
    """Answers as the engine takes them."""
    return {
        a.item: engine.Answered(a.value, a.not_applicable, confirmed=not a.must_confirm)
        for a in answers
    }


def found(marks: Iterable[ChecklistMark]) -> list[engine.Found]:
    """Marks of province and ministry as the engine takes them."""
    return [
        engine.Found(m.item, m.stage, m.turn, m.value, m.not_applicable)
        for m in marks
        if m.stage != engine.workflow.SELF
    ]


def judge(
    cu: CampaignUnit,
    answers: Mapping[str, engine.Answered],
    marks: Iterable[engine.Found] = (),
    *,
    upto: str = engine.workflow.SELF,
    today: dt.date | None = None,
) -> Judged:
    """What holds when the stages up to ``upto`` have spoken, evaluated."""
    from sucharit.assessments.engine import instruments

    sheet = sheet_of(cu)
    may_be_na = {i.id for i in sheet.items if i.may_be_na}
    held = engine.hold(answers, marks, upto=upto, may_be_na=may_be_na)
    na = frozenset(h.item for h in held.values() if h.not_applicable)
    values = {
        h.item: h.value for h in held.values() if not h.not_applicable and h.value is not None
    }
    evaluation = instruments.evaluate(
        instrument_of(cu.campaign.framework),
        values,
        external=external_of(cu),
        today=today or clock.today(),
        profile=sheet.profile,
        not_applicable=na,
    )
    return Judged(evaluation, na, held)


def relevant_items(judged: Judged, cu: CampaignUnit) -> list[engine.SheetItem]:
    """The unit's items that apply now, in order."""
    return [i for i in sheet_of(cu).items if i.id in judged.relevant and not i.inside_repeat]


def to_mark(judged: Judged, cu: CampaignUnit) -> list[str]:
    """Items assessors judge: relevant ones with points, and numbers the unit gave."""
    return [
        i.id
        for i in relevant_items(judged, cu)
        if i.markable and (i.type not in NUMBERS or i.id in judged.held)
    ]


def only(items: Iterable[str], chosen: Collection[str] | None) -> list[str]:
    """The items, narrowed to a sample where there is one."""
    return [i for i in items if chosen is None or i in chosen]
