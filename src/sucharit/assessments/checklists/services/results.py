"""The result of a unit at a stage, computed from what holds, with everything needed to say why."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.db.models import Max

from sucharit.assessments.checklists import judging, rights
from sucharit.assessments.checklists.base import (
    Held,
    answers_of,
    hold,
    instrument_of,
    note,
    sheet_of,
)
from sucharit.assessments.engine import display, fraction_text, half_up
from sucharit.assessments.engine.checklists import workflow
from sucharit.assessments.engine.expressions import names, parse
from sucharit.assessments.models import CampaignUnit, ChecklistResult
from sucharit.assessments.services.steps import account
from sucharit.core.actors import System


def compute_result(*, actor: Any, campaign_unit: CampaignUnit) -> ChecklistResult:
    """Compute a unit's result anew at the stage it has reached; a new run beside the old ones.

    Needs "assessments.manage" at the campaign's owner. The finishing steps do this by themselves.
    """
    with transaction.atomic():
        held = hold(campaign_unit)
        rights.require(actor, workflow.MANAGE, held.cu)
        result = compute(held, actor=actor, stage=workflow.reached(held.state.state))
        note(
            actor=actor, held=held, action="computed", target=result, run=result.run, total=result.total,
            band=result.band,
        )  # fmt: skip
    return result


def compute(held: Held, *, actor: Any, stage: str) -> ChecklistResult:
    """The next run, from the answers and the marks up to a stage (inside a step's transaction)."""
    from sucharit.assessments.engine import instruments

    cu = held.cu
    answers = judging.answered(answers_of(cu).values())
    marks = judging.found(cu.checklist_marks.all())
    judged = judging.judge(cu, answers, marks, upto=stage)
    scored = instruments.score(
        instrument_of(cu.campaign.framework),
        judged.evaluation,
        not_applicable=judged.not_applicable,
    )
    total = _total(scored)
    known = total is not None and total.value is not None
    last = cu.checklist_results.aggregate(last=Max("run"))["last"] or 0
    return ChecklistResult.objects.create(
        campaign_unit=cu,
        run=last + 1,
        stage=stage,
        framework=cu.campaign.framework,
        status="ok" if known else (total.status if total else "missing"),
        total=fraction_text(total.value) if known else "",
        hundredths=half_up(total.value) if known else None,
        band=str(getattr(scored.band, "code", scored.band) or ""),
        explanation=_explain(held, judged, scored),
        by=None if isinstance(actor, System) else account(actor),
    )


def _total(scored: Any) -> Any:
    """The node "total"; without one the last node of the scoring."""
    nodes = scored.nodes
    return nodes.get("total") or (list(nodes.values())[-1] if nodes else None)


def _explain(held: Held, judged: judging.Judged, scored: Any) -> dict[str, Any]:
    """Everything a page needs to say why, as JSON: nodes with parts, items with whose word holds, bands."""
    document = held.campaign.framework.document
    titles = {
        code: node.get("title", {})
        for code, node in document.get("scoring", {}).get("nodes", {}).items()
    }
    digits = int(document.get("scoring", {}).get("round", {}).get("digits", "2"))
    sheet = sheet_of(held.cu)
    return {
        "nodes": {
            code: _node(result, titles.get(code, {}), digits)
            for code, result in scored.nodes.items()
        },
        "items": {
            item.id: _item(item, judged)
            for item in sheet.items
            if not item.inside_repeat and item.id in judged.relevant
        },
        "computed": _computed(document, judged),
        "bands": [
            {
                key: band[key]
                for key in ("code", "title", "min", "requires", "passed")
                if key in band
            }
            for band in document.get("bands", ())
        ],
        "band_reason": _plain(scored.band_reason),
        "not_applicable": sorted(judged.not_applicable),
        "profile": sheet.profile,
        "digits": digits,
        "verified": str(document.get("verified", "no")),
    }


def _node(result: Any, title: Mapping[str, str], digits: int) -> dict[str, Any]:
    return {
        "title": dict(title),
        "value": _exact(result.value),
        "display": display(result.value, digits),
        "status": result.status,
        "n": result.n,
        "rule": _plain(result.rule),
        "parts": [
            {
                "code": part.code,
                "weight": _exact(part.weight),
                "value": _exact(part.value),
                "display": display(part.value, digits),
                "status": part.status,
            }
            for part in result.parts
        ],
    }


def _computed(document: Mapping[str, Any], judged: judging.Judged) -> dict[str, Any]:
    """Values the instrument computes, each with its formula and what the formula read."""
    found = {}
    known = _plain(judged.evaluation.external) | dict(judged.evaluation.values)
    for row in document.get("items", ()):
        if row["type"] != "calculate" or row["id"] not in judged.relevant:
            continue
        reads = sorted(names(parse(row["calculation"])))
        found[row["id"]] = {
            "title": row.get("label") or row.get("title") or {},
            "calculation": row["calculation"],
            "value": known.get(row["id"]),
            "reads": {name: known.get(name) for name in reads},
        }
    return found


def _item(item: Any, judged: judging.Judged) -> dict[str, Any]:
    held = judged.held.get(item.id)
    if held is None:
        return {"value": None, "points": "", "stage": "", "turn": 0, "not_applicable": False}
    points = None if isinstance(held.value, list) else item.worth(held.value)
    return {
        "value": held.value,
        "points": _exact(points),
        "stage": held.stage,
        "turn": held.turn,
        "not_applicable": held.not_applicable,
        "overruled": held.overruled,
    }


def _exact(value: Any) -> str:
    return fraction_text(value) if isinstance(value, Fraction) else ""


def _plain(value: Any) -> Any:
    """JSON of whatever the engine gives as a reason: text, mapping of languages, or rows."""
    if value is None or isinstance(value, (str, int, bool)):
        return value
    if isinstance(value, Fraction):
        return fraction_text(value)
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(v) for v in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return str(value)
