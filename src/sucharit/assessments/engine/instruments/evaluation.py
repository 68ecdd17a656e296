"""What comes of answers: values, what applies, what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sucharit.assessments.engine.expressions import Value

from .model import Item


@dataclass(frozen=True, slots=True)
class AnswerProblem:
    """Something wrong with an answer; `instance` counts from 0 within a repeat."""

    item: str
    code: str
    message_th: str
    message_en: str
    instance: int | None = None


@dataclass(frozen=True)
class Evaluation:
    """Answers after the rules of the instrument.

    `values` is ready to be stored as JSON and gives the same evaluation when evaluated again;
    repeats are lists of mappings. `typed` holds the same as exact values (Rows in repeats).
    `relevant` are the items that apply (in any instance); `dropped` were answered though they don't.
    `external` are the platform's values as read.
    `excluded` do not apply because of the profile, `not_applicable` because the unit says so.
    """

    values: Mapping[str, Any]
    typed: Mapping[str, Value]
    relevant: frozenset[str]
    problems: tuple[AnswerProblem, ...]
    dropped: tuple[str, ...]
    excluded: frozenset[str]
    not_applicable: frozenset[str]
    instances: Mapping[str, int]
    relevant_instances: frozenset[tuple[str, int]]
    open_options: Mapping[tuple[str, int | None], tuple[str, ...]]
    external: Mapping[str, Value]
    profile: str | None = None

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong, so that the answers may be submitted."""
        return not self.problems

    def options_of(self, item: Item, instance: int | None = None) -> tuple[str, ...]:
        """The codes that may be chosen here, after the choice filter."""
        everything = tuple(item.scale.by_code) if item.scale is not None else ()
        return self.open_options.get((item.id, instance), everything)
