"""Expressions looked at by their meaning: names, circles, types, conditions that never hold."""

from collections.abc import Iterator, Mapping

from sucharit.assessments.engine.exact import fraction_text
from sucharit.assessments.engine.expressions import (
    Clash,
    Context,
    Here,
    Kind,
    Node,
    Type,
    check,
    columns,
    infer,
    names,
    to_xpath,
    truth,
    uses,
    walk,
)
from sucharit.assessments.engine.instruments.graph import item_order
from sucharit.assessments.engine.instruments.model import Instrument, Item
from sucharit.assessments.engine.instruments.problems import (
    DocumentProblem,
    Path,
    explained,
    problem,
)

_FREE = {
    "integer": Type(Kind.NUMBER),
    "decimal": Type(Kind.NUMBER),
    "range": Type(Kind.NUMBER),
    "text": Type(Kind.TEXT),
    "file": Type(Kind.TEXT),
    "image": Type(Kind.TEXT),
    "geopoint": Type(Kind.TEXT),
    "acknowledge": Type(Kind.TEXT, frozenset({"OK"})),
    "date": Type(Kind.DATE),
    "datetime": Type(Kind.DATE),
    "time": Type(Kind.TIME),
    "boolean": Type(Kind.BOOLEAN),
}
_CONDITIONS = ("relevant", "constraint", "choice_filter")
_VALUES = ("calculation", "repeat_count")


def condition_problems(instrument: Instrument) -> Iterator[DocumentProblem]:
    """Findings about relevance, constraints, filters, calculations and what bands require."""
    yield from _unknown(instrument)
    circle = item_order(instrument.items)[1]
    if circle:
        at = instrument.by_id[circle[0]].position
        yield problem(("items", at), "cycle", codes=" → ".join(circle))
        return
    types = _types(instrument)
    for item in instrument.items:
        yield from _item(instrument, item, types)
    scores = types | {code: Type(Kind.NUMBER) for code in instrument.nodes}
    for at, band in enumerate(instrument.bands):
        if band.requires is not None:
            path: Path = ("bands", at, "requires")
            for clash in check(band.requires, _Seen(instrument, scores), condition=True):
                yield _clash(path, clash)


def _unknown(instrument: Instrument) -> Iterator[DocumentProblem]:
    known = {item.id for item in instrument.items if item.has_value or item.type == "repeat"}
    known |= set(instrument.external)
    for item in instrument.items:
        for key in (*_CONDITIONS, *_VALUES):
            expression = getattr(item, key)
            for name in sorted(names(expression) - known) if expression is not None else ():
                code = "node_name" if name in instrument.nodes else "unknown_name"
                yield problem(("items", item.position, key), code, name=name)
    for at, band in enumerate(instrument.bands):
        asked = names(band.requires) if band.requires is not None else frozenset()
        for name in sorted(asked - known - set(instrument.nodes)):
            yield problem(("bands", at, "requires"), "unknown_name", name=name)


def _types(instrument: Instrument) -> dict[str, Type]:
    types = {code: _FREE[one.type] for code, one in instrument.external.items()}
    for code in instrument.order:
        item = instrument.by_id[code]
        if item.calculation is not None:
            types[code] = infer(item.calculation, _inside(instrument, item, types))
        else:
            types[code] = _type_of(item)
    return types


def _type_of(item: Item) -> Type:
    if item.type == "repeat":
        return Type(Kind.ROWS)
    if item.type == "points":
        return Type(Kind.NUMBER, frozenset(fraction_text(value) for value in item.allowed))
    if item.scale is not None:
        kind = Kind.TEXT if item.type == "choice" else Kind.SET
        return Type(kind, frozenset(item.scale.by_code))
    return _FREE.get(item.type, Type(Kind.ANY))


class _Seen(Mapping[str, Type]):
    """The types as an item sees them: one value within its own repeat, rows of other repeats."""

    def __init__(self, instrument: Instrument, types: Mapping[str, Type], own: str = "") -> None:
        self.repeat_of = instrument.repeat_of
        self.types = types
        self.own = own

    def __getitem__(self, name: str) -> Type:
        found = self.types[name]
        repeat = self.repeat_of.get(name)
        return Type(Kind.ROWS) if repeat and repeat != self.own else found

    def __iter__(self) -> Iterator[str]:
        return iter(self.types)

    def __len__(self) -> int:
        return len(self.types)


def _inside(instrument: Instrument, item: Item, types: Mapping[str, Type]) -> _Seen:
    return _Seen(instrument, types, instrument.repeat_of.get(item.id, ""))


def _item(
    instrument: Instrument, item: Item, types: Mapping[str, Type]
) -> Iterator[DocumentProblem]:
    seen, here = _inside(instrument, item, types), types[item.id]
    for key in _CONDITIONS:
        expression: Node | None = getattr(item, key)
        if expression is None:
            continue
        path: Path = ("items", item.position, key)
        clashes = check(expression, seen, here, condition=True)
        for clash in clashes:
            yield _clash(path, clash)
        if not clashes and _never(expression):
            text = to_xpath(expression)
            yield explained(path, "unreachable", text, text)
    for key in _VALUES:
        expression = getattr(item, key)
        if expression is not None:
            wanted = here if key == "calculation" else Type(Kind.ANY)
            for clash in check(expression, seen, wanted):
                yield _clash(("items", item.position, key), clash)


def _clash(path: Path, clash: Clash) -> DocumentProblem:
    code = "unreachable" if clash.never and path[-1] == "relevant" else "clash"
    return explained(path, code, clash.message, clash.message_th)


def _never(expression: Node) -> bool:
    """Whether a condition reads nothing and so never changes, and does not hold."""
    fixed = not names(expression) and not columns(expression) and not uses(expression, "today")
    fixed = fixed and not any(isinstance(part, Here) for part in walk(expression))
    return fixed and not truth(expression, Context())
