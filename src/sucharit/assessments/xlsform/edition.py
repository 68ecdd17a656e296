"""ITA's surveys as instrument documents, so that they can leave as XLSForm like any other form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def instrument_of_edition(edition: Mapping[str, Any], code: str) -> dict[str, Any]:
    """IIT or EIT of an ITA edition's document (schema sucharit/framework@1) as an instrument.

    Indicators become sections, items with several questions sections within them; scoring is ITA's:
    questions → item → indicator → instrument, each the mean of its parts. KeyError: no such
    instrument; ValueError: it has no survey questions (OIT, or an incomplete edition).
    """
    instrument = next((i for i in edition["instruments"] if i["code"] == code), None)
    if instrument is None:
        raise KeyError(code)
    groups = [g for g in edition["indicators"] if g["in"] == code]
    codes = {g["code"] for g in groups}
    asked = [i for i in edition["items"] if i["in"] in codes and i.get("subquestions")]
    if not asked:
        raise ValueError(f"{edition['id']} {code} has no survey questions")
    questions = [q for item in asked for q in item["subquestions"]]
    used = {q["scale"] for q in questions}
    return {
        "schema": "sucharit/instrument@1",
        "id": f"{edition['id']}.{code.lower()}",
        "version": edition["version"],
        "fiscal_year": edition["fiscal_year"],
        "kind": "survey",
        "languages": ["th", "en"],
        "title": dict(instrument["title"]),
        "verified": edition["verified"],
        "source": f"{edition['id']} version {edition['version']}",
        "scales": {
            name: {"options": [_option(o) for o in scale["options"]]}
            for name, scale in edition["scales"].items()
            if name in used
        },
        "items": [row for group in groups for row in _group(group, asked)],
        "scoring": _scoring(groups, asked, edition.get("rounding") or {}),
    }


def _option(option: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "code": option["code"],
        "label": dict(option["label"]),
        "points": option["points"],
    }


def _items_of(group: Mapping[str, Any], asked: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [item for item in asked if item["in"] == group["code"]]


def _group(group: Mapping[str, Any], asked: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    section = f"d{group['code']}"
    rows: list[dict[str, Any]] = [{"id": section, "type": "section", "title": dict(group["title"])}]
    for item in _items_of(group, asked):
        parts = item["subquestions"]
        inside = section
        if _several(item):
            inside = item["code"]
            rows.append(
                {"id": inside, "type": "section", "in": section, "title": dict(item["title"])}
            )
        rows += [
            {
                "id": part["code"],
                "type": "choice",
                "in": inside,
                "scale": part["scale"],
                "label": dict(part["text"]),
                "required": "yes",
                "indicator": f"{section}_score",
            }
            for part in parts
        ]
    return rows


def _several(item: Mapping[str, Any]) -> bool:
    return [part["code"] for part in item["subquestions"]] != [item["code"]]


def _scoring(
    groups: list[Mapping[str, Any]], asked: list[Mapping[str, Any]], rounding: Mapping[str, Any]
) -> dict[str, Any]:
    nodes: dict[str, Any] = {}
    scored = []
    for group in groups:
        of = []
        for item in _items_of(group, asked):
            codes = [part["code"] for part in item["subquestions"]]
            name = item["code"]
            if _several(item):
                name = f"{item['code']}_score"
                nodes[name] = _mean(item["title"], codes)
            of.append(name)
        if of:
            nodes[f"d{group['code']}_score"] = _mean(group["title"], of)
            scored.append(f"d{group['code']}_score")
    nodes["total"] = _mean({"th": "คะแนนรวม", "en": "Total"}, scored)
    return {
        "nodes": nodes,
        "unit_order": "item_mean_first",
        "round": {"digits": str(rounding.get("digits", "2"))},
    }


def _mean(title: Mapping[str, str], of: list[str]) -> dict[str, Any]:
    return {"title": dict(title), "agg": "mean", "of": of, "missing": "drop"}
