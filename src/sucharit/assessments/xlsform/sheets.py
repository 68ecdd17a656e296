"""The other sheets: settings, scoring, bands, profiles, and ``more`` for what has no column."""

from __future__ import annotations

import json
from typing import Any

from sucharit.assessments.engine.instruments import keys
from sucharit.assessments.engine.instruments.shape import is_number
from sucharit.assessments.xlsform import columns as c
from sucharit.assessments.xlsform.grid import Columns, Grid
from sucharit.assessments.xlsform.more import put_at
from sucharit.assessments.xlsform.problems import Findings
from sucharit.assessments.xlsform.values import Path, Places, Values

SETTING_COLUMNS = Columns(
    (*c.SETTINGS, *(f"title_{code}" for code in c.LANGUAGE_NAMES)),
    c.SETTING_ALIASES,
    c.SETTINGS_IGNORED,
)
SCORING_COLUMNS = Columns(c.SCORING)
BAND_COLUMNS = Columns(c.BANDS)
PROFILE_COLUMNS = Columns(c.PROFILES)
MORE_COLUMNS = Columns(c.MORE)


def read_settings(grid: Grid | None, findings: Findings, places: Places) -> dict[str, Any]:
    """Head of the document, and what scoring needs of it (``unit_order``, ``round_digits``)."""
    head: dict[str, Any] = {}
    rows = list(grid.rows()) if grid else []
    if not rows:
        findings.add("no_id", "settings", "A2")
        return head
    for row in rows[1:]:
        findings.add("one_settings_row", row.sheet, f"A{row.number}")
    values = Values(rows[0], findings, places)
    _identity(head, values)
    _titles(head, values)
    values.put(head, (), "kind", values.one_of("kind", keys.KINDS), "kind")
    values.put(head, (), "fiscal_year", values.whole("fiscal_year"), "fiscal_year")
    values.put(head, (), "verified", values.yes_no("verified"), "verified")
    values.put(head, (), "source", values.row.get("source"), "source")
    order = values.one_of("unit_order", keys.UNIT_ORDERS)
    values.put(head, ("scoring",), "unit_order", order, "unit_order")
    digits = values.whole("round_digits")
    values.put(head, ("scoring", "round"), "round_digits", digits, "round_digits")
    return head


def _identity(head: dict[str, Any], values: Values) -> None:
    identity, version = values.row.get("form_id"), values.row.get("version")
    if not identity:
        values.add("no_id", "form_id")
    elif not keys.SLUG.fullmatch(identity):
        values.add("bad_id", "form_id", value=identity)
    values.put(head, (), "id", identity, "form_id")
    if version and not c.WHOLE.match(version):
        values.add("setting_replaced", "version", value=version)
        version = ""
    head["version"] = version or "1"
    values.at(("version",), "version")


def _titles(head: dict[str, Any], values: Values) -> None:
    said = values.row.get("default_language")
    language = (c.language_of(said) if said else "th") or ""
    if not language:
        values.add("unknown_language", "default_language", name=said)
    titles = {
        code: values.row.get(f"title_{code}")
        for code in c.LANGUAGE_NAMES
        if values.row.get(f"title_{code}")
    }
    form_title = values.row.get("form_title")
    if form_title and language:
        titles = {language: form_title} | titles
    if "th" not in titles:
        values.add("no_title", "form_title")
    else:
        titles = {"th": titles["th"]} | titles
    head["title"] = titles
    head["default_language"] = language or "th"
    values.at(("title",), "form_title")
    for code in titles:
        values.at(("title", code), "form_title" if code == language else f"title_{code}")


def read_scoring(
    grid: Grid | None, head: dict[str, Any], findings: Findings, places: Places
) -> dict[str, Any]:
    """The scoring block; empty when the form scores nothing."""
    nodes: dict[str, dict[str, Any]] = {}
    for row in grid.rows() if grid else ():
        values = Values(row, findings, places)
        code = _code(values, "node", nodes)
        if not code:
            continue
        path: Path = ("scoring", "nodes", code)
        node: dict[str, Any] = {}
        values.at(path, "node")
        values.put_texts(node, path, "title", "title")
        values.put(node, path, "agg", values.one_of("agg", keys.AGGREGATIONS), "agg")
        values.put(node, path, "of", _of(values), "of")
        values.put(node, path, "missing", values.one_of("missing", keys.MISSING), "missing")
        values.put(node, path, "min_answered", values.whole("min_answered"), "min_answered")
        nodes[code] = node
    scoring: dict[str, Any] = {"nodes": nodes} if nodes else {}
    if order := head.pop("unit_order", ""):
        scoring["unit_order"] = order
    if digits := head.pop("round_digits", ""):
        scoring["round"] = {"digits": digits}
    return scoring


def _of(values: Values) -> list[str] | dict[str, str]:
    """A list from "q1 q2"; "q1=2 q2=1" gives each its weight."""
    parts = values.words("of")
    pairs = [part.partition("=") for part in parts]
    if not any(sign for _name, sign, _weight in pairs):
        return parts
    weights = {name: weight for name, _sign, weight in pairs}
    sound = all(name and is_number(weight) for name, _sign, weight in pairs)
    if not sound or len(weights) != len(pairs):
        values.add("bad_of", "of", value=values.row.get("of"))
        return []
    return weights


def read_bands(grid: Grid | None, findings: Findings, places: Places) -> list[dict[str, Any]]:
    """The bands, best first as they stand in the sheet."""
    bands: list[dict[str, Any]] = []
    for row in grid.rows() if grid else ():
        values = Values(row, findings, places)
        path: Path = ("bands", len(bands))
        band: dict[str, Any] = {}
        values.at(path, "code")
        values.put(band, path, "code", row.get("code"), "code")
        values.put_texts(band, path, "title", "title")
        values.put(band, path, "min", values.number("min"), "min")
        values.put(band, path, "requires", values.expression("requires"), "requires")
        values.put(band, path, "passed", values.yes_no("passed"), "passed")
        if "code" not in band:
            values.add("needed", "code", name="code")
        bands.append(band)
    return bands


def read_profiles(grid: Grid | None, findings: Findings, places: Places) -> dict[str, Any]:
    """Profiles of units: which items apply to which types."""
    profiles: dict[str, dict[str, Any]] = {}
    for row in grid.rows() if grid else ():
        values = Values(row, findings, places)
        code = _code(values, "code", profiles)
        if not code:
            continue
        path: Path = ("profiles", code)
        values.at(path, "code")
        profile: dict[str, Any] = {}
        values.put_texts(profile, path, "title", "title")
        values.put(profile, path, "unit_types", values.words("unit_types"), "unit_types")
        profiles[code] = profile
    return profiles


def _code(values: Values, column: str, seen: dict[str, Any]) -> str:
    code = values.row.get(column)
    if not code:
        values.add("needed", column, name=column)
    elif code in seen:
        values.add("name_twice", column, value=code, first=column)
        return ""
    return code


def read_more(grid: Grid | None, document: dict[str, Any], findings: Findings) -> None:
    """Put back what has no column: each row names its place and holds a JSON value."""
    for row in grid.rows() if grid else ():
        place = row.place("path")
        try:
            value = json.loads(row.get("value"))
        except (ValueError, RecursionError):
            findings.add("bad_more", row.sheet, row.place("value"))
            continue
        if not put_at(document, row.get("path"), value):
            findings.add("more_place", row.sheet, place, value=row.get("path"))
