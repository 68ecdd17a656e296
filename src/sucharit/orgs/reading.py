"""Files of units into tables.

CSV (UTF-8 or the older Thai code page), XLSX and JSON, or a folder of them.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sucharit.core.errors import Refusal
from sucharit.orgs.engine.register.shapes import Table

SUFFIXES = (".csv", ".json", ".xlsx")
LARGEST = 200 * 1024 * 1024  # bytes of one file; a national register has about 3 MB


def read_path(path: Path) -> tuple[list[Table], dict[str, str]]:
    """(tables, SHA-256 by file name) of a file or of all such files in a folder.

    Refusal when unreadable.
    """
    if path.is_dir():
        files = sorted(p for p in path.iterdir() if p.suffix.lower() in SUFFIXES)
    else:
        files = [path]
    if not files or not all(f.is_file() for f in files):
        raise Refusal(f"No CSV, XLSX or JSON file at {path}.", where=str(path))
    tables: list[Table] = []
    sums: dict[str, str] = {}
    for file in files:
        if file.stat().st_size > LARGEST:
            raise Refusal(
                f"{file.name} is larger than 200 MB; that is no register of units.", where=file.name
            )
        data = file.read_bytes()
        sums[file.name] = hashlib.sha256(data).hexdigest()
        tables += read_bytes(file.name, data)
    return tables, sums


def read_bytes(name: str, data: bytes) -> list[Table]:
    """The tables of one file by its name's ending; an XLSX may hold several sheets."""
    suffix = Path(name).suffix.lower()
    if suffix == ".json":
        return [_json(name, data)]
    if suffix == ".csv":
        return [_csv(name, data)]
    if suffix == ".xlsx":
        return list(_xlsx(name, data))
    raise Refusal(f"{name}: only CSV, XLSX and JSON are read.", where=name)


def _decode(name: str, data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp874"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal(
        f"{name} is neither UTF-8 nor Windows Thai (CP874); save it as UTF-8.", where=name
    )


def _json(name: str, data: bytes) -> Table:
    """A list of objects, alone or as the only list inside an object.

    The row number is the place in the list.
    """
    try:
        found: Any = json.loads(_decode(name, data))
    except json.JSONDecodeError as error:
        raise Refusal(
            f"{name} is not JSON: line {error.lineno}, column {error.colno}.", where=name
        ) from error
    if isinstance(found, Mapping):
        lists = [v for v in found.values() if isinstance(v, list)]
        found = lists[0] if len(lists) == 1 else None
    if not isinstance(found, list) or not all(isinstance(r, Mapping) for r in found):
        raise Refusal(f"{name} must hold one list of objects.", where=name)
    columns = tuple(dict.fromkeys(str(key) for row in found for key in row))
    return Table(name, columns, tuple(enumerate(found, start=1)))


def _csv(name: str, data: bytes) -> Table:
    """Comma, semicolon or tab separated with a heading; the row number is the line in the file."""
    text = _decode(name, data)
    head = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))
    try:
        columns = tuple(c.strip() for c in next(reader, []))
        # After a row was read, line_num is its (last) line.
        rows = [(reader.line_num, dict(zip(columns, cells, strict=False))) for cells in reader]
    except csv.Error as error:
        raise Refusal(f"{name}, line {reader.line_num}: {error}.", where=name) from error
    return Table(name, columns, tuple(rows))


def _xlsx(name: str, data: bytes) -> Iterator[Table]:
    """Each sheet with a heading in its first filled row; the row number is the sheet's."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except CalamineError as error:
        raise Refusal(f"{name} cannot be opened as XLSX.", where=name) from error
    for sheet in book.sheet_names:
        grid: Sequence[Sequence[Any]] = book.get_sheet_by_name(sheet).to_python(
            skip_empty_area=False
        )
        filled = [
            (n, cells) for n, cells in enumerate(grid, start=1) if any(c != "" for c in cells)
        ]
        if not filled:
            continue
        columns = tuple(str(c).strip() for c in filled[0][1])
        rows = tuple((n, dict(zip(columns, cells, strict=False))) for n, cells in filled[1:])
        yield Table(name if len(book.sheet_names) == 1 else f"{name}:{sheet}", columns, rows)
