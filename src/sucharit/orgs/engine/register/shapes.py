"""The dataclasses an import passes from step to step."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

# error: the row is not taken in. warning: taken in, a person should look. note: nothing to do.
ERROR, WARNING, NOTE = "error", "warning", "note"
SEVERITIES = (ERROR, WARNING, NOTE)


@dataclass(frozen=True)
class Table:
    """A table as read from a file: cells by column name, row numbers as the reader sees them."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, Any]], ...]  # (row number, cells)


@dataclass(frozen=True)
class Finding:
    """One fault or remark. ``code`` keys the texts; ``data`` fills their blanks."""

    code: str
    severity: str
    file: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    unit: str = ""  # our code of the unit, when known
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Record:
    """A unit as a file describes it.

    None: the file does not say (which is not the same as empty).
    """

    file: str
    row: int
    code: str  # ours
    kind: str
    name_th: str
    official: str = ""  # official area code, 2, 4 or 6 digits
    parent: str | None = None  # our code of the unit above
    name_en: str | None = None
    short_th: str | None = None
    website: str | None = None
    postcode: str | None = None
    lat_e6: int | None = None
    lon_e6: int | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    synthetic: bool = False
    identifiers: tuple[tuple[str, str], ...] = ()  # (scheme, code)


@dataclass(frozen=True)
class Kept:
    """A unit as the register holds it, for comparison."""

    code: str
    kind: str
    name_th: str
    name_en: str
    short_th: str
    website: str
    postcode: str
    lat_e6: int | None
    lon_e6: int | None
    valid_from: dt.date | None
    valid_to: dt.date | None
    parent: str | None
    identifiers: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class Change:
    """One thing to do to one unit.

    ``what``: create, rename, upgrade, fill, move, end or identify.
    """

    what: str
    code: str
    record: Record | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)  # fill: field -> new value
    before: str = ""
    after: str = ""
