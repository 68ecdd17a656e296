"""Scores and bands: parts that have points, weights, circles, levels that can be reached."""

from collections.abc import Iterator, Mapping
from typing import Any

from sucharit.assessments.engine.instruments.graph import node_order
from sucharit.assessments.engine.instruments.model import Instrument, ScoreNode
from sucharit.assessments.engine.instruments.problems import DocumentProblem, Path, problem

TOTAL = "total"


def score_problems(
    document: Mapping[str, Any], instrument: Instrument
) -> Iterator[DocumentProblem]:
    """Findings about `scoring` and `bands`."""
    circle = node_order(instrument.nodes)[1]
    if circle:
        yield problem(("scoring", "nodes", circle[0]), "node_cycle", codes=" → ".join(circle))
        return
    for node in instrument.nodes.values():
        yield from _node(document, instrument, node)
    yield from _unused(instrument)
    yield from _bands(instrument)


def _node(
    document: Mapping[str, Any], instrument: Instrument, node: ScoreNode
) -> Iterator[DocumentProblem]:
    path: Path = ("scoring", "nodes", node.code)
    if not node.parts:
        yield problem((*path, "of"), "empty")
        return
    for part, weight in node.parts:
        if part not in instrument.nodes and not instrument.by_id[part].is_scored:
            yield problem((*path, "of"), "unscored_part", code=part)
        if weight < 0:
            yield problem((*path, "of"), "weight_negative")
    weighted = isinstance(document["scoring"]["nodes"][node.code].get("of"), Mapping)
    if weighted and node.agg not in {"weighted_mean", "sum"}:
        yield problem((*path, "of"), "weights_use")
    if node.agg == "weighted_mean" and not sum(weight for _, weight in node.parts):
        yield problem((*path, "of"), "weights_zero")
    if node.min_answered > len(node.parts):
        yield problem((*path, "min_answered"), "min_answered")


def _unused(instrument: Instrument) -> Iterator[DocumentProblem]:
    nodes = instrument.nodes
    used = {part for node in nodes.values() for part, _ in node.parts}
    if TOTAL in nodes:
        for code in nodes:
            if code not in used and code != TOTAL:
                yield problem(("scoring", "nodes", code), "unused_node", "warning")
    for item in instrument.items if nodes else ():
        marked = item.type == "points" or bool(item.correct)
        marked = marked or bool(item.scale is not None and item.scale.points and item.is_scored)
        if marked and item.id not in used:
            yield problem(("items", item.position), "unscored_item", "warning")


def _bands(instrument: Instrument) -> Iterator[DocumentProblem]:
    if instrument.bands and TOTAL not in instrument.nodes:
        yield problem(("bands",), "no_total")
    # A band without a condition takes every total from its minimum on: nothing below may ask more.
    taken_from = None
    closed = False
    for at, band in enumerate(instrument.bands):
        path: Path = ("bands", at)
        if closed or (taken_from is not None and band.min is not None and band.min >= taken_from):
            yield problem(path, "band_never")
        if band.requires is None:
            closed = closed or band.min is None
            if band.min is not None:
                taken_from = band.min if taken_from is None else min(taken_from, band.min)
