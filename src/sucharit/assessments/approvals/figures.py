"""Figures of a workflow's units, this year's and last year's, exact; what rules and outliers read."""

from __future__ import annotations

import re
from collections import defaultdict
from fractions import Fraction
from typing import Any

from django.db.models import Max, Q, Sum

from sucharit.assessments.approvals.workflows import Workflow
from sucharit.assessments.models import (
    ChecklistResult,
    NodeScore,
    Participation,
    ResponseCounter,
    Round,
    ScoreRun,
    UnitResult,
)
from sucharit.assessments.services.steps import edition_of
from sucharit.core.rounding import from_exact_text
from sucharit.orgs import scope

TOTAL = "total"
Figures = dict[str, Fraction]  # name -> value; what is not known is not there
ByUnit = dict[int, Figures]  # unit pk -> figures


def name_of(node: str) -> str:
    """The name of a node in expressions: "9.1" → "n9.1", others as they are."""
    return node if re.match(r"[A-Za-z_]", node) else f"n{node}"


def scores(workflow: Workflow) -> ByUnit:
    """Total, instruments and indicators of every unit with a result (names as in expressions)."""
    if workflow.kind == "round":
        run = ScoreRun.objects.filter(round_id=workflow.pk, kind="computed", current=True).first()
        return {} if run is None else _of_results(Q(result__run=run), _nodes(workflow.source))
    return _of_checklists(Q(campaign_unit__campaign_id=workflow.pk))


def scores_before(workflow: Workflow) -> ByUnit:
    """The same of the fiscal year before; a computed result stands before a published one."""
    year = workflow.fiscal_year - 1
    if workflow.kind == "round":
        chosen = Q(result__run__current=True, result__fiscal_year=year, result__unit__isnull=False)
        chosen &= Q(result__run__framework__kind=workflow.source.framework.kind) | Q(
            result__run__framework=None
        )
        return _of_results(chosen, _nodes(workflow.source))
    same = Q(campaign_unit__campaign__framework__code=workflow.source.framework.code)
    return _of_checklists(same & Q(campaign_unit__campaign__fiscal_year=year))


def counts(workflow: Workflow) -> ByUnit:
    """Head counts and answers of a round's units, with last year's head counts as ``…_before``."""
    if workflow.kind != "round":
        return {}
    found: defaultdict[int, Figures] = defaultdict(dict)
    for pk, staff, public in _heads(Q(round_id=workflow.pk)):
        _put(found[pk], staff_count=staff, public_count=public)
    before = Q(round__fiscal_year=workflow.fiscal_year - 1) & ~Q(round__state=Round.State.DRAFT)
    for pk, staff, public in _heads(before):
        if pk in found:
            _put(found[pk], staff_count_before=staff, public_count_before=public)
    answers = ResponseCounter.objects.filter(participation__round_id=workflow.pk)
    rows = answers.values_list("participation__unit_id", "instrument").annotate(n=Sum("n"))
    for pk, instrument, n in rows.order_by():
        _put(found[pk], **{f"answers_{instrument.lower()}": n})
    return dict(found)


def _heads(chosen: Q) -> Any:
    return Participation.objects.filter(chosen).values_list(
        "unit_id", "staff_count", "public_count"
    )


def _put(figures: Figures, **more: int | None) -> None:
    figures.update({k: Fraction(v) for k, v in more.items() if v is not None})


def _nodes(round_: Round) -> dict[str, str]:
    """Nodes that are compared: code → name. Items and sub-indicators are too fine for it."""
    edition = edition_of(round_)
    codes = [TOTAL, *(i.code for i in edition.instruments), *(i.code for i in edition.indicators)]
    return {code: name_of(code) for code in codes}


def labels(workflow: Workflow) -> dict[str, Any]:
    """Titles of the figures by name (``Label`` with th and en); empty where there is only a total."""
    if workflow.kind != "round":
        return {}
    titles = edition_of(workflow.source).titles
    return {name: titles[code] for code, name in _nodes(workflow.source).items() if code in titles}


def _of_results(chosen: Q, nodes: dict[str, str]) -> ByUnit:
    rows = (
        NodeScore.objects.filter(chosen, node__in=list(nodes))
        .filter(Q(status=NodeScore.Status.OK) | Q(status=NodeScore.Status.PUBLISHED))
        .order_by("-result__run__kind", "result__run_id")  # published first: computed overwrites it
        .values_list("result__unit_id", "node", "exact", "hundredths")
    )
    found: defaultdict[int, Figures] = defaultdict(dict)
    for unit, node, exact, hundredths in rows:
        if exact:
            found[unit][nodes[node]] = from_exact_text(exact)
        elif hundredths is not None:
            found[unit][nodes[node]] = Fraction(hundredths, 100)
    return dict(found)


def _of_checklists(chosen: Q) -> ByUnit:
    """Totals of checklists: the highest run of each unit."""
    rows = ChecklistResult.objects.filter(chosen)
    newest = rows.values("campaign_unit").annotate(m=Max("run")).values_list("campaign_unit", "m")
    held = set(newest)
    return {
        r.campaign_unit.unit_id: {TOTAL: from_exact_text(r.total)}
        for r in rows.select_related("campaign_unit").defer("explanation")
        if (r.campaign_unit_id, r.run) in held and r.total
    }


def visible(workflow: Workflow, user: Any) -> set[int]:
    """Units (pk) of the user's scope whose figures he may see: announced, his to check, or he runs it."""
    if workflow.kind == "round":
        shown: Any = UnitResult.objects.visible_to(user).filter(run__round_id=workflow.pk)
    else:
        shown = workflow.source.units.all()
    mine = scope.limit(shown, user, path_field="unit__path", permission="assessments.view")
    return set(mine.values_list("unit_id", flat=True))
