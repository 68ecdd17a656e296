"""From the document to the frozen model."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from sucharit.assessments.engine.exact import exact
from sucharit.assessments.engine.expressions import Node as Expression
from sucharit.assessments.engine.expressions import parse

from . import keys
from .graph import item_order, node_order
from .model import Band, External, Instrument, Item, Option, Profile, Scale, ScoreNode
from .problems import UNREADABLE, DocumentError

_YES = "yes"


def read(document: Mapping[str, Any]) -> Instrument:
    """The instrument of a document. Raises DocumentError with every finding that prevents it."""
    from .checks import check_document

    unreadable = [one for one in check_document(document) if one.code in UNREADABLE]
    if unreadable:
        raise DocumentError(unreadable)
    return assemble(document)


def assemble(document: Mapping[str, Any]) -> Instrument:
    """The instrument of a document that is known to be readable."""
    scales = {code: _scale(code, scale) for code, scale in document.get("scales", {}).items()}
    items = tuple(_item(at, item, scales) for at, item in enumerate(document["items"]))
    scoring = document.get("scoring", {})
    nodes = {code: _node(code, node, items) for code, node in scoring.get("nodes", {}).items()}
    year = document.get("fiscal_year")
    return Instrument(
        id=document["id"],
        version=int(document["version"]),
        kind=document["kind"],
        languages=tuple(document["languages"]),
        title=document["title"],
        fiscal_year=int(year) if year else None,
        verified=document.get("verified") == _YES,
        source=document.get("source", ""),
        profiles={code: _profile(code, one) for code, one in document.get("profiles", {}).items()},
        external={code: _external(code, one) for code, one in document.get("external", {}).items()},
        scales=scales,
        items=items,
        nodes=nodes,
        unit_order=scoring.get("unit_order", "item_mean_first"),
        digits=int(scoring.get("round", {}).get("digits", "2")),
        bands=tuple(_band(band) for band in document.get("bands", [])),
        order=item_order(items)[0],
        node_order=node_order(nodes)[0],
    )


def _scale(code: str, scale: Mapping[str, Any]) -> Scale:
    return Scale(code, tuple(_option(option) for option in scale["options"]))


def _option(option: Mapping[str, Any]) -> Option:
    return Option(
        code=option["code"],
        label=option["label"],
        points=_number(option.get("points")),
        na=option.get("na") == _YES,
        columns={key: value for key, value in option.items() if key not in keys.OPTION},
    )


def _item(at: int, item: Mapping[str, Any], scales: Mapping[str, Scale]) -> Item:
    max_chars = item.get("max_chars")
    return Item(
        id=item["id"],
        type=item["type"],
        position=at,
        parent=item.get("in", ""),
        label=item.get("label") or item.get("title") or {},
        hint=item.get("hint"),
        scale=scales[item["scale"]] if "scale" in item else None,
        required=item.get("required") == _YES,
        required_message=item.get("required_message"),
        reverse=item.get("reverse") == _YES,
        weight=_number(item.get("weight")) or (Fraction(0) if "weight" in item else Fraction(1)),
        indicator=item.get("indicator", ""),
        relevant=_expression(item.get("relevant")),
        constraint=_expression(item.get("constraint")),
        constraint_message=item.get("constraint_message"),
        choice_filter=_expression(item.get("choice_filter"), columns=True),
        calculation=_expression(item.get("calculation")),
        repeat_count=_expression(item.get("repeat_count")),
        evidence=item.get("evidence", "none"),
        profiles=frozenset(item.get("profiles", ())),
        not_applicable=item.get("not_applicable") == _YES,
        min=item.get("min", ""),
        max=item.get("max", ""),
        step=item.get("step", ""),
        max_chars=int(max_chars) if max_chars else None,
        default=item.get("default", ""),
        allowed=tuple(exact(text) for text in item.get("allowed", ())),
        correct=tuple(item.get("correct", ())),
        points=exact(item.get("points", "1")),
        appearance=item.get("appearance", ""),
        read_only=item.get("read_only") == _YES,
    )


def _node(code: str, node: Mapping[str, Any], items: tuple[Item, ...]) -> ScoreNode:
    own = {item.id: item.weight for item in items}
    of = node.get("of")
    if of is None:
        # Without `of`, a score is made of the items that name it as their indicator.
        of = [item.id for item in items if item.indicator == code]
    if isinstance(of, Mapping):
        parts = tuple((part, exact(weight)) for part, weight in of.items())
    else:
        parts = tuple((part, own.get(part, Fraction(1))) for part in of)
    return ScoreNode(
        code=code,
        title=node.get("title", {}),
        agg=node["agg"],
        parts=parts,
        missing=node.get("missing", "drop"),
        min_answered=int(node.get("min_answered", "0")),
    )


def _band(band: Mapping[str, Any]) -> Band:
    passed = band.get("passed")
    return Band(
        code=band["code"],
        title=band["title"],
        min=_number(band.get("min")),
        requires=_expression(band.get("requires")),
        passed=None if passed is None else passed == _YES,
    )


def _profile(code: str, profile: Mapping[str, Any]) -> Profile:
    return Profile(code, profile["title"], tuple(profile.get("unit_types", ())))


def _external(code: str, external: Mapping[str, Any]) -> External:
    return External(code, external["type"], external.get("title", {}))


def _number(text: str | None) -> Fraction | None:
    return None if text is None else exact(text)


def _expression(text: str | None, *, columns: bool = False) -> Expression | None:
    return None if text is None else parse(text, columns=columns)
