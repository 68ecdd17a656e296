"""Frameworks and published results as data files: read, check, fingerprint, compare.

YAML files under `assessments/data` are read as strings only, checked against a JSON Schema and the
engine's invariants, and never change once landed. Start with `load` in `registry.py`; the format is
explained in `docs/frameworks.md`, that of instruments (`instruments.py`) in `docs/instruments.md`.
Knows no Django; the writers to the database are `assessments.services.frameworks` and
`assessments.services.instruments`.
"""

from sucharit.assessments.library.canonical import canonical_json, sha256_of
from sucharit.assessments.library.diff import Change, Diff, Level, diff
from sucharit.assessments.library.instruments import (
    InstrumentFile,
    LoadedInstrument,
    is_instrument,
    landed_instruments,
    list_instruments,
    load_instrument,
    load_instrument_text,
    lock_instruments,
)
from sucharit.assessments.library.levels import LevelSet, level_set
from sucharit.assessments.library.problems import FileProblem, LibraryError
from sucharit.assessments.library.provenance import Provenance, provenance
from sucharit.assessments.library.published import (
    PublishedFile,
    PublishedResult,
    PublishedStatistic,
    published,
    read_published,
)
from sucharit.assessments.library.registry import (
    FrameworkFile,
    LoadedFramework,
    landed_hashes,
    list_frameworks,
    load,
    load_text,
    lock,
)

__all__ = [
    "Change",
    "Diff",
    "FileProblem",
    "FrameworkFile",
    "InstrumentFile",
    "Level",
    "LevelSet",
    "LibraryError",
    "LoadedFramework",
    "LoadedInstrument",
    "Provenance",
    "PublishedFile",
    "PublishedResult",
    "PublishedStatistic",
    "canonical_json",
    "diff",
    "is_instrument",
    "landed_hashes",
    "landed_instruments",
    "level_set",
    "list_frameworks",
    "list_instruments",
    "load",
    "load_instrument",
    "load_instrument_text",
    "load_text",
    "lock",
    "lock_instruments",
    "provenance",
    "published",
    "read_published",
    "sha256_of",
]
