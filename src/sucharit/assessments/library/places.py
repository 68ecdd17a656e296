"""Where the bundled data files stand."""

from __future__ import annotations

from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"
FRAMEWORKS = DATA / "frameworks"
SCHEMAS = DATA / "schema"
PUBLISHED = DATA / "published"
HASHES = FRAMEWORKS / "HASHES.json"
INSTRUMENTS = DATA / "instruments"
INSTRUMENT_HASHES = INSTRUMENTS / "HASHES.json"


def display_name(path: Path) -> str:
    """The name of a file in messages: below the data folder for bundled files, else as given."""
    resolved = path.resolve()
    if resolved.is_relative_to(DATA):
        return resolved.relative_to(DATA).as_posix()
    return str(path)
