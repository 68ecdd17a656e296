"""Who depends on whom, and an order in which everything can be computed."""

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from sucharit.assessments.engine.expressions import names

from .model import Item, ScoreNode


def dependencies(item: Item) -> frozenset[str]:
    """The names whose values decide this item's relevance and value (not its checks)."""
    found: set[str] = set()
    for expression in (item.relevant, item.calculation, item.choice_filter, item.repeat_count):
        if expression is not None:
            found |= names(expression)
    return frozenset(found)


def item_order(items: Iterable[Item]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """An order of computation, and the ids of a circle (empty when there is none).

    An item comes after its section or repeat, and after what its expressions name.
    """
    known = {item.id: item for item in items}
    graph = {
        item.id: [name for name in (*sorted(dependencies(item)), item.parent) if name in known]
        for item in known.values()
    }
    return _ordered(graph)


def node_order(nodes: Mapping[str, ScoreNode]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """An order of scores, parts first, and the codes of a circle (empty when there is none)."""
    return _ordered(
        {code: [part for part, _ in node.parts if part in nodes] for code, node in nodes.items()}
    )


def _ordered(graph: Mapping[str, list[str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    try:
        return tuple(TopologicalSorter(graph).static_order()), ()
    except CycleError as error:
        circle = tuple(reversed(error.args[1]))
        return (), circle
