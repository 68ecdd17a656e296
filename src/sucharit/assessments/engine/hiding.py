"""Which figures of a unit's score may be shown."""

from collections.abc import Mapping
from fractions import Fraction

from .model import TOTAL, Edition
from .results import NodeScore, UnitScore
from .suppression import Figures, Relation, Why, protect

NARROW = Fraction(10)
"""Points of 100: a hidden mean of a few people that can be told to within so much is not hidden."""


def hidden_nodes(edition: Edition, score: UnitScore, least: int) -> dict[str, Why]:
    """Nodes that must not be shown, and why, where fewer than `least` respondents are sensitive.

    Marked instruments (disclosure items) stand open elsewhere and are never hidden. The total goes
    before a second instrument does, and always with one.
    """
    small = {c for c, node in score.nodes.items() if node.n is not None and 0 < node.n < least}
    if not small:
        return {}
    hidden = protect(figures_of(edition, score), small)
    if hidden.keys() & edition.instrument.keys():
        hidden.setdefault(TOTAL, Why.COMPLEMENT)
    return hidden


def hidden_parts(edition: Edition, score: UnitScore, least: int) -> frozenset[str]:
    """Instruments whose part scores (EIT 1 and 2) must not be shown.

    The merged score and the other part would give a small part away, at every node above it too:
    so all parts of the instrument go.
    """
    return frozenset(
        edition.instrument_of(code)
        for code, node in score.nodes.items()
        if any(0 < part.n < least for part in node.parts)
    )


def figures_of(edition: Edition, score: UnitScore) -> Figures:
    """The tree of a unit's score as relations, from the total down."""
    relations = []
    for code in edition.nodes:
        node = score.nodes[code]
        used = [child for child in node.children if _counts(score.nodes[child])]
        if node.value is not None and used:
            shares = tuple(score.nodes[child].weight for child in used)
            relations.append(Relation(code, tuple(used), shares))
    marked = {i.code for i in edition.instruments if not i.surveyed}
    fixed = {c for c in edition.nodes if c != TOTAL and edition.instrument_of(c) in marked}
    sizes: Mapping[str, int | None] = {code: node.n for code, node in score.nodes.items()}
    return Figures(
        relations=tuple(relations),
        size=sizes,
        fixed=frozenset(fixed),
        whole_first=frozenset({TOTAL}),
        value={c: node.value for c, node in score.nodes.items() if node.value is not None},
        bounds=(Fraction(0), Fraction(100)),
        narrow=NARROW,
    )


def _counts(node: NodeScore) -> bool:
    return node.value is not None and node.weight > 0
