"""From an instrument document to an XLSForm workbook that ODK's and Kobo's converter takes."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any

from sucharit.assessments.xlsform import columns as c
from sucharit.assessments.xlsform.more import leftovers
from sucharit.assessments.xlsform.reading import read_cells
from sucharit.assessments.xlsform.rows import Table, choice_table, in_page_order, survey_table

_TITLED = frozenset(c.LANGUAGE_NAMES) - {"th"}
_CELL = 32_767  # characters a cell holds


class WriteError(ValueError):
    """The document can't stand in a workbook; the text says which value."""


def write(document: Mapping[str, Any]) -> bytes:
    """The document as .xlsx; ``read`` gives the same document back (its items in page order).

    What XLSForm has no column for stands in the sheet ``more`` by its path. Raises WriteError for
    a text longer than a cell holds.
    """
    document = in_page_order(document)
    tables = [survey_table(document), choice_table(document), _settings(document)]
    tables += [_scoring(document), _bands(document), _profiles(document)]
    tables += [_more(document, tables)]
    kept = [t for t in tables if t.rows or t.name in {"survey", "settings"}]
    return _workbook(kept)


def _settings(document: Mapping[str, Any]) -> Table:
    scoring = document.get("scoring") or {}
    titles = document.get("title") or {}
    row = {
        "form_title": titles.get("th", ""),
        "form_id": document.get("id", ""),
        "version": document.get("version", ""),
        "default_language": c.language_name("th"),
        **{key: document.get(key, "") for key in ("kind", "fiscal_year", "verified", "source")},
        "unit_order": scoring.get("unit_order", ""),
        "round_digits": (scoring.get("round") or {}).get("digits", ""),
        **{f"title_{code}": text for code, text in titles.items() if code in _TITLED},
    }
    if "data" in {item.get("id") for item in document.get("items", ())}:
        row["name"] = "form"  # ODK's root is called data, and no item may be called like it
    return Table("settings", [row])


def _scoring(document: Mapping[str, Any]) -> Table:
    table = Table("scoring")
    for code, node in ((document.get("scoring") or {}).get("nodes") or {}).items():
        of = node.get("of") or []
        weights = isinstance(of, Mapping)
        text = " ".join(f"{name}={of[name]}" if weights else str(name) for name in of)
        row = {"node": code, **_titles(node, document), "of": text}
        row |= {key: node.get(key, "") for key in ("agg", "missing", "min_answered")}
        table.rows.append(row)
    return table


def _bands(document: Mapping[str, Any]) -> Table:
    table = Table("bands")
    for band in document.get("bands") or ():
        row = {"code": band.get("code", ""), **_titles(band, document)}
        row |= {key: band.get(key, "") for key in ("min", "requires", "passed")}
        table.rows.append(row)
    return table


def _profiles(document: Mapping[str, Any]) -> Table:
    table = Table("profiles")
    for code, profile in (document.get("profiles") or {}).items():
        types = " ".join(profile.get("unit_types") or ())
        table.rows.append({"code": code, **_titles(profile, document), "unit_types": types})
    return table


def _titles(thing: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, str]:
    texts = thing.get("title") or {}
    return {
        f"title::{c.language_name(code)}": texts.get(code, "")
        for code in document.get("languages") or ["th"]
    }


def _more(document: Mapping[str, Any], tables: list[Table]) -> Table:
    """What these tables, read again, would not give back."""
    written = _workbook([t for t in tables if t.rows or t.name in {"survey", "settings"}])
    held = read_cells(written)[0] or {}
    rows = [
        {"path": path, "value": json.dumps(value, ensure_ascii=False, sort_keys=True)}
        for path, value in leftovers(document, held)
    ]
    return Table("more", rows)


_TEXT = {"font_name": "TH Sarabun New", "font_size": 16, "text_wrap": True, "valign": "top", "num_format": "@"}  # fmt: skip
_WIDE = ("label", "hint", "title", "constraint_message", "value", "source", "form_title")


def _workbook(tables: list[Table]) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        cell = book.add_format(_TEXT)
        head = book.add_format({**_TEXT, "bold": True, "bg_color": "#EEF3FA"})
        for table in tables:
            page = book.add_worksheet(table.name)
            page.freeze_panes(1, 0)
            for at, column in enumerate(table.columns):
                wide = column.partition("::")[0] in _WIDE
                page.set_column(at, at, 48 if wide else 16, cell)
                page.write_string(0, at, column, head)
                for down, row in enumerate(table.rows, 1):
                    _put(page, down, at, row.get(column, ""), cell, table.name)
    return out.getvalue()


def _put(page: Any, row: int, column: int, value: Any, cell: Any, sheet: str) -> None:
    if not isinstance(value, str) or value == "":
        return  # what is no text stands in the sheet more
    if len(value.encode("utf-16-le")) // 2 > _CELL:
        raise WriteError(f"{sheet}, row {row + 1}: longer than a cell holds ({_CELL} characters)")
    page.write_string(row, column, value, cell)
