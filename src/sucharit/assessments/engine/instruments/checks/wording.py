"""Texts by language: Thai is complete, others may lack, no language is unknown."""

from collections.abc import Iterator, Mapping
from typing import Any

from sucharit.assessments.engine.instruments.problems import DocumentProblem, Path, problem

_LABELS = {"title", "label", "hint", "required_message", "constraint_message"}


def labels(document: Any, path: Path = ()) -> Iterator[tuple[Path, Mapping[str, str]]]:
    """Every text of a document that comes in languages, with its place."""
    if isinstance(document, Mapping):
        for key, value in document.items():
            here = (*path, key)
            if key in _LABELS and isinstance(value, Mapping) and not _names(path):
                yield here, value
            else:
                yield from labels(value, here)
    elif isinstance(document, list):
        for at, value in enumerate(document):
            yield from labels(value, (*path, at))


def _names(path: Path) -> bool:
    # Under these keys the document's own names follow; one may be called "label" or "title".
    return path in {("scales",), ("profiles",), ("external",), ("scoring", "nodes")}


def missing_translations(document: Mapping[str, Any]) -> dict[str, list[Path]]:
    """For every language of the document: the places where its text is missing or empty."""
    languages = list(document.get("languages", ["th"]))
    found: dict[str, list[Path]] = {language: [] for language in languages}
    for path, label in labels(document):
        for language in languages:
            if not str(label.get(language, "")).strip():
                found[language].append((*path, language))
    return found


def wording_problems(document: Mapping[str, Any]) -> Iterator[DocumentProblem]:
    """Missing Thai is an error, another missing language a warning."""
    for language, places in missing_translations(document).items():
        for place in places:
            if language == "th":
                yield problem(place, "missing_th")
            else:
                yield problem(place, "missing_translation", "warning", language=language)
    for path, label in labels(document):
        for language in label:
            if language not in document["languages"]:
                yield problem((*path, language), "language", language=language)
