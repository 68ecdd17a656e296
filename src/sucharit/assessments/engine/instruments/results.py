"""Scores with their reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sucharit.assessments.engine.exact import display, fraction_text, half_up

OK = "ok"
MISSING = "missing"
NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a score: its weight, its value as counted, and whether it was answered."""

    code: str
    weight: Fraction
    value: Fraction | None
    status: str

    def __iter__(self) -> Any:
        """Unpacks as (code, weight, value)."""
        return iter((self.code, self.weight, self.value))


@dataclass(frozen=True, slots=True)
class NodeResult:
    """A score: exact value (None unless ok), status, how many are behind it, parts, and the rule.

    `n` are answered parts for one respondent, respondents for many. `rule` is the aggregation as it
    was applied (`sum_redistributed`: items set aside were made up for), or why there is no value
    (`too_few_answered`, `part_missing`, `nothing_answered`, `all_not_applicable`, `no_weight`).
    """

    value: Fraction | None
    status: str
    n: int
    parts: tuple[Part, ...]
    rule: str

    def shown(self, digits: int = 2) -> str:
        """The value rounded half-up for display; "" when there is none."""
        return display(self.value, digits)

    @property
    def exact(self) -> str:
        """The value as "n/d", "" when there is none: what is stored."""
        return "" if self.value is None else fraction_text(self.value)

    @property
    def hundredths(self) -> int | None:
        """The value in hundredths, rounded half-up; None when there is none."""
        return None if self.value is None else half_up(self.value)

    def as_json(self) -> dict[str, Any]:
        """The score and its reason as JSON."""
        return {
            "value": self.exact,
            "status": self.status,
            "n": self.n,
            "rule": self.rule,
            "parts": [
                {
                    "code": part.code,
                    "weight": fraction_text(part.weight),
                    "value": "" if part.value is None else fraction_text(part.value),
                    "status": part.status,
                }
                for part in self.parts
            ],
        }


def results_json(results: Mapping[str, NodeResult]) -> dict[str, Any]:
    """Several scores as JSON."""
    return {code: result.as_json() for code, result in results.items()}
