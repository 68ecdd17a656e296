"""Tables into records: every row becomes a record or an error, with the findings on the way."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sucharit.orgs.engine import areas
from sucharit.orgs.engine.names import clean
from sucharit.orgs.engine.register import columns, values
from sucharit.orgs.engine.register.shapes import ERROR, NOTE, WARNING, Finding, Record, Table

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

DIGITS = {"province": 2, "district": 4, "subdistrict": 6}
ABOVE = {"district": "province", "subdistrict": "district"}
CODE_LENGTH = 64


@dataclass
class Reading:
    """What came out of the tables."""

    records: list[Record] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    levels: set[str] = field(default_factory=set)  # tables seen


@dataclass(frozen=True)
class _Known:
    """A table with its columns understood."""

    table: Table
    mapping: Mapping[str, str]
    level: str

    def cell(self, cells: Mapping[str, Any], name: str) -> Any:
        return cells.get(self.mapping[name]) if name in self.mapping else None

    def text(self, cells: Mapping[str, Any], name: str) -> str:
        return values.text(self.cell(cells, name))

    def fault(
        self, code: str, severity: str, row: int | None, name: str = "", **data: Any
    ) -> Finding:
        column = self.mapping.get(name, name)
        return Finding(
            code, severity, self.table.file, row, column, str(data.pop("value", "")), data=data
        )


def read_tables(tables: Sequence[Table]) -> Reading:
    """Records of all tables together (provinces are told by the districts that point at them)."""
    reading = Reading()
    known = [k for k in (_understand(t, reading) for t in tables) if k is not None]
    provinces = _province_codes(known)
    for each in known:
        reading.levels.add(each.level)
        if each.level == "province":
            _running_numbers(each, provinces, reading)
        for row, cells in each.table.rows:
            if all(values.text(v) == "" for v in cells.values()):
                continue
            record = _record(each, row, cells, provinces, reading)
            if record is not None:
                reading.records.append(record)
    return reading


def _understand(table: Table, reading: Reading) -> _Known | None:
    mapping, unknown = columns.map_columns(table.columns)
    ids = mapping.get("id")
    digits = (
        frozenset(len(values.text(cells.get(ids))) for _row, cells in table.rows)
        if ids
        else frozenset()
    )
    level = columns.detect(mapping, digits)
    each = _Known(table, mapping, level)
    reading.findings += [each.fault("unknown_column", NOTE, None, c) for c in unknown]
    if level == "regions":
        reading.findings.append(each.fault("regions_not_taken", NOTE, None))
        return None
    if level == "unknown" or "name_th" not in mapping:
        reading.findings.append(
            each.fault("unknown_table", ERROR, None, value=", ".join(table.columns))
        )
        return None
    return each


def _province_codes(known: Sequence[_Known]) -> dict[str, str]:
    """What the districts call a province -> its official code.

    First two digits of most districts.
    """
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for each in known:
        if each.level != "district" or "province" not in each.mapping:
            continue
        own = columns.own_column(dict(each.mapping), "district")
        for _row, cells in each.table.rows:
            official = values.area_code(each.cell(cells, own), 4)
            if official:
                seen[each.text(cells, "province")][official[:2]] += 1
    return {called: counted.most_common(1)[0][0] for called, counted in seen.items()}


def _running_numbers(each: _Known, provinces: Mapping[str, str], reading: Reading) -> None:
    """One remark a file when its province ids are not the official codes."""
    own = columns.own_column(dict(each.mapping), "province")
    called = [(row, each.text(cells, own)) for row, cells in each.table.rows]
    wrong = [(row, code) for row, code in called if provinces.get(code, code) != code]
    if wrong:
        last_row, last = wrong[-1]
        reading.findings.append(
            each.fault(
                "running_number",
                NOTE,
                last_row,
                own,
                value=last,
                count=len(wrong),
                example=last,
                official=provinces[last],
            )
        )


def _record(
    each: _Known, row: int, cells: Mapping[str, Any], provinces: Mapping[str, str], reading: Reading
) -> Record | None:
    """The row as a record; None and an error when its code, name, kind or dates cannot be told."""
    faults: list[Finding] = []
    if each.level == "units":
        official, code, parent = _own_codes(each, row, cells, faults)
    else:
        official, parent = _area_codes(each, row, cells, provinces, faults)
        code = areas.unit_code(official) if official else ""
    name = clean(each.text(cells, "name_th"))
    if not name:
        faults.append(each.fault("no_name", ERROR, row, "name_th"))
    kind = _kind(each, row, cells, official, faults)
    start, finish = _dates(each, row, cells, faults)
    lat, lon = _place(each, row, cells, faults)
    reading.findings += faults
    if any(f.severity == ERROR for f in faults):
        return None
    return Record(
        file=each.table.file,
        row=row,
        code=code,
        kind=kind,
        official=official,
        parent=parent,
        name_th=areas.full_name(official, name) if official else name,
        name_en=_optional(each, cells, "name_en"),
        short_th=_optional(each, cells, "short_th"),
        website=_optional(each, cells, "website"),
        postcode=_optional(each, cells, "postcode"),
        lat_e6=lat,
        lon_e6=lon,
        valid_from=start,
        valid_to=finish,
        identifiers=_identifiers(each, cells, official),
    )


def _optional(each: _Known, cells: Mapping[str, Any], name: str) -> str | None:
    return clean(each.text(cells, name)) if name in each.mapping else None


def _own_codes(
    each: _Known, row: int, cells: Mapping[str, Any], faults: list[Finding]
) -> tuple[str, str, str | None]:
    """(official area code, our code, our code of the parent) of a row in a list of units."""
    raw, above = each.text(cells, "code"), each.text(cells, "parent")
    official = raw if areas.level_of(raw) else ""
    code = areas.unit_code(raw) if official else raw.lower()
    if (
        not code
        or len(code) > CODE_LENGTH
        or not all(c.isascii() and (c.isalnum() or c in "-_") for c in code)
    ):
        faults.append(each.fault("bad_code", ERROR, row, "code", value=raw))
    if above:
        return official, code, areas.unit_code(above) if areas.level_of(above) else above.lower()
    higher = areas.parent_of(official) if official else None
    return official, code, areas.unit_code(higher) if higher else None


def _area_codes(
    each: _Known,
    row: int,
    cells: Mapping[str, Any],
    provinces: Mapping[str, str],
    faults: list[Finding],
) -> tuple[str, str | None]:
    """(official code, our code of the area above) of a row in a list of areas."""
    own = columns.own_column(dict(each.mapping), each.level)
    called = each.text(cells, own)
    official = provinces.get(called, "") if each.level == "province" else ""
    official = official or values.area_code(called, DIGITS[each.level])
    if not official:
        faults.append(
            each.fault("code_unknown", ERROR, row, own, value=called, digits=DIGITS[each.level])
        )
        return "", None
    higher = areas.parent_of(official)
    above = ABOVE.get(each.level, "")
    stated = each.text(cells, above) if above and above != own else ""
    if above == "province":
        stated = provinces.get(stated, stated)
    if stated and stated != higher:
        faults.append(
            each.fault(
                "code_parent_mismatch",
                ERROR,
                row,
                above,
                value=stated,
                official=official,
                expected=higher,
            )
        )
    return official, areas.unit_code(higher) if higher else None


def _kind(
    each: _Known, row: int, cells: Mapping[str, Any], official: str, faults: list[Finding]
) -> str:
    if official:
        return areas.kind_of(official)
    if each.level != "units":
        return ""
    word = each.text(cells, "kind")
    found = columns.kind_named(word) if word else "other"
    if found is None:
        faults.append(
            each.fault(
                "unknown_kind", ERROR, row, "kind", value=word, like=columns.likely_kind(word)
            )
        )
    return found or ""


def _dates(
    each: _Known, row: int, cells: Mapping[str, Any], faults: list[Finding]
) -> tuple[dt.date | None, dt.date | None]:
    """First and last day. A deletion stamp ends the unit the day before it."""
    found: dict[str, dt.date | None] = {}
    for name in ("valid_from", "valid_to", "deleted_at"):
        found[name], fault = values.day(each.cell(cells, name))
        if fault:
            faults.append(each.fault(fault, ERROR, row, name, value=each.text(cells, name)))
    start, finish, deleted = found["valid_from"], found["valid_to"], found["deleted_at"]
    if finish is None and deleted is not None:
        finish = values.day_before(deleted)
    if start and finish and finish < start:
        faults.append(
            each.fault("ends_before_start", ERROR, row, "valid_to", value=finish.isoformat())
        )
    return start, finish


def _place(
    each: _Known, row: int, cells: Mapping[str, Any], faults: list[Finding]
) -> tuple[int | None, int | None]:
    if not {"lat", "lon"} <= set(each.mapping):
        return None, None
    lat, lat_fault = values.micro_degrees(each.cell(cells, "lat"), 90)
    lon, lon_fault = values.micro_degrees(each.cell(cells, "lon"), 180)
    for name, fault in (("lat", lat_fault), ("lon", lon_fault)):
        if fault:
            faults.append(each.fault(fault, WARNING, row, name, value=each.text(cells, name)))
    if not (lat_fault or lon_fault) and (lat is None or lon is None):
        faults.append(each.fault("no_coordinates", NOTE, row, "lat"))
    return (lat, lon) if lat is not None and lon is not None else (None, None)


def _identifiers(
    each: _Known, cells: Mapping[str, Any], official: str
) -> tuple[tuple[str, str], ...]:
    found = [("dopa", official)] if official else []
    found += [(s, code) for s in columns.IDENTIFIERS if (code := each.text(cells, s))]
    return tuple(found)
