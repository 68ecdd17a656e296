"""Which of several attempts counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

Counts: TypeAlias = Literal["best", "last", "first"]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt of a person (under whatever code): its number from 1, percent or None.

    `reference` is handed back as it is, so that a caller finds the answers behind it.
    """

    person: str
    number: int
    percent: Fraction | None
    reference: object = None


def counting_attempts(
    attempts: Iterable[Attempt], counts: Counts, *, allowed: int | None = None
) -> tuple[Attempt, ...]:
    """The one attempt per person that counts, in the order in which persons first appear.

    allowed: attempts with a higher number never count. best: the highest percent, the earlier of
    equals. An attempt without a percent counts only where there is no other.
    """
    if counts not in {"best", "last", "first"}:
        raise ValueError(f"counts is best, last or first, not {counts!r}")
    by_person: dict[str, list[Attempt]] = {}
    for attempt in attempts:
        if allowed is None or attempt.number <= allowed:
            by_person.setdefault(attempt.person, []).append(attempt)
    return tuple(_chosen(own, counts) for own in by_person.values())


def _chosen(own: list[Attempt], counts: Counts) -> Attempt:
    ordered = sorted(own, key=lambda one: one.number)
    scored = [one for one in ordered if one.percent is not None] or ordered
    if counts == "last":
        return scored[-1]
    if counts == "first":
        return scored[0]
    return max(scored, key=lambda one: (one.percent or Fraction(0), -one.number))
