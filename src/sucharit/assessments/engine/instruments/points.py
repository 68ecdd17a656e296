"""The points that an answer gives."""

from fractions import Fraction

from sucharit.assessments.engine.exact import exact
from sucharit.assessments.engine.expressions import Rows, Value, number_of

from .model import Item


def points_of(item: Item, value: Value) -> Fraction | None:
    """The points an answer gives; None for no answer, "does not know" and the like."""
    if value is None:
        return None
    if isinstance(value, Rows):
        found = [points for one in value if (points := points_of(item, one)) is not None]
        return sum(found, Fraction(0)) / len(found) if found else None
    if item.correct:
        return item.points if _is_correct(item, value) else Fraction(0)
    if item.scale is not None:
        return _scale_points(item, value)
    number = number_of(value)
    if number is not None and item.reverse and item.span is not None:
        return sum(item.span, Fraction(0)) - number
    return number


def _is_correct(item: Item, value: Value) -> bool:
    if item.scale is None:
        return number_of(value) == exact(item.correct[0])
    chosen = value if isinstance(value, tuple) else (value,)
    return set(chosen) == set(item.correct)


def _scale_points(item: Item, value: Value) -> Fraction | None:
    assert item.scale is not None
    codes = value if isinstance(value, tuple) else (str(value),)
    options = [item.scale.by_code[str(code)] for code in codes]
    points = [option.points for option in options if option.points is not None and not option.na]
    if not points:
        return None
    total = sum(points, Fraction(0))
    return sum(item.span, Fraction(0)) - total if item.reverse and item.span else total
