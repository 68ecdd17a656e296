"""Figures of answers as they may be shown: JSON, exact numbers as text, small cells hidden. No database.

Shape of ``figures``::

    {"n": 12, "expected": 20 | null, "least": 5,
     "items": [{"id", "type", "n", "cells": [[code, n | null], …], "mean": "n/d" | null, "sd": "n/d" | null,
                "level": code | null, "hidden": true | false}, …],
     "nodes": [{"code", "value": "n/d" | null, "status", "n", "level", "parts": [[code, weight, value | null], …]}, …],
     "band": code | null, "band_reason": text, "texts": {item: [text, …]}, "test": {…} | null, "pairs": {…} | null}

A unit or whole with fewer answers than ``least`` has ``{"n": null, "few": true, …}`` and nothing else.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from sucharit.assessments.collect.hiding import hidden
from sucharit.assessments.collect.levels import Levels
from sucharit.assessments.engine.expressions import Rows
from sucharit.assessments.engine.instruments import Evaluation, Item, points_of
from sucharit.assessments.engine.learning import describe
from sucharit.core.rounding import exact_text

COUNTED = frozenset({"choice", "choices", "points", "acknowledge"})
NUMBERS = frozenset({"integer", "decimal", "range"})
TEXTS = frozenset({"text"})
FEW_FOR_TEXTS = 10  # below, free text is released without the unit
Sheets = Sequence[Evaluation]  # one of each respondent


def few(expected: int | None, least: int) -> dict[str, Any]:
    """What is shown of a group too small to show."""
    return {"n": None, "few": True, "expected": expected, "least": least}


def text(value: Fraction | None) -> str | None:
    """An exact number as it is stored."""
    return None if value is None else exact_text(value)


def item_figures(item: Item, sheets: Sheets, least: int, levels: Levels) -> dict[str, Any] | None:
    """Distribution, mean and spread of one item; None for items that are not counted.

    In a repeat every instance counts as an answer; ``n`` are the persons.
    """
    if item.type not in COUNTED | NUMBERS:
        return None
    given = [found for one in sheets if (found := _answers(one, item))]
    figures: dict[str, Any] = {
        "id": item.id, "type": item.type, "n": len(given), "cells": [], "hidden": False,
        "mean": None, "sd": None, "level": None,
    }  # fmt: skip
    if 0 < len(given) < least:
        return {**figures, "n": None, "hidden": True}
    if item.type in COUNTED:
        _count(figures, item, [one for found in given for one in found], least)
    points = (
        []
        if item.correct
        else [p for found in given for one in found if (p := points_of(item, one)) is not None]
    )
    if len(points) >= least:
        told = describe(points)
        figures["mean"], figures["sd"] = text(told.mean), text(told.sd)
        figures["level"] = levels.of(told.mean, item.span) if told.mean is not None else None
    return figures


def _answers(sheet: Evaluation, item: Item) -> list[Any]:
    """A person's answers to an item: one, or those of all instances; [] when there is none."""
    value = sheet.typed.get(item.id)
    found = list(value) if isinstance(value, Rows) else [value]
    return [one for one in found if one not in (None, "", ())]


def texts_by_unit(
    items: Iterable[Item], by_unit: Mapping[int, Sheets], least: int
) -> dict[int | None, dict[str, list[str]]]:
    """Free text, shuffled: with its unit from ten answers on, else in the common pile (None).

    The common pile is released when it holds texts of at least ``least`` persons.
    """
    found: dict[int | None, dict[str, list[str]]] = {}
    for item in items:
        if item.type not in TEXTS:
            continue
        pile: list[str] = []
        for unit, sheets in by_unit.items():
            said = [str(text) for one in sheets for text in _answers(one, item)]
            if len(sheets) >= FEW_FOR_TEXTS and len(said) >= least:
                found.setdefault(unit, {})[item.id] = _shuffled(said)
            else:
                pile += said
        if len(pile) >= least:
            found.setdefault(None, {})[item.id] = _shuffled(pile)
    return found


def _count(found: dict[str, Any], item: Item, given: Sequence[Any], least: int) -> None:
    counts: Counter[str] = Counter()
    for one in given:
        counts.update(
            one
            if isinstance(one, tuple)
            else [exact_text(one) if isinstance(one, Fraction) else str(one)]
        )
    codes = _codes(item, counts)
    if item.type == "choices":  # cells don't add up to n, so each is hidden for itself
        away = frozenset(c for c in codes if 0 < counts[c] < least)
    else:
        away = hidden({code: counts[code] for code in codes}, least)
    found["cells"] = [[code, None if code in away else counts[code]] for code in codes]
    found["hidden"] = bool(away)


def _codes(item: Item, counts: Mapping[str, int]) -> list[str]:
    if item.scale is not None:
        return [option.code for option in item.scale.options]
    return sorted(counts)


def _shuffled(texts: list[str]) -> list[str]:
    mixed = sorted(texts)
    random.SystemRandom().shuffle(mixed)
    return mixed
