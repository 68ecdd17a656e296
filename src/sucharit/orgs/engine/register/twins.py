"""Subdistricts listed twice.

Once under the district they once belonged to, once under the newer one.
"""

from __future__ import annotations

from collections import defaultdict
from math import cos, hypot, radians
from typing import TYPE_CHECKING

from sucharit.orgs.engine import areas
from sucharit.orgs.engine.names import fold
from sucharit.orgs.engine.register.shapes import ERROR, NOTE, WARNING, Finding, Kept, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# Share of a district's subdistricts that must have a namesake in one other district to call it a
# division.
WHOLE = 2 / 3
NEAR_KM = 10.0
KM_PER_DEGREE = 111.2


def twins(records: Sequence[Record], _kept: Mapping[str, Kept]) -> Iterator[Finding]:
    """Namesakes in one province, one without coordinates (old), one with.

    New), in districts of differing number.

    - ``stale_twin`` (error): most subdistricts of the newer district have such a namesake in the
      same older
      district, so the newer one was cut out of it;
    - ``probable_twin`` (warning): a single one, and the newer row lies within 10 km of a
      subdistrict of the older
      district, or bears the newer district's own name while its old siblings tell no place;
    - ``possible_twin`` (note): only name and missing coordinates speak for it. Same names are the
      rule in Thailand.
    """
    rows = [r for r in records if r.kind == "subdistrict" and r.official]
    names = {r.official: fold(areas.short_name(r.name_th)) for r in records if r.official}
    siblings: dict[str, list[Record]] = defaultdict(list)
    for r in rows:
        siblings[r.official[:4]].append(r)
    pairs = _pairs(rows, names)
    divided: dict[tuple[str, str], int] = defaultdict(int)
    for old, new in pairs:
        divided[old.official[:4], new.official[:4]] += 1
    done: set[str] = set()
    for old, new in sorted(pairs, key=lambda p: -divided[p[0].official[:4], p[1].official[:4]]):
        if old.code in done:
            continue
        done.add(old.code)
        count, of = divided[old.official[:4], new.official[:4]], len(siblings[new.official[:4]])
        if count > 1 and count >= WHOLE * of:
            yield _twin(old, new, "stale_twin", ERROR, count=count, of=of)
            continue
        others = [s for s in siblings[old.official[:4]] if s is not old and s.lat_e6 is not None]
        km = min((_km(s, new) for s in others), default=None)
        own = not others and names.get(new.official[:4]) == names[new.official]
        if own or (km is not None and km <= NEAR_KM):
            yield _twin(old, new, "probable_twin", WARNING, km="" if km is None else f"{km:.0f}")
        else:
            yield _twin(old, new, "possible_twin", NOTE, km="" if km is None else f"{km:.0f}")


def _pairs(rows: Sequence[Record], names: Mapping[str, str]) -> list[tuple[Record, Record]]:
    """(row without coordinates, namesake with them in a later district) of one province."""
    by_name: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for r in rows:
        by_name[r.official[:2], names[r.official]].append(r)
    return [
        (old, new)
        for group in by_name.values()
        for old in group
        for new in group
        if old.lat_e6 is None and new.lat_e6 is not None and old.official[:4] < new.official[:4]
    ]


def _twin(old: Record, new: Record, code: str, severity: str, **data: int | str) -> Finding:
    facts = {"twin": new.official, "twin_row": new.row, "district": new.official[:4], **data}
    return Finding(
        code, severity, old.file, old.row, "name_th", areas.short_name(old.name_th), old.code, facts
    )


def _km(one: Record, two: Record) -> float:
    """Distance in kilometres on a flat patch (a few tens of km; good to a percent)."""
    lat1, lon1 = (one.lat_e6 or 0) / 1e6, (one.lon_e6 or 0) / 1e6
    lat2, lon2 = (two.lat_e6 or 0) / 1e6, (two.lon_e6 or 0) / 1e6
    return hypot(lat1 - lat2, (lon1 - lon2) * cos(radians(lat1))) * KM_PER_DEGREE
