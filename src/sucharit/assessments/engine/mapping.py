"""What an item of one framework says about an item of another: capped, always inferred, one hop only.

``equal`` and ``superset`` carry the value over; ``subset`` and ``intersect`` give "partly" at the most;
``not_related`` gives nothing. Nothing is inferred from what was inferred itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

CARRIES = frozenset({"equal", "superset"})
HINTS = frozenset({"subset", "intersect"})
RELATIONS = (*sorted(CARRIES), *sorted(HINTS), "not_related")
FULL, PARTLY, NONE = "full", "partly", "none"


@dataclass(frozen=True, slots=True)
class Link:
    """A mapping row, read from source to target."""

    source: tuple[str, str]  # framework code, item
    target: tuple[str, str]
    relation: str
    strength: int = 0  # 0–10
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a source item came to: ``share`` of its full points, 0–1."""

    share: Fraction
    inferred: bool = False  # it came over a mapping itself
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Inferred:
    """What follows for the target. ``share`` only where a value is carried; ``level`` always. Never an answer."""

    target: tuple[str, str]
    level: str  # full | partly | none
    share: Fraction | None
    link: Link
    other: tuple[Link, ...]  # weaker or more favourable links that speak too
    conflict: bool  # two links say different things


def infer(
    target: tuple[str, str], links: Iterable[Link], outcomes: Mapping[tuple[str, str], Outcome]
) -> Inferred | None:
    """What the sources say about the target; None when nothing follows.

    The link that carries goes before one that hints, the stronger before the weaker, the lower value
    before the higher: a doubt never helps the unit. ValueError: unknown relation, strength beyond 0–10.
    """
    said: list[tuple[Link, str, Fraction | None]] = []
    for link in links:
        _check(link)
        if link.target != target or link.source == target:
            continue
        outcome = outcomes.get(link.source)
        if outcome is None or outcome.inferred or not outcome.confirmed:
            continue
        found = _follow(link.relation, outcome.share)
        if found:
            said.append((link, *found))
    if not said:
        return None
    said.sort(key=lambda s: (s[0].relation not in CARRIES, -s[0].strength, _rank(s), s[0].source))
    link, level, share = said[0]
    return Inferred(
        target, level, share, link, tuple(s[0] for s in said[1:]), len({s[1] for s in said}) > 1
    )


def carried_points(inferred: Inferred, allowed: Iterable[Fraction]) -> Fraction | None:
    """The target's own points that are exactly the same share of its full points; None: scales do not match."""
    points = set(allowed)
    if inferred.share is None or not points:
        return None
    wanted = inferred.share * max(points)
    return wanted if wanted in points else None


def _follow(relation: str, share: Fraction) -> tuple[str, Fraction | None] | None:
    level = FULL if share >= 1 else (PARTLY if share > 0 else NONE)
    if relation in CARRIES:
        return level, share
    if relation in HINTS and level != NONE:
        return PARTLY, None
    return None


def _rank(said: tuple[Link, str, Fraction | None]) -> Fraction:
    _, level, share = said
    return (
        share
        if share is not None
        else {NONE: Fraction(0), PARTLY: Fraction(1, 2)}.get(level, Fraction(1))
    )


def _check(link: Link) -> None:
    if link.relation not in RELATIONS:
        raise ValueError(f"{link.relation!r} is no relation")
    if not 0 <= link.strength <= 10:
        raise ValueError("strength runs from 0 to 10")
