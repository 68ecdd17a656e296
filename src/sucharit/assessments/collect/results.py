"""Results of a closed campaign: computed once the order of answers is gone, stored, never while it is open.

While people answer, a figure that moves would tell one person's answers by difference. So there is nothing
to see before closing but how many have answered, in steps of five.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from sucharit.assessments.collect import campaigns, figures, learning, lookup
from sucharit.assessments.collect.hiding import hidden, withheld
from sucharit.assessments.collect.learning import Sheet
from sucharit.assessments.collect.levels import Levels, levels_on
from sucharit.assessments.engine import instruments
from sucharit.assessments.models import (
    Campaign,
    CollectCounter,
    CollectResult,
)
from sucharit.core.errors import Refusal
from sucharit.core.rounding import exact_text
from sucharit.orgs import scope


def compute(*, actor: Any, campaign: Campaign) -> Campaign:
    """Compute and store the results of a closed campaign as a new run; earlier runs stay."""
    scope.require(actor, campaigns.MANAGE, campaign.owner)
    _must_be_closed(campaign)
    found = everything(campaign)  # outside of the transaction: nothing changes any more
    with transaction.atomic():
        held = campaigns.locked_campaign(campaign)
        _must_be_closed(held)
        run = (held.collect_results.aggregate(last=Max("run"))["last"] or 0) + 1
        CollectResult.objects.bulk_create(
            CollectResult(
                campaign=held,
                campaign_unit_id=part,
                run=run,
                n=made["n"] or 0,
                figures=made,
            )
            for part, made in found.items()
        )
        campaigns.note(actor=actor, campaign=held, action="computed", run=run, units=len(found) - 1)
    return held


def after_close(*, actor: Any, campaign: Campaign) -> None:
    """Hook of closing: when closing is committed and the order is gone."""
    transaction.on_commit(lambda: compute(actor=actor, campaign=campaigns_fresh(campaign)))


def campaigns_fresh(campaign: Campaign) -> Campaign:
    """The campaign as it is now."""
    return Campaign.objects.select_related("owner", "framework", "pairs_with").get(pk=campaign.pk)


def everything(campaign: Campaign) -> dict[int | None, dict[str, Any]]:
    """Figures by campaign unit, and of the whole (None)."""
    question = lookup.questionnaire_of(campaign.framework_id)
    sheets = learning.counted(campaign, learning.sheets_of(campaign))
    by_unit: dict[int, list[Sheet]] = {
        pk: [] for pk in campaign.units.order_by("pk").values_list("pk", flat=True)
    }
    for sheet in sheets:
        by_unit[sheet.unit].append(sheet)
    least = campaign.min_report_n
    expected: dict[int, int | None] = dict(
        CollectCounter.objects.filter(campaign_unit__campaign=campaign).values_list(
            "campaign_unit_id", "expected"
        )
    )
    away = hidden({str(pk): len(found) for pk, found in by_unit.items()}, least)
    texts = figures.texts_by_unit(
        question.instrument.items,
        {pk: [s.evaluation for s in found] for pk, found in by_unit.items()},
        least,
    )
    made: dict[int | None, dict[str, Any]] = {}
    for pk, found in by_unit.items():
        if str(pk) in away or not found:
            made[pk] = {**figures.few(expected.get(pk), least), "nobody": not found}
        else:
            made[pk] = _group(campaign, question, found, expected.get(pk), texts.get(pk, {}))
    asked = list(expected.values())
    whole = sum(n for n in asked if n) if asked and all(asked) else None
    if len(sheets) < least:
        made[None] = {**figures.few(whole, least), "nobody": not sheets}
    else:
        made[None] = _group(campaign, question, sheets, whole, texts.get(None, {}))
    return made


def _must_be_closed(campaign: Campaign) -> None:
    if campaign.mode != Campaign.Mode.PEOPLE:
        raise Refusal(_("Only campaigns answered by people have results here."))
    if campaign.state not in (Campaign.State.CLOSED, Campaign.State.FINAL):
        raise Refusal(_("Results are computed when the campaign is closed."))


def _group(
    campaign: Campaign,
    question: lookup.Questionnaire,
    sheets: Sequence[Sheet],
    expected: int | None,
    texts: Mapping[str, list[str]],
) -> dict[str, Any]:
    instrument, least = question.instrument, campaign.min_report_n
    evaluations = [s.evaluation for s in sheets]
    levels = levels_on(campaign.closes_on)
    scored = instruments.score_many(instrument, evaluations)
    made = (figures.item_figures(i, evaluations, least, levels) for i in instrument.items)
    items = [one for one in made if one is not None]
    parts = {
        code: [part for part, _weight in node.parts] for code, node in instrument.nodes.items()
    }
    away = withheld((one["id"] for one in items if _tells(one)), parts)
    for one in items:
        if one["id"] in away:
            # What goes along with another question would tell by its counts, too.
            cells = one["cells"] if one["hidden"] else [[code, None] for code, _n in one["cells"]]
            one |= {"mean": None, "sd": None, "level": None, "hidden": True, "cells": cells}
    return {
        "n": len(sheets),
        "few": False,
        "expected": expected,
        "least": least,
        "items": items,
        "nodes": [
            _node(instrument, code, node, least, levels, away)
            for code, node in scored.nodes.items()
        ],
        "band": scored.band.code if scored.band is not None else None,
        "texts": dict(texts),
        "test": learning.exam_figures(campaign, sheets, away),
        "pairs": learning.pair_figures(campaign, sheets),
    }


def _tells(figures: dict[str, Any]) -> bool:
    """Whether sum, mean and spread together would give the hidden cells of a question away."""
    return 0 < sum(n is None for _code, n in figures["cells"]) <= 3


def _node(
    instrument: instruments.Instrument,
    code: str,
    node: instruments.NodeResult,
    least: int,
    levels: Levels,
    away: frozenset[str],
) -> dict[str, Any]:
    few = node.n < least or code in away
    value = None if few else node.value
    return {
        "code": code,
        "value": None if value is None else exact_text(value),
        "status": "insufficient" if few and node.n else node.status,
        "n": None if few else node.n,
        "rule": node.rule,
        "level": None if value is None else levels.of(value, _span(instrument, code)),
        "parts": []
        if few
        else [
            [
                p.code,
                exact_text(p.weight),
                None if p.value is None or p.code in away else exact_text(p.value),
            ]
            for p in node.parts
        ],
    }


def _span(instrument: instruments.Instrument, code: str) -> Any:
    """Least and most of a score whose parts all lie on one and the same scale, aggregated as a mean."""
    node = instrument.nodes[code]
    if node.agg not in ("mean", "weighted_mean", "median"):
        return None
    spans = {
        instrument.by_id[part].span if part in instrument.by_id else _span(instrument, part)
        for part, _weight in node.parts
    }
    return spans.pop() if len(spans) == 1 else None
