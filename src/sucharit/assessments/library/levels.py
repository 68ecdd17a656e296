"""Levels in words for means and gains, as dated data (`data/learning/bands.yaml`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from sucharit.assessments.library import places
from sucharit.assessments.library.problems import FileProblem, LibraryError
from sucharit.assessments.library.strings import parse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sucharit.assessments.engine.learning import LevelBand


@dataclass(frozen=True, slots=True)
class LevelSet:
    """A set of levels as it holds from a day on; `verified` False shows a badge."""

    id: str
    effective_from: str
    verified: bool
    source: str
    title: Mapping[str, str]
    bands: tuple[LevelBand, ...]


def level_set(code: str, on: date) -> LevelSet:
    """The levels with this id that hold on a day. Raises LibraryError when there are none."""
    day = on.isoformat()
    found = [one for one in _all() if one.id == code and one.effective_from <= day]
    if not found:
        message = f"no such levels on {day}; known: {', '.join(sorted({o.id for o in _all()}))}"
        raise LibraryError([FileProblem("learning/bands.yaml", 0, code, message)])
    return max(found, key=lambda one: one.effective_from)


@lru_cache(maxsize=1)
def _all() -> tuple[LevelSet, ...]:
    from sucharit.assessments.engine.learning import LevelBand

    path = places.DATA / "learning" / "bands.yaml"
    parsed = parse(path.read_text(encoding="utf-8"), places.display_name(path))
    return tuple(
        LevelSet(
            id=one["id"],
            effective_from=one["effective_from"],
            verified=one["verified"] == "yes",
            source=one["source"],
            title=one["title"],
            bands=LevelBand.read(one["bands"]),
        )
        for one in parsed.document
    )
