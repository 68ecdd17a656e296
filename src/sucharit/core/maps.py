"""The map of Thailand's provinces as shapes: outlines from @svg-maps/thailand, codes of ours, no tiles, no network.

Outlines: @svg-maps/thailand (CC BY 4.0), installed by npm; without it there is no map and tables stand alone.
Codes: a province of ours is ``th-`` and its ISO 3166-2 number, by its English name in pycountry.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

FILE = Path("@svg-maps") / "thailand" / "index.js"
SOURCE = "@svg-maps/thailand, CC BY 4.0"
_NUMBERS = re.compile(r"[mz]|-?\d+(?:\.\d+)?")
# Names the map writes in another way than ISO 3166-2 (seen in version 2.0.0).
_OTHERWISE = {"bangkok": "krungthepmahanakhon"}


@dataclass(frozen=True)
class Outline:
    """One area of the map; ``code`` is "" for what is no province (the lake)."""

    code: str
    name_en: str
    path: str


@dataclass(frozen=True)
class Outlines:
    """A map: its view box and its areas."""

    view_box: str
    areas: tuple[Outline, ...]


@dataclass(frozen=True)
class Marked:
    """What a province shows: its name, words for its state, where it leads, its band (0: none, 1 … 5)."""

    code: str
    name: str
    words: str
    url: str
    band: int = 0


def thailand() -> Outlines | None:
    """The map, None where its package is not installed."""
    return _read(Path(settings.NODE_MODULES) / FILE)


@functools.lru_cache(maxsize=4)
def _read(path: Path) -> Outlines | None:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        return None
    data = json.loads(text.strip().removeprefix("export default").strip().rstrip(";"))
    codes = province_codes()
    areas = (
        Outline(codes.get(_fold(place["name"]), ""), place["name"], rounded(place["path"]))
        for place in data["locations"]
    )
    return Outlines(data["viewBox"], tuple(areas))


def _fold(name: str) -> str:
    folded = "".join(name.casefold().split())
    return _OTHERWISE.get(folded, folded)


@functools.cache
def province_codes() -> dict[str, str]:
    """Folded English name → our code ("th-38"), for the 76 provinces and Bangkok."""
    import pycountry

    found = pycountry.subdivisions.get(country_code="TH") or []
    numbered = [s for s in found if s.code[3:].isdigit()]  # TH-S, Pattaya, is no province
    return {"".join(s.name.casefold().split()): s.code.lower() for s in numbered}


def rounded(path: str) -> str:
    """The outline in tenths of a unit: half the bytes, nothing to be seen.

    Takes the commands the map has (relative m with its lines, z). What is cut off one step is added to the
    next, so that the line does not wander.
    """
    out: list[str] = []
    at = shown = start = (0, 0)  # thousandths, tenths, tenths
    numbers: list[int] = []
    first = False
    for piece in _NUMBERS.findall(path):
        if piece == "m":
            first = True
            continue
        if piece == "z":
            out.append("z")
            shown = start
            at = (shown[0] * 100, shown[1] * 100)
            continue
        numbers.append(_thousandths(piece))
        if len(numbers) < 2:
            continue
        at = (at[0] + numbers[0], at[1] + numbers[1])
        numbers.clear()
        near = (round(at[0] / 100), round(at[1] / 100))
        step = (near[0] - shown[0], near[1] - shown[1])
        shown = near
        if first:
            out.append(f"m{_tenths(step[0])} {_tenths(step[1])}")
            start, first = near, False
        elif step != (0, 0):
            out.append(f"l{_tenths(step[0])} {_tenths(step[1])}")
    return "".join(out)


def _thousandths(text: str) -> int:
    whole, _, rest = text.lstrip("-").partition(".")
    value = int(whole) * 1000 + int((rest + "000")[:3])
    return -value if text.startswith("-") else value


def _tenths(value: int) -> str:
    sign = "-" if value < 0 else ""
    whole, rest = divmod(abs(value), 10)
    return f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"


@dataclass(frozen=True)
class Shape:
    """An area as a template draws it: its outline and what it shows, if anything."""

    outline: Outline
    marked: Marked | None

    @property
    def look(self) -> str:
        """The class of its colour; nothing is told by colour alone."""
        return f"map-band{self.marked.band}" if self.marked else "map-none"


def drawn(outlines: Outlines, marked: Iterable[Marked]) -> list[Shape]:
    """The areas, those without a link first so that a focused outline is never covered by them."""
    known: Mapping[str, Marked] = {m.code: m for m in marked}
    shapes = [Shape(area, known.get(area.code)) for area in outlines.areas]
    return sorted(shapes, key=lambda shape: shape.marked is not None)
