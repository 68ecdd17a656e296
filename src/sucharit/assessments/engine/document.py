"""From the framework document (plain mappings and texts) to an `Edition`."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeVar

from .exact import exact
from .model import (
    Band,
    Edition,
    EitMerge,
    Group,
    Instrument,
    Item,
    Label,
    MergeMode,
    Option,
    Rounding,
    SampleRule,
    Scale,
    ShortfallMode,
    SubQuestion,
)

_M = TypeVar("_M")


class DocumentError(ValueError):
    """The document has not the shape of a framework; `path` says where."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
        self.message = message


class _Part:
    """A mapping of the document with the path to it, so that every error can name its place."""

    def __init__(self, data: Any, path: str) -> None:
        if not isinstance(data, Mapping):
            raise DocumentError(path, "must be a mapping")
        self.data = data
        self.path = path

    def at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def text(self, key: str, default: str | None = None) -> str:
        value = self.data.get(key, default)
        if value is None:
            raise DocumentError(self.at(key), "is missing")
        if not isinstance(value, (str, int)) or isinstance(value, bool):
            raise DocumentError(self.at(key), f"must be a text, not {value!r}")
        return str(value)

    def yes(self, key: str, default: str = "no") -> bool:
        value = self.data.get(key, default)
        if value in ("yes", "no", True, False):
            return value in ("yes", True)
        raise DocumentError(self.at(key), f'must be "yes" or "no", not {value!r}')

    def number(self, key: str, default: str | None = None) -> Fraction:
        return _number(self.text(key, default), self.at(key))

    def whole(self, key: str, default: str | None = None) -> int:
        value = self.number(key, default)
        if value.denominator != 1:
            raise DocumentError(self.at(key), f"must be a whole number, not {value}")
        return value.numerator

    def label(self, key: str) -> Label:
        value = self.data.get(key)
        if isinstance(value, str):
            return Label(value, value)
        part = _Part(value if value is not None else {}, self.at(key))
        thai = part.text("th", "")
        return Label(thai, part.text("en", thai))

    def part(self, key: str) -> "_Part":
        return _Part(self.data.get(key) or {}, self.at(key))

    def parts(self, key: str) -> list["_Part"]:
        value = self.data.get(key) or []
        if not isinstance(value, Sequence) or isinstance(value, str):
            raise DocumentError(self.at(key), "must be a list")
        return [_Part(entry, f"{self.at(key)}[{place}]") for place, entry in enumerate(value)]

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.data.get(key) or []
        if not isinstance(value, Sequence) or isinstance(value, str):
            raise DocumentError(self.at(key), "must be a list")
        return tuple(str(entry) for entry in value)


def read_document(document: Mapping[str, Any]) -> Edition:
    """Read a framework document. Shape errors raise; `check_edition` checks the meaning."""
    root = _Part(document, "")
    scales = {
        code: _scale(code, root.part("scales").part(code)) for code in root.part("scales").data
    }
    return Edition(
        code=root.text("id"),
        version=root.text("version"),
        fiscal_year=root.text("fiscal_year", ""),
        kind=root.text("kind", "ita"),
        title=root.label("title"),
        instruments=tuple(_instrument(part) for part in root.parts("instruments")),
        indicators=tuple(_group(part) for part in root.parts("indicators")),
        sub_indicators=tuple(_group(part) for part in root.parts("sub_indicators")),
        scales=tuple(scales.values()),
        items=tuple(_item(part, scales) for part in root.parts("items")),
        bands=tuple(_band(part) for part in root.parts("bands")),
        sample_rule=_sample_rule(root),
        eit_merge=_eit_merge(root.part("eit_merge")),
        shortfall=_mode(root.part("shortfall_policy"), ShortfallMode, "warn"),
        rounding=_rounding(root.part("rounding")),
        group_sizes=_group_sizes(root.part("group_sizes")),
        complete=root.yes("complete", "yes"),
        verified=root.yes("verified"),
    )


def _number(text: str, path: str) -> Fraction:
    try:
        return exact(text)
    except ValueError as error:
        raise DocumentError(path, str(error)) from error


def _scale(code: str, part: _Part) -> Scale:
    options = tuple(
        Option(o.text("code"), o.label("label"), o.number("points")) for o in part.parts("options")
    )
    return Scale(str(code), options)


def _instrument(part: _Part) -> Instrument:
    respondents = part.text("respondents", "none")
    if respondents not in ("internal", "external", "none"):
        raise DocumentError(part.at("respondents"), "must be internal, external or none")
    return Instrument(
        part.text("code"),
        part.label("title"),
        part.number("weight"),
        respondents,
        part.texts("parts"),
    )


def _group(part: _Part) -> Group:
    return Group(part.text("code"), part.text("in"), part.label("title"))


def _item(part: _Part, scales: Mapping[str, Scale]) -> Item:
    points = part.texts("allowed_points")
    return Item(
        code=part.text("code"),
        parent=part.text("in"),
        title=part.label("title"),
        subquestions=tuple(_subquestion(q, scales) for q in part.parts("subquestions")),
        allowed_points=tuple(_number(text, part.at("allowed_points")) for text in points),
        not_applicable=part.yes("not_applicable"),
        elements=tuple(_label_of(e, part) for e in part.data.get("elements") or []),
        topic=part.text("topic", ""),
    )


def _label_of(value: Any, part: _Part) -> Label:
    return _Part({"label": value}, part.at("elements")).label("label")


def _subquestion(part: _Part, scales: Mapping[str, Scale]) -> SubQuestion:
    scale = part.text("scale")
    if scale not in scales:
        raise DocumentError(part.at("scale"), f"no scale {scale!r} is defined")
    return SubQuestion(part.text("code"), scales[scale], part.label("text"))


def _band(part: _Part) -> Band:
    each = part.text("min_each", "")
    return Band(
        level=part.text("level"),
        label=part.label("label"),
        min_total=part.number("min_total"),
        min_each=_number(each, part.at("min_each")) if each else None,
        passed=part.yes("pass"),
    )


def _sample_rule(root: _Part) -> SampleRule | None:
    part = root.part("sample_rule")
    if not part.data:
        return None
    return SampleRule(
        part.number("rate"), part.whole("floor"), part.whole("census_below"), part.whole("cap")
    )


def _mode(part: _Part, modes: Callable[[str], _M], default: str) -> _M:
    value = part.text("mode", default)
    try:
        return modes(value)
    except ValueError as error:
        raise DocumentError(part.at("mode"), f"{value!r} is not a known mode") from error


def _eit_merge(part: _Part) -> EitMerge:
    weights = part.part("weights")
    return EitMerge(
        _mode(part, MergeMode, "pooled"), {str(code): weights.number(code) for code in weights.data}
    )


def _rounding(part: _Part) -> Rounding:
    return Rounding(part.whole("digits", "2"), part.text("mode", "half_up"))


def _group_sizes(part: _Part) -> dict[str, int]:
    return {str(code): part.whole(code) for code in part.data}
