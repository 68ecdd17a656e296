"""What assessors see: their queue, a unit's items with all stages side by side, the copy the head approved."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet

from sucharit.assessments.checklists import judging, values
from sucharit.assessments.checklists.base import answers_of, sheet_of, stages_of
from sucharit.assessments.checklists.rights import STAGE_RIGHTS, rights, stakes
from sucharit.assessments.checklists.services.marking import current_marks, sampled
from sucharit.assessments.engine import fraction_text
from sucharit.assessments.engine.checklists import SheetItem, workflow
from sucharit.assessments.models import (
    Campaign,
    CampaignUnit,
    ChecklistCopy,
    ChecklistMark,
    ChecklistObjection,
    ChecklistState,
)
from sucharit.orgs import scope

MOST = 300  # rows of the queue on one page


@dataclass(frozen=True)
class Task:
    """A unit in an assessor's queue."""

    cu: CampaignUnit
    stage: str
    marked: int
    objections: int
    stake: str


@dataclass(frozen=True)
class MarkRow:
    """An item with what each stage says of it. ``chosen``: the ministry looks at it (sample, or all)."""

    item: SheetItem
    marks: dict[str, ChecklistMark] = field(default_factory=dict)
    chosen: bool = True
    objection: ChecklistObjection | None = None

    @property
    def title(self) -> str:
        return values.words(self.item.label) or self.item.id

    def of(self, stage: str) -> ChecklistMark | None:
        return self.marks.get(stage)

    @property
    def holding(self) -> ChecklistMark | None:
        """The mark that counts: the highest stage that has spoken."""
        return next((self.marks[s] for s in reversed(workflow.STAGES) if s in self.marks), None)

    @property
    def cells(self) -> list[tuple[str, ChecklistMark | None, str]]:
        """(stage, mark, its value in words) for every stage."""
        return [
            (s, self.marks.get(s), mark_text(self.item, self.marks.get(s))) for s in workflow.STAGES
        ]


@dataclass(frozen=True)
class Sheetful:
    """A unit's items for marking."""

    cu: CampaignUnit
    state: ChecklistState
    stages: tuple[str, ...]
    stage: str  # whose turn it is; "" nobody's
    groups: list[tuple[str, list[MarkRow]]]

    @property
    def rows(self) -> list[MarkRow]:
        return [r for _, rows in self.groups for r in rows]

    @property
    def wanted(self) -> list[MarkRow]:
        """Rows the present stage judges."""
        return [r for r in self.rows if r.chosen]

    @property
    def done(self) -> int:
        return sum(1 for r in self.wanted if self.stage and r.of(self.stage))

    @property
    def next_item(self) -> str:
        return next((r.item.id for r in self.wanted if not r.of(self.stage)), "")

    def row(self, item: str) -> MarkRow | None:
        return next((r for r in self.rows if r.item.id == item), None)

    def beside(self, item: str) -> tuple[str, str]:
        ids = [r.item.id for r in self.wanted]
        if item not in ids:
            return "", ""
        at = ids.index(item)
        return ids[at - 1] if at else "", ids[at + 1] if at + 1 < len(ids) else ""


def mark_text(item: SheetItem, mark: ChecklistMark | None) -> str:
    """A mark in words; "" for none."""
    if mark is None:
        return ""
    if mark.not_applicable:
        from django.utils.translation import gettext as _

        return _("Does not apply")
    return values.shown(item, mark.value)


def queue(user: Any) -> list[Task]:
    """Units whose stage the user judges now, and open objections (three queries and the stakes)."""
    rows = list(_waiting(user)[: MOST + 1])
    own_stake = stakes(user, rows)
    found = []
    for cu in rows:
        stage = cu.checklist.awaits
        if STAGE_RIGHTS.get(stage) not in rights(user, cu):
            continue
        found.append(
            Task(
                cu,
                stage,
                getattr(cu, f"n_{stage}"),
                getattr(cu, "n_objections", 0),
                own_stake.get(cu.pk, ""),
            )
        )
    return found


def _waiting(user: Any) -> QuerySet[CampaignUnit]:
    """Units in scope that wait for province or ministry."""
    mark = scope.limit(
        CampaignUnit.objects.all(), user, path_field="unit__path", permission="assessments.mark"
    )
    manage = scope.limit(
        CampaignUnit.objects.all(), user, path_field="unit__path", permission="assessments.manage"
    )

    def turns(stage: str) -> Count:
        return Count("checklist_marks__item", filter=Q(checklist_marks__stage=stage), distinct=True)

    return (
        CampaignUnit.objects.filter(
            Q(pk__in=mark.values("pk")) | Q(pk__in=manage.values("pk")),
            checklist__awaits__in=(workflow.PROVINCE, workflow.MINISTRY),
            campaign__state__in=(Campaign.State.OPEN, Campaign.State.CLOSED),
        )
        .select_related("unit", "campaign__owner", "campaign__framework", "checklist")
        .defer("campaign__framework__document")
        .annotate(
            n_province=turns(workflow.PROVINCE),
            n_ministry=turns(workflow.MINISTRY),
            n_objections=Count(
                "checklist_objections", filter=Q(checklist_objections__state="open"), distinct=True
            ),
        )
        .order_by("campaign__review_to", "pk")
    )


def sheetful(cu: CampaignUnit, state: ChecklistState) -> Sheetful:
    """All markable items that apply, with the marks of every stage."""
    stages = stages_of(cu)
    stage = state.awaits if state.awaits in {workflow.PROVINCE, workflow.MINISTRY} else ""
    answers = judging.answered(answers_of(cu).values())
    upto = workflow.reached(state.state)
    judged = judging.judge(cu, answers, judging.found(cu.checklist_marks.all()), upto=upto)
    wanted = set(judging.to_mark(judged, cu))
    chosen = sampled(cu) if stage == workflow.MINISTRY else None
    marks = current_marks(cu)
    objections = {
        o.item: o for o in cu.checklist_objections.select_related("raised_by", "decided_by")
    }
    groups = []
    for section in sheet_of(cu).sections:
        rows = [
            MarkRow(
                item,
                {s: marks[item.id, s] for s in workflow.STAGES if (item.id, s) in marks},
                chosen is None or item.id in chosen,
                objections.get(item.id),
            )
            for item in section.items
            if item.id in wanted
        ]
        if rows:
            groups.append((values.words(section.title), rows))
    return Sheetful(cu, state, stages, stage, groups)


def copy_of(cu: CampaignUnit) -> ChecklistCopy | None:
    """What the head approved: the newest stored copy."""
    return cu.checklist_copies.order_by("-number").first()


def copied_item(copy: ChecklistCopy | None, item: str) -> dict[str, Any]:
    """One item of the stored copy; empty where nothing was handed in for it."""
    found = (copy.content.get("items", {}) if copy else {}).get(item, {})
    return dict(found)


def full_text(item: SheetItem) -> str:
    """The highest points as text."""
    return fraction_text(item.full) if item.full is not None else ""
