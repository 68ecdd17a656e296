"""Figures of a campaign as rows of a table: one row a unit and item or score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from sucharit.assessments.collect import lookup
from sucharit.assessments.collect.result_pages import cents
from sucharit.assessments.engine import instruments
from sucharit.assessments.models import Campaign, CampaignUnit, CollectResult
from sucharit.core.exports import Hundredths


def columns() -> list[str]:
    """Heads of the columns."""
    return [
        _("Unit code"), _("Unit"), _("What it is"), _("Code"), _("Wording"), _("Answer"),
        _("Answers"), _("Value"), _("Standard deviation"), _("Remark"),
    ]  # fmt: skip


def rows(
    campaign: Campaign,
    found: Mapping[int | None, CollectResult],
    parts: Sequence[CampaignUnit],
    *,
    with_whole: bool,
    language: str,
) -> list[list[Any]]:
    """Scores, then items with their means, then each answer's count; the whole first. Free text stays out."""
    instrument = lookup.questionnaire_of(campaign.framework_id).instrument
    made: list[list[Any]] = []
    if with_whole and None in found:
        made += _group("", _("All units"), found[None].figures, instrument, language)
    for part in parts:
        if part.pk in found:
            unit = part.unit
            made += _group(unit.code, unit.name_th, found[part.pk].figures, instrument, language)
    return made


def _group(
    code: str,
    name: str,
    figures: Mapping[str, Any],
    instrument: instruments.Instrument,
    language: str,
) -> list[list[Any]]:
    head = [code, name]
    if figures.get("few"):
        remark = _("nobody answered") if figures.get("nobody") else _("too few answers to show")
        return [[*head, _("All"), "", "", "", None, Hundredths(None), Hundredths(None), remark]]
    made = [[*head, _("All"), "", "", "", figures["n"], Hundredths(None), Hundredths(None), ""]]
    for node in figures["nodes"]:
        title = instruments.said(instrument.nodes[node["code"]].title, language)
        made.append(
            [*head, _("Score"), node["code"], title, "", node["n"], Hundredths(cents(node["value"])),
             Hundredths(None), "" if node["value"] else node["status"]]
        )  # fmt: skip
    for item in figures["items"]:
        label = instruments.said(instrument.by_id[item["id"]].label, language)
        remark = _("small figures are hidden") if item["hidden"] else ""
        made.append(
            [*head, _("Question"), item["id"], label, "", item["n"], Hundredths(cents(item["mean"])),
             Hundredths(cents(item["sd"])), remark]
        )  # fmt: skip
        made += [
            [*head, _("Answer"), item["id"], label, answer, n, Hundredths(None), Hundredths(None),
             _("hidden") if n is None else ""]
            for answer, n in item["cells"]
        ]  # fmt: skip
    return made
