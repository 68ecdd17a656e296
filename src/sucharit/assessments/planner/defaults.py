"""Default efforts, as dated data (data/effort.yaml)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

FILE = Path(__file__).parent / "data" / "effort.yaml"


@dataclass(frozen=True, slots=True)
class Defaults:
    """Efforts where a unit has set nothing; ``verified`` says whether anybody measured them."""

    marked: int
    surveyed: int
    survey_most: int
    largest: int
    verified: bool
    source: str


@lru_cache(maxsize=1)
def defaults() -> Defaults:
    """The defaults of the file."""
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return Defaults(
        int(data["marked_item"]),
        int(data["survey_point"]),
        int(data["survey_most"]),
        int(data["largest"]),
        data["verified"] == "yes",
        data["source"],
    )
