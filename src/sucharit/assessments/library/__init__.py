"""Frameworks and published results as data files: read, check, fingerprint, compare.

YAML files under `assessments/data` are read as strings only, checked against a JSON Schema and the
engine's invariants, and never change once landed. Start with `load` in `registry.py`; the format is
explained in `docs/frameworks.md`. Knows no Django; the one writer to the database is
`assessments.services.frameworks`.
"""

from sucharit.assessments.library.canonical import canonical_json, sha256_of
from sucharit.assessments.library.diff import Change, Diff, Level, diff
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
    "Level",
    "LibraryError",
    "LoadedFramework",
    "Provenance",
    "PublishedFile",
    "PublishedResult",
    "PublishedStatistic",
    "canonical_json",
    "diff",
    "landed_hashes",
    "list_frameworks",
    "load",
    "load_text",
    "lock",
    "provenance",
    "published",
    "read_published",
    "sha256_of",
]
