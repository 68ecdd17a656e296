"""Faults that show only when rows are seen together.

One small function a check; ``CHECKS`` lists them.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any

from sucharit.orgs.engine import areas
from sucharit.orgs.engine.names import fold, likeness
from sucharit.orgs.engine.register.shapes import ERROR, NOTE, WARNING, Finding, Kept, Record
from sucharit.orgs.engine.register.twins import twins

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

NEAR = 95.0  # likeness from which two names of one parent are shown to a person
JUMP = 10  # a code that leaves more numbers out than this is odd
# A district does not begin like a local body; such rows are entries of another register.
LOCAL_BODY = ("ท้องถิ่น", "เทศบาล", "องค์การบริหารส่วน", "อบต", "อบจ")


def finding(
    record: Record, code: str, severity: str, column: str = "", value: str = "", **data: Any
) -> Finding:
    """A finding about a record."""
    return Finding(
        code, severity, record.file, record.row, column, value or record.name_th, record.code, data
    )


def _children(records: Sequence[Record]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = defaultdict(list)
    for r in records:
        if r.parent:
            found[r.parent].append(r)
    return found


def duplicates(records: Sequence[Record], _kept: Mapping[str, Kept]) -> Iterator[Finding]:
    """The same code twice: the first row stays, the others are not taken in."""
    first: dict[str, Record] = {}
    for r in records:
        if r.code in first:
            yield finding(
                r, "duplicate_code", ERROR, "code", r.official or r.code, first=first[r.code].row
            )
        else:
            first[r.code] = r


def orphans(records: Sequence[Record], kept: Mapping[str, Kept]) -> Iterator[Finding]:
    """A parent that neither the files nor the register know."""
    codes = {r.code for r in records} | set(kept)
    for r in records:
        if r.parent and r.parent not in codes:
            yield finding(r, "orphan", ERROR, "parent", r.parent, parent=r.parent)


def not_districts(records: Sequence[Record], _kept: Mapping[str, Kept]) -> Iterator[Finding]:
    """Districts without a single subdistrict, in files that have subdistricts."""
    below = _children(records)
    if not any(r.kind == "subdistrict" for r in records):
        return
    for r in records:
        if r.kind not in {"district", "khet"} or below.get(r.code):
            continue
        bare = areas.short_name(r.name_th)
        if bare.startswith(LOCAL_BODY):
            yield finding(r, "not_a_district", ERROR, "name_th", bare)
        else:
            yield finding(r, "childless", WARNING, "name_th", bare)


def numbering(records: Sequence[Record], _kept: Mapping[str, Kept]) -> Iterator[Finding]:
    """Jumps and gaps in the numbers of a province's districts."""
    by_province: dict[str, list[Record]] = defaultdict(list)
    for r in records:
        if len(r.official) == 4:
            by_province[r.official[:2]].append(r)
    for province, found in sorted(by_province.items()):
        found.sort(key=lambda r: r.official)
        missing: list[str] = []
        before = 0
        for r in found:
            number = int(r.official[2:])
            if before and number - before > JUMP:
                yield finding(
                    r, "number_jump", WARNING, "code", r.official, before=f"{province}{before:02d}"
                )
            else:
                missing += [f"{province}{n:02d}" for n in range(before + 1, number)]
            before = number
        if missing:
            yield finding(
                found[-1], "number_gap", NOTE, "code", ", ".join(missing), count=len(missing)
            )


def groups_apart(records: Sequence[Record], _kept: Mapping[str, Kept]) -> Iterator[Finding]:
    """Two or more rows of a district without coordinates that share a postcode of their own.

    No sibling with coordinates has that postcode.

    Such a group may belong to a district the file lacks. The data cannot say more: a district that
    is
    missing at the end of the numbering leaves no gap.
    """
    for district, rows in sorted(
        _children([r for r in records if r.kind == "subdistrict"]).items()
    ):
        placed = {r.postcode for r in rows if r.lat_e6 is not None}
        apart: dict[str, list[Record]] = defaultdict(list)
        for r in rows:
            if r.lat_e6 is None and r.postcode and r.postcode not in placed:
                apart[r.postcode].append(r)
        for postcode, group in apart.items():
            if placed and len(group) > 1:
                names = ", ".join(areas.short_name(r.name_th) for r in group)
                for r in group:
                    yield finding(
                        r,
                        "group_apart",
                        WARNING,
                        "district",
                        district.removeprefix("th-"),
                        postcode=postcode,
                        names=names,
                    )


def near_names(records: Sequence[Record], kept: Mapping[str, Kept]) -> Iterator[Finding]:
    """Names of one parent and kind that are nearly the same, in file or register."""
    here: dict[tuple[str | None, str], list[tuple[str, str, Record | None]]] = defaultdict(list)
    codes = {r.code for r in records}
    parents = {(r.parent, r.kind) for r in records}
    for k in kept.values():
        if k.valid_to is None and k.code not in codes and (k.parent, k.kind) in parents:
            here[k.parent, k.kind].append((fold(areas.short_name(k.name_th)), k.code, None))
    for r in records:
        here[r.parent, r.kind].append((fold(areas.short_name(r.name_th)), r.code, r))
    for group in here.values():
        for (one, one_code, _first), (two, two_code, second) in combinations(group, 2):
            if second is None or one_code == two_code:
                continue
            score = (
                100.0 if one == two else likeness(one, two) if min(len(one), len(two)) >= 6 else 0.0
            )
            if score >= NEAR and not _differ_by_number(one, two):
                code, severity = ("same_name", WARNING) if one == two else ("near_name", NOTE)
                yield finding(second, code, severity, "name_th", other=one_code)


def _differ_by_number(one: str, two: str) -> bool:
    """Two names that differ only in their digits (เขต 1, เขต 2) are two things on purpose."""
    letters = [[c for c in text if not c.isdigit()] for text in (one, two)]
    return one != two and letters[0] == letters[1]


CHECKS: tuple[Callable[[Sequence[Record], Mapping[str, Kept]], Iterator[Finding]], ...] = (
    duplicates,
    orphans,
    not_districts,
    numbering,
    groups_apart,
    near_names,
    twins,
)


def run(records: Sequence[Record], kept: Mapping[str, Kept]) -> list[Finding]:
    """All findings of all checks."""
    return [f for check in CHECKS for f in check(records, kept)]


def sound(records: Sequence[Record], findings: Sequence[Finding]) -> list[Record]:
    """The records without an error, and without those below a record with one."""
    bad_rows = {(f.file, f.row) for f in findings if f.severity == ERROR}
    left = [r for r in records if (r.file, r.row) not in bad_rows]
    lost = {r.code for r in records if (r.file, r.row) in bad_rows} - {r.code for r in left}
    while True:
        dropped = {r.code for r in left if r.parent in lost}
        if not dropped:
            return left
        lost |= dropped
        left = [r for r in left if r.code not in dropped]
