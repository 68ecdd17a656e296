"""The questions of one instrument as the page shows them and as answers are packed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sucharit.assessments.engine import Edition, Item, SubQuestion

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Slot:
    """One byte of a packed row: the field, its option codes with their bytes, may it stay empty."""

    code: str
    options: Mapping[str, int]
    optional: bool


@dataclass(frozen=True, slots=True)
class Section:
    """An indicator with its items."""

    title: Mapping[str, str]  # language -> text
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """One instrument of one framework version; immutable, so pages of it may be cached for ever."""

    identity: str  # content hash of the framework and the instrument
    instrument: str
    title: Mapping[str, str]
    internal: bool  # answered by staff (IIT), else by the public (EIT)
    sections: tuple[Section, ...]
    slots: tuple[Slot, ...]


def questionnaire(document: Mapping[str, Any], instrument: str, identity: str) -> Questionnaire:
    """Read a framework document.

    A scale may say ``no_answer: "yes"``: then its questions may be left open; all others must be
    answered. ValueError when the framework has no questions for the instrument.
    """
    edition = Edition.from_document(document)
    questions = edition.subquestions(instrument) if instrument in edition.instrument else ()
    if not questions:
        raise ValueError(f"{edition.code} v{edition.version} has no questions for {instrument}")
    head = edition.instrument[instrument]
    optional = {c for c, s in document["scales"].items() if s.get("no_answer") in ("yes", True)}
    return Questionnaire(
        identity=f"{identity}:{instrument}",
        instrument=instrument,
        title={"th": head.title.th, "en": head.title.en},
        internal=head.respondents == "internal",
        sections=_sections(edition, instrument),
        slots=tuple(_slot(q, optional) for q in questions),
    )


def _slot(question: SubQuestion, optional: set[str]) -> Slot:
    scale = question.scale
    return Slot(question.code, {str(c): n for c, n in scale.index.items()}, scale.code in optional)


def _sections(edition: Edition, instrument: str) -> tuple[Section, ...]:
    sections = []
    for node in edition.children(instrument):
        items = edition.items_of(node)
        title = edition.titles[node]
        sections.append(Section({"th": title.th, "en": title.en}, items))
    return tuple(sections)
