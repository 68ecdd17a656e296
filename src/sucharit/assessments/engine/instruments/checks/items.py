"""Scales and single items: points, bounds, defaults, answers of tests."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sucharit.assessments.engine.exact import exact
from sucharit.assessments.engine.instruments.answers import read_answer
from sucharit.assessments.engine.instruments.model import NUMERIC, Instrument, Item, Scale
from sucharit.assessments.engine.instruments.problems import DocumentProblem, Path, problem
from sucharit.assessments.engine.instruments.shape import is_number


def item_problems(document: Mapping[str, Any], instrument: Instrument) -> Iterator[DocumentProblem]:
    """Findings about scales and items."""
    for scale in instrument.scales.values():
        yield from _scale(scale)
    for item in instrument.items:
        path: Path = ("items", item.position)
        bounds = list(_bounds(path, item))
        yield from bounds
        yield from _points(path, item)
        if not bounds:
            yield from _default(path, item)
    if instrument.kind == "test" and not any(item.correct for item in instrument.items):
        yield problem(("items",), "test_key")
    if document.get("verified") == "yes" and not document.get("source"):
        yield problem(("verified",), "source")


def _scale(scale: Scale) -> Iterator[DocumentProblem]:
    path: Path = ("scales", scale.code, "options")
    counting = [option for option in scale.options if not option.na]
    if not counting:
        yield problem(path, "only_na")
    pointed = [option for option in counting if option.points is not None]
    if pointed and len(pointed) < len(counting):
        yield problem(path, "points_mixed")
    for at, option in enumerate(scale.options):
        if option.na and option.points is not None:
            yield problem((*path, at, "points"), "na_points")


def _bounds(path: Path, item: Item) -> Iterator[DocumentProblem]:
    wanted = "a date such as 2024-03-18" if item.type == "date" else "a number"
    for key in ("min", "max"):
        text = getattr(item, key)
        if text and is_number(text) is (item.type == "date"):
            yield problem((*path, key), "form", found=text, wanted=wanted)
            return
        if item.type == "repeat" and text and not text.isdecimal():
            yield problem((*path, key), "form", found=text, wanted="a whole number")
            return
    if item.min and item.max and _bound(item, item.min) > _bound(item, item.max):
        yield problem((*path, "min"), "bounds")
    if item.step and exact(item.step) <= 0:
        yield problem((*path, "step"), "step")


def _bound(item: Item, text: str) -> Any:
    return date.fromisoformat(text) if item.type == "date" else exact(text)


def _points(path: Path, item: Item) -> Iterator[DocumentProblem]:
    turnable = item.type == "range" or (item.scale is not None and bool(item.scale.points))
    if item.reverse and (not turnable or item.correct):
        yield problem((*path, "reverse"), "reverse")
    if item.weight < 0:
        yield problem((*path, "weight"), "weight_negative")


def _default(path: Path, item: Item) -> Iterator[DocumentProblem]:
    if not item.default or item.type == "hidden":
        return
    if item.type == "date" and item.default == "today()":
        return
    raw: Any = item.default.split() if item.type in {"choices", "rank"} else item.default
    value, code, _details = read_answer(item, raw)
    if code or (value is None and item.type not in NUMERIC):
        yield problem((*path, "default"), "default", found=item.default)
