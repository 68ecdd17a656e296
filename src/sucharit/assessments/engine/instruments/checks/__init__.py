"""What is looked at before an instrument may be published."""

from collections.abc import Mapping
from typing import Any

from sucharit.assessments.engine.instruments.problems import UNREADABLE, DocumentProblem
from sucharit.assessments.engine.instruments.reading import assemble
from sucharit.assessments.engine.instruments.shape import shape_problems

from .conditions import condition_problems
from .items import item_problems
from .references import reference_problems
from .scores import score_problems
from .wording import wording_problems


def check_document(document: Mapping[str, Any]) -> list[DocumentProblem]:
    """Every finding about a document, in the order of the document; no error = publishable.

    Later checks need what earlier ones assure: shape, then references, then meaning.
    """
    found = shape_problems(document)
    if found:
        return found
    found = reference_problems(document)
    if not _unreadable(found):
        instrument = assemble(document)
        found += condition_problems(instrument)
        found += item_problems(document, instrument)
        found += score_problems(document, instrument)
    found += wording_problems(document)
    return sorted(dict.fromkeys(found), key=lambda one: _place(document, one))


def _unreadable(found: list[DocumentProblem]) -> bool:
    return any(one.code in UNREADABLE for one in found)


def _place(document: Mapping[str, Any], one: DocumentProblem) -> tuple[Any, ...]:
    keys = list(document)
    first = one.path[0] if one.path else ""
    at = keys.index(first) if first in keys else -1
    second = one.path[1] if len(one.path) > 1 else -1
    number = second if isinstance(second, int) else -1
    return at, number, one.severity, str(one.path)
