"""Stored figures as the result pages show them, with words; unknown, too few and hidden are said, not left blank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from sucharit.assessments.collect import lookup
from sucharit.assessments.collect.levels import levels_on
from sucharit.assessments.engine import instruments
from sucharit.assessments.models import Campaign, CampaignUnit, CollectResult
from sucharit.core.rounding import from_exact_text, hundredths


def shown(campaign: Campaign, figures: Mapping[str, Any], language: str) -> dict[str, Any]:
    """One group's figures for the template."""
    instrument = lookup.questionnaire_of(campaign.framework_id).instrument
    if figures.get("few"):
        return {"few": True, "nobody": figures.get("nobody", False), "least": figures["least"]}
    expected, n = figures.get("expected"), figures["n"]
    level_set = levels_on(campaign.closes_on).found
    levels = level_set.bands if level_set is not None else ()
    titles = {one.level.code: instruments.said(one.level.title, language) for one in levels}
    band = next((b for b in instrument.bands if b.code == figures["band"]), None)
    return {
        "few": False,
        "n": n,
        "expected": expected,
        "rate": hundredths(Fraction(n, expected) * 100) if expected else None,
        "least": figures["least"],
        "band": instruments.said(band.title, language) if band else "",
        "nodes": [_node(instrument, one, titles, language) for one in figures["nodes"]],
        "items": [_item(instrument, one, titles, language) for one in figures["items"]],
        "texts": [
            {"label": instruments.said(instrument.by_id[item].label, language), "said": said}
            for item, said in figures["texts"].items()
        ],
        "test": _test(instrument, figures["test"], language),
        "pairs": _pairs(figures["pairs"], language),
        "levels": [{"title": titles[one.level.code], "min": hundredths(one.min)} for one in levels],
        "levels_verified": level_set is not None and level_set.verified,
        "has_levels": any(one["level"] for one in figures["items"]),
        "has_hidden": any(one["hidden"] for one in figures["items"]),
    }


def unit_rows(
    campaign: Campaign, found: Mapping[int | None, CollectResult], parts: Iterable[CampaignUnit]
) -> list[dict[str, Any]]:
    """One line a unit: how many, and its first score (the total where there is one)."""
    instrument = lookup.questionnaire_of(campaign.framework_id).instrument
    main = main_node(instrument)
    rows = []
    for part in parts:
        result = found.get(part.pk)
        figures: dict[str, Any] = result.figures if result else {"few": True, "nobody": True}
        value = None
        if not figures.get("few"):
            value = next((one["value"] for one in figures["nodes"] if one["code"] == main), None)
        rows.append(
            {
                "unit": part.unit,
                "few": bool(figures.get("few")),
                "nobody": bool(figures.get("nobody")),
                "n": figures.get("n"),
                "value": cents(value),
            }
        )
    return rows


def main_node(instrument: instruments.Instrument) -> str:
    """The score shown in lists: "total", else the first."""
    return "total" if "total" in instrument.nodes else next(iter(instrument.nodes), "")


def cents(value: str | None) -> int | None:
    """Exact text as integer hundredths."""
    return None if not value else hundredths(from_exact_text(value))


def _node(
    instrument: instruments.Instrument,
    one: Mapping[str, Any],
    titles: Mapping[str, str],
    language: str,
) -> dict[str, Any]:
    node = instrument.nodes[one["code"]]
    return {
        "code": one["code"],
        "title": instruments.said(node.title, language),
        "value": cents(one["value"]),
        "status": one["status"],
        "n": one["n"],
        "rule": one["rule"],
        "agg": node.agg,
        "level": titles.get(one["level"] or "", ""),
        "level_number": int(one["level"] or 0),
        "parts": [
            {
                "title": _title(instrument, code, language),
                "weight": cents(weight),
                "value": cents(value),
            }
            for code, weight, value in one["parts"]
        ],
    }


def _item(
    instrument: instruments.Instrument,
    one: Mapping[str, Any],
    titles: Mapping[str, str],
    language: str,
) -> dict[str, Any]:
    item = instrument.by_id[one["id"]]
    labels = {}
    if item.scale is not None:
        labels = {c: instruments.said(o.label, language) for c, o in item.scale.by_code.items()}
    n = one["n"]
    return {
        "id": one["id"],
        "title": _title(instrument, one["id"], language),
        "n": n,
        "hidden": one["hidden"],
        "mean": cents(one["mean"]),
        "sd": cents(one["sd"]),
        "level": titles.get(one["level"] or "", ""),
        "level_number": int(one["level"] or 0),
        "cells": [
            {
                "label": labels.get(code, code),
                "n": count,
                "percent": None if count is None or not n else hundredths(Fraction(count, n) * 100),
                "correct": code in item.correct,
            }
            for code, count in one["cells"]
        ],
    }


def _title(instrument: instruments.Instrument, code: str, language: str) -> str:
    if code in instrument.nodes:
        return instruments.said(instrument.nodes[code].title, language)
    item = instrument.by_id.get(code)
    return instruments.said(item.label, language) if item is not None and item.label else code


def _test(
    instrument: instruments.Instrument, test: Mapping[str, Any] | None, language: str
) -> dict[str, Any] | None:
    if test is None:
        return None
    figures = ("mean", "sd", "median", "pass_share")
    ratios = ("difficulty", "discrimination", "point_biserial")
    items = [
        {
            "title": _title(instrument, one["id"], language),
            "n": one["n"],
            "group_size": one["group_size"],
            **{name: cents(one[name]) for name in ratios},
        }
        for one in test["items"]
    ]
    return {**test, **{name: cents(test[name]) for name in figures}, "items": items}


def _pairs(pairs: Mapping[str, Any] | None, language: str) -> dict[str, Any] | None:
    if pairs is None or pairs["few"]:
        return dict(pairs) if pairs else None
    names = (
        "mean_before", "mean_after", "gain", "sd_gain", "normalised", "normalised_each", "effect",
    )  # fmt: skip
    level = pairs["level"]
    return {
        **pairs,
        **{name: cents(pairs[name]) for name in names},
        "level": instruments.said(level, language) if level else "",
    }
