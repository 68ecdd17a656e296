"""Does an edition make sense? The invariants every framework must keep (ita.md §9.1)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from .model import TOTAL, Band, Edition, Item, MergeMode, NodeKind
from .packing import MISSING

_HUNDRED = Fraction(100)


@dataclass(frozen=True, slots=True)
class Problem:
    """One broken invariant: where, and what is wrong."""

    path: str
    message: str


def check_edition(edition: Edition) -> list[Problem]:
    """Every broken invariant of an edition; an empty list means it may be used.

    An edition marked `complete: no` may have groups without items (they can hold published values).
    """
    checks = (_codes, _weights, _tree, _group_sizes, _scales, _items, _bands, _rules)
    return [problem for check in checks for problem in check(edition)]


def _codes(edition: Edition) -> Iterator[Problem]:
    questions = [
        q.code for item in edition.items for q in item.subquestions if len(item.subquestions) > 1
    ]
    for code, times in Counter([*edition.nodes, *questions]).items():
        if times > 1:
            yield Problem(code, f"the code {code!r} is used {times} times")
        if not code or code != code.strip():
            yield Problem(code, "a code is blank or has spaces around it")
    for item in edition.items:
        if len(item.subquestions) == 1 and item.subquestions[0].code != item.code:
            yield Problem(item.code, "the only sub-question must carry the code of its item")


def _weights(edition: Edition) -> Iterator[Problem]:
    total = sum((instrument.weight for instrument in edition.instruments), Fraction(0))
    if total != 1:
        yield Problem("instruments", f"the weights add up to {total}, not 1")
    for instrument in edition.instruments:
        if instrument.weight <= 0:
            yield Problem(instrument.code, "the weight must be above 0")


def _tree(edition: Edition) -> Iterator[Problem]:
    wanted = {
        NodeKind.INDICATOR: (NodeKind.INSTRUMENT,),
        NodeKind.SUB_INDICATOR: (NodeKind.INDICATOR,),
        NodeKind.ITEM: (NodeKind.INDICATOR, NodeKind.SUB_INDICATOR),
    }
    for code, kind in edition.node_kind.items():
        parent = edition.parent(code)
        if kind in wanted and edition.node_kind.get(parent or "") not in wanted[kind]:
            yield Problem(code, f"its parent {parent!r} is not a group it may stand in")
    for code in edition.nodes:
        kinds = {edition.node_kind[child] for child in edition.children(code)}
        if edition.node_kind[code] is NodeKind.ITEM:
            continue
        if not kinds and (edition.complete or code == TOTAL):
            yield Problem(code, "the group is empty")
        if len(kinds) > 1:
            yield Problem(code, "holds both sub-indicators and items")


def _group_sizes(edition: Edition) -> Iterator[Problem]:
    for code, size in edition.group_sizes.items():
        if code not in edition.node_kind:
            yield Problem("group_sizes", f"no group {code!r}")
            continue
        found = len(edition.children(code))
        if found != size and (found or edition.complete):
            yield Problem(code, f"group_sizes says {size}, the document holds {found}")


def _scales(edition: Edition) -> Iterator[Problem]:
    for scale in edition.scales:
        points = [option.points for option in scale.options]
        if not {Fraction(0), _HUNDRED} <= set(points):
            yield Problem(scale.code, "the points of a scale must contain 0 and 100")
        if any(not 0 <= value <= _HUNDRED for value in points):
            yield Problem(scale.code, "points must lie between 0 and 100")
        if len(scale.index) != len(scale.options) or "" in scale.index:
            yield Problem(scale.code, "option codes must be given and differ")
        if len(scale.options) >= MISSING - 1:
            yield Problem(scale.code, f"a scale has at most {MISSING - 2} options")


def _items(edition: Edition) -> Iterator[Problem]:
    for item in edition.items:
        if bool(item.subquestions) == bool(item.allowed_points):
            yield Problem(item.code, "needs either sub-questions or allowed points")
        yield from _points(item)
        instrument = edition.instrument.get(edition.path(item.code)[-2])
        if instrument and instrument.surveyed != item.surveyed:
            yield Problem(item.code, f"does not fit {instrument.code}: who answers it?")


def _points(item: Item) -> Iterator[Problem]:
    if item.surveyed:
        return
    if not {Fraction(0), _HUNDRED} <= set(item.allowed_points):
        yield Problem(item.code, "allowed points must contain 0 and 100")
    if any(not 0 <= value <= _HUNDRED for value in item.allowed_points):
        yield Problem(item.code, "allowed points must lie between 0 and 100")


def _bands(edition: Edition) -> Iterator[Problem]:
    def rank(band: Band) -> tuple[Fraction, Fraction]:
        return band.min_total, Fraction(-1) if band.min_each is None else band.min_each

    ranks = [rank(band) for band in edition.bands]
    if not ranks:
        yield Problem("bands", "no result level is defined")
        return
    if any(better <= worse for better, worse in pairwise(ranks)):
        yield Problem("bands", "must stand best first, each one easier than the one before")
    if ranks[-1] != (Fraction(0), Fraction(-1)):
        yield Problem("bands", "the last level must take everything from 0")
    if ranks[0][0] > _HUNDRED:
        yield Problem("bands", "no total can reach a level above 100")
    if len({band.level for band in edition.bands}) != len(edition.bands):
        yield Problem("bands", "level codes must differ")


def _rules(edition: Edition) -> Iterator[Problem]:
    merge, rule = edition.eit_merge, edition.sample_rule
    for instrument in edition.instruments:
        if merge.mode is MergeMode.WEIGHTS and instrument.parts:
            missing = set(instrument.parts) - set(merge.weights)
            if missing or sum(merge.weights[part] for part in instrument.parts) != 1:
                yield Problem("eit_merge", "weights of the parts must be given and add up to 1")
    if rule and not (0 < rule.rate <= 1 and 0 < rule.floor <= rule.cap and rule.census_below >= 0):
        yield Problem("sample_rule", "needs 0 < rate <= 1 and 0 < floor <= cap")
    if edition.rounding.mode != "half_up" or not 0 <= edition.rounding.digits <= 6:
        yield Problem("rounding", "only half_up with 0 to 6 digits is defined")
