"""How sure a piece of a document is: its mark, sources and note, inherited from above."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sucharit.assessments.library.checks import locate


@dataclass(frozen=True, slots=True)
class Provenance:
    """The mark as it holds at a place, the texts of its sources, its note ({th, en} or {})."""

    verified: bool
    sources: tuple[str, ...]
    note: Mapping[str, str]


def provenance(document: Mapping[str, Any], path: str | Sequence[str | int] = "") -> Provenance:
    """The provenance at a place such as `items[O3]` or `bands[excellent]`; "" is the document.

    The nearest piece that says `verified` decides, and its own source and note go with it; a piece
    below it may still name a source or a note of its own.
    """
    verified, source, note = "no", "", ""
    here: Any = document
    for step in (None, *locate(document, path)):
        here = here if step is None else here[step]
        if not isinstance(here, Mapping):
            continue
        if "verified" in here:
            verified, source, note = str(here["verified"]), "", ""
        source = str(here.get("source", source))
        note = str(here.get("note", note))
    texts = tuple(document.get("sources", {}).get(tag, tag) for tag in source.split())
    return Provenance(verified == "yes", texts, document.get("notes", {}).get(note, {}))
