"""How areas are shown, from ``plans/data/areas.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).resolve().parents[1] / "data" / "areas.yaml"


@dataclass(frozen=True)
class Showing:
    """Steps of the map's colours in per cent, and what a page shows at most."""

    steps: tuple[int, ...]
    alike_from: int
    overlaps_shown: int
    activities_shown: int


@cache
def showing() -> Showing:
    """The newest entry."""
    row = max(yaml.safe_load(FILE.read_text(encoding="utf-8")), key=lambda r: int(r["from_fy"]))
    return Showing(
        tuple(map(int, row["steps"])),
        int(row["alike_from"]),
        int(row["overlaps_shown"]),
        int(row["activities_shown"]),
    )
