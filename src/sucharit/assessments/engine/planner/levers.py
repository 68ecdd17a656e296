"""What each item is worth to this unit, with the groups as they really stand."""

from dataclasses import dataclass
from fractions import Fraction

from sucharit.assessments.engine.model import Item
from sucharit.assessments.engine.planner.standing import Standing, Values, values_of


@dataclass(frozen=True, slots=True)
class Lever:
    """One item that can be moved.

    `share` is what one point of the item adds to the total, exact. `up` is what the total gains when
    the item reaches `full`, `down` what it loses when the item falls to its lowest points.
    """

    item: str
    instrument: str
    surveyed: bool
    value: Fraction
    full: Fraction
    share: Fraction
    up: Fraction
    down: Fraction


def levers(standing: Standing) -> list[Lever]:
    """Items by what they can still add to the total, largest first; ties in document order.

    Items without a value, that do not apply, or under a fixed figure are left out.
    """
    values = values_of(standing)
    found = [
        lever
        for item in standing.edition.items
        if (lever := _lever(standing, item, values)) is not None
    ]
    return sorted(found, key=lambda lever: -lever.up)


def shares(standing: Standing, item: str, values: Values) -> tuple[Fraction, Fraction]:
    """What one point of an item adds to the total, and to its instrument."""
    edition, share = standing.edition, Fraction(1)
    for code in edition.path(item):
        if code in edition.instrument:
            return share * edition.instrument[code].weight, share
        above = edition.parent(code)
        assert above is not None
        known = sum(values[child] is not None for child in edition.children(above))
        share /= known
    raise KeyError(item)


def _lever(standing: Standing, item: Item, values: Values) -> Lever | None:
    value = values[item.code]
    if value is None or standing.frozen(item.code):
        return None
    share, _within = shares(standing, item.code, values)
    full = Fraction(100) if item.surveyed else max(item.allowed_points)
    low = Fraction(0) if item.surveyed else min(item.allowed_points)
    return Lever(
        item.code,
        standing.edition.instrument_of(item.code),
        item.surveyed,
        value,
        full,
        share,
        share * (full - value),
        share * (value - low),
    )
