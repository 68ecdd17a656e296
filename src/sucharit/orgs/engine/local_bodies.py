"""Local bodies made up for trials.

Real names of places, invented bodies, official numbers of each kind.

No public list of all local bodies with codes was found; codes begin with ``syn-`` so that nobody
takes them for
official ones. The same subdistricts give the same bodies every time.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sucharit.orgs.engine.areas import BANGKOK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PREFIX = {
    "city_municipality": "เทศบาลนคร",
    "town_municipality": "เทศบาลเมือง",
    "subdistrict_municipality": "เทศบาลตำบล",
    "tao": "องค์การบริหารส่วนตำบล",
}
SHORT = {
    "city_municipality": "city",
    "town_municipality": "town",
    "subdistrict_municipality": "mun",
    "tao": "tao",
}


@dataclass(frozen=True)
class Counts:
    """How many bodies of each kind there are (a year's official numbers, passed in as data)."""

    city_municipality: int
    town_municipality: int
    subdistrict_municipality: int
    tao: int


@dataclass(frozen=True)
class LocalBody:
    """An invented local body in a real subdistrict."""

    kind: str
    subdistrict: str  # official code, six digits
    name_th: str

    @property
    def code(self) -> str:
        """Our code."""
        return f"syn-{SHORT[self.kind]}-{self.subdistrict}"


def _spread(codes: Sequence[str], count: int) -> list[str]:
    """``count`` of the codes, evenly over the whole list; all of them when there are fewer."""
    if count >= len(codes):
        return list(codes)
    return [codes[i * len(codes) // count] for i in range(count)]


def build(subdistricts: Mapping[str, str], counts: Counts) -> list[LocalBody]:
    """Bodies of all kinds from official subdistrict codes and Thai names (without ตำบล).

    Bangkok has none.

    Cities stand at the biggest capital districts, towns at the other capitals and the biggest
    districts, one in
    the first subdistrict of each. Subdistrict municipalities are spread evenly over the rest;
    every subdistrict
    without a municipality has a TAO, and as many others have both as the number of TAOs asks for.
    """
    codes = sorted(c for c in subdistricts if c[:2] != BANGKOK)
    size: dict[str, list[str]] = defaultdict(list)
    for code in codes:
        size[code[:4]].append(code)
    capitals = sorted((d for d in size if d.endswith("01")), key=lambda d: (-len(size[d]), d))
    others = sorted((d for d in size if not d.endswith("01")), key=lambda d: (-len(size[d]), d))
    ranked = capitals + others
    seats = [size[d][0] for d in ranked]
    chosen = dict.fromkeys(seats[: counts.city_municipality], "city_municipality")
    towns = seats[counts.city_municipality : counts.city_municipality + counts.town_municipality]
    chosen |= dict.fromkeys(towns, "town_municipality")
    rest = [c for c in codes if c not in chosen]
    small = _spread(rest, counts.subdistrict_municipality)
    chosen |= dict.fromkeys(small, "subdistrict_municipality")
    alone = [c for c in codes if c not in chosen]
    taos = sorted(alone[: counts.tao] + _spread(small, max(0, counts.tao - len(alone))))
    bodies = [(kind, code) for code, kind in chosen.items()] + [("tao", code) for code in taos]
    return [
        LocalBody(kind, code, PREFIX[kind] + subdistricts[code])
        for kind, code in sorted(bodies, key=lambda b: (b[1], b[0]))
    ]
