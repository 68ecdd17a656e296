"""Days off as the package ``holidays`` and our own file give them; the files of this room."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from sucharit.core import fiscal
from sucharit.desk.models import Holiday

DATA = Path(__file__).resolve().parents[1] / "data"
PACKAGE = (
    "holidays"  # sources of loaded rows begin with it, be it the package or our file of that name
)
_SUBSTITUTE = "ชดเชย"
_SPECIAL = "วันหยุดพิเศษ"
_BETWEEN = "; "


@dataclass(frozen=True, slots=True)
class Row:
    """A day off to be entered; ``unit`` "" is the nation, else a province's code."""

    on: dt.date
    kind: str
    name_th: str
    name_en: str
    unit: str = ""
    works: bool = False
    order_no: str = ""
    source: str = ""
    verified: bool = False


@cache
def document(name: str) -> dict[str, Any]:
    """A YAML file of ``data/``."""
    loaded: dict[str, Any] = yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded


def days(first_year: int, last_year: int) -> list[Row]:
    """Rows of the BE fiscal years from ``first_year`` to ``last_year``; ours stand over the package's."""
    first, last = fiscal.start_of(first_year), fiscal.end_of(last_year)
    rows = {(r.on, r.unit): r for r in _package(first, last)}
    rows |= {(r.on, r.unit): r for r in _own() if first <= r.on <= last}
    return sorted(rows.values(), key=lambda r: (r.on, r.unit))


def _package(first: dt.date, last: dt.date) -> list[Row]:
    import holidays

    years = range(first.year, last.year + 1)
    sets = {
        (category, language): holidays.country_holidays(
            "TH", years=years, categories=(category,), language=language
        )
        for category in ("public", "government")
        for language in ("th", "en_US")
    }
    source = f"{PACKAGE} {holidays.__version__}"
    dropped = {name for entry in document("holidays")["drop"] for name in entry["names"]}
    found: dict[dt.date, Row] = {}
    for category in ("government", "public"):
        thai, english = sets[category, "th"], sets[category, "en_US"]
        for on in sorted(thai):
            pairs = zip(thai[on].split(_BETWEEN), english[on].split(_BETWEEN), strict=False)
            names = [(th, en) for th, en in pairs if th not in dropped]
            if names and first <= on <= last:
                words = [_BETWEEN.join(part)[:200] for part in zip(*names, strict=True)]
                kind = _kind([th for th, _en in names], category)
                found[on] = Row(on, kind, words[0], words[1], source=source)
    return list(found.values())


def _kind(names: list[str], category: str) -> str:
    if category == "government":
        return Holiday.Kind.GOVERNMENT
    if any(n.startswith(_SPECIAL) for n in names):
        return Holiday.Kind.CABINET
    if all(n.startswith(_SUBSTITUTE) for n in names):
        return Holiday.Kind.SUBSTITUTION
    return Holiday.Kind.PUBLIC


def _own() -> list[Row]:
    return [
        Row(
            entry["day"], entry["kind"], entry["th"], entry.get("en", ""), unit, bool(entry.get("works")),
            entry.get("order_no", ""), f"{PACKAGE}.yaml: {entry['source']}", entry["verified"] == "yes",
        )
        for entry in document("holidays")["days"]
        for unit in entry.get("units") or [""]
    ]  # fmt: skip
