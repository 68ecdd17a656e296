"""Scoring one unit in exact fractions: the reference every faster path must equal (ita.md §9.2).

Order of the means, from below: sub-questions a respondent answered → respondents → items of a group
→ sub-indicators → indicators → instrument → weighted total. Nothing is rounded on the way.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from .exact import half_up
from .inputs import InputError, Tallies, Tally, UnitInput, check_input, tally
from .model import (
    TOTAL,
    Edition,
    EitMerge,
    Instrument,
    Item,
    MergeMode,
    NodeKind,
    ShortfallMode,
)
from .results import NOT_SCORED, Level, NodeScore, Note, PartScore, Status, UnitScore, level_of
from .sample import sample_size

_ZERO = Fraction(0)


def score_unit(
    edition: Edition,
    unit: UnitInput,
    *,
    eit_merge: EitMerge | None = None,
    shortfall: ShortfallMode | None = None,
) -> UnitScore:
    """Score one unit; `eit_merge` and `shortfall` replace the edition's own rules.

    Raises InputError or AnswerError for input the edition has no place for.
    """
    check_input(edition, unit)
    asked = {response.instrument for response in unit.rows} | set(unit.counts)
    for code in asked & set(edition.instrument):
        require_items(edition, code)
    scorer = _Scorer(
        edition,
        unit,
        tally(edition, unit),
        eit_merge or edition.eit_merge,
        shortfall or edition.shortfall,
    )
    scorer.visit(TOTAL, published_above=False)
    nodes = {code: scorer.nodes[code] for code in edition.nodes}
    return UnitScore(edition, nodes, _level(edition, nodes))


def require_items(edition: Edition, instrument: str) -> None:
    """Refuse to score responses of an instrument whose items are not known in this edition."""
    if not any(item.surveyed for item in edition.items_of(instrument)):
        raise InputError(
            f"the items of {instrument} are not known in {edition.code}: "
            "responses cannot be scored, only published values can be used"
        )


def _level(edition: Edition, nodes: dict[str, NodeScore]) -> Level | None:
    if nodes[TOTAL].status is Status.NOT_SCORED:
        return NOT_SCORED

    def shown(code: str) -> int | None:
        value = nodes[code].value
        return None if value is None else half_up(value, edition.rounding.digits)

    return level_of(edition, shown(TOTAL), [shown(i.code) for i in edition.instruments])


@dataclass
class _Scorer:
    edition: Edition
    unit: UnitInput
    tallies: Tallies
    merge: EitMerge
    shortfall: ShortfallMode

    def __post_init__(self) -> None:
        self.nodes: dict[str, NodeScore] = {}

    def visit(self, code: str, *, published_above: bool) -> NodeScore:
        """Score a node after all nodes below it."""
        published = code in self.unit.values
        for child in self.edition.children(code):
            self.visit(child, published_above=published_above or published)
        kind = self.edition.node_kind[code]
        if kind is NodeKind.ITEM:
            node = self._item(self.edition.item[code], published_above or published)
        elif kind is NodeKind.TOTAL:
            node = self._total()
        else:
            node = self._group(code)
        if published:
            value = self.unit.values[code]
            node = replace(node, value=value, n=None, status=Status.PUBLISHED, rule="published")
            node = replace(node, notes=())
        elif kind is NodeKind.INSTRUMENT:
            node = self._check_sample(self.edition.instrument[code], node)
        self.nodes[code] = node
        return node

    # --- items

    def _item(self, item: Item, published: bool) -> NodeScore:
        if item.surveyed:
            return self._survey_item(item)
        marks = self.unit.marks
        if marks is None or (published and item.code not in marks):
            return _leaf(item.code, None, Status.MISSING, "missing")
        if item.code not in marks:
            return _leaf(item.code, _ZERO, Status.OK, "item_not_submitted")
        points = marks[item.code]
        if points is None:
            return _leaf(item.code, None, Status.NOT_APPLICABLE, "not_applicable")
        return _leaf(item.code, points, Status.OK, "item_mark")

    def _survey_item(self, item: Item) -> NodeScore:
        instrument = self.edition.instrument[self.edition.instrument_of(item.code)]
        none = Tally(_ZERO, 0)
        found = [(p, self.tallies.items.get((item.code, p), none)) for p in instrument.part_codes]
        answered = [(part, tally) for part, tally in found if tally.n]
        people = sum(tally.n for _, tally in found)
        if not answered:
            return _leaf(item.code, None, Status.MISSING, "missing", people)
        node = _leaf(item.code, self._merged(answered, len(found)), Status.OK, "item_mean", people)
        if not instrument.parts:
            return node
        parts = tuple(PartScore(part, _mean_of(tally), tally.n) for part, tally in found)
        silent = ", ".join(part for part, tally in found if not tally.n)
        notes = (Note("part_missing", (("parts", silent),)),) if silent else ()
        return replace(node, rule=f"item_{self.merge.mode}", parts=parts, notes=notes)

    def _merged(self, answered: list[tuple[str, Tally]], parts: int) -> Fraction:
        """Item score from the parts that have answers; the weights of the others are shared out."""
        if parts == 1 or self.merge.mode is MergeMode.POOLED:
            people = sum(tally.n for _, tally in answered)
            return sum((tally.points for _, tally in answered), _ZERO) / people
        weights = [self.merge.part_weight(part, parts) for part, _ in answered]
        points = [tally.points / tally.n for _, tally in answered]
        if not sum(weights):
            return sum(points, _ZERO) / len(points)
        return sum((w * p for w, p in zip(weights, points, strict=True)), _ZERO) / sum(weights)

    # --- groups

    def _group(self, code: str) -> NodeScore:
        children = [self.nodes[child] for child in self.edition.children(code)]
        values = [child.value for child in children if child.value is not None]
        value, status = mean(values), Status.OK
        if value is None:
            left_out = {child.status for child in children}
            only_na = left_out == {Status.NOT_APPLICABLE}
            status = Status.NOT_APPLICABLE if only_na else Status.MISSING
        rule = "group_mean" if status is Status.OK else str(status)
        self._share(children, lambda _: Fraction(1, len(values)))
        dropped = [child.code for child in children if child.value is None]
        notes = (Note("excluded", (("codes", ", ".join(dropped)),)),) if values and dropped else ()
        node = NodeScore(code, value, None, status, _ZERO, self.edition.children(code), rule)
        instrument = self.edition.instrument[self.edition.instrument_of(code)]
        if not instrument.surveyed:
            return replace(node, notes=notes)
        people = [(p, self.tallies.respondents.get((code, p), 0)) for p in instrument.part_codes]
        parts = tuple(PartScore(p, self._part_value(code, p), n) for p, n in people)
        shown = parts if instrument.parts else ()
        # Respondents are not known where a published figure stands in below.
        known = all(child.n is not None for child in children if child.value is not None)
        n = sum(n for _, n in people) if known else None
        return replace(node, n=n, parts=shown, notes=notes)

    def _part_value(self, code: str, part: str) -> Fraction | None:
        if code in self.edition.item:
            tally = self.tallies.items.get((code, part))
            return _mean_of(tally) if tally else None
        below = (self._part_value(child, part) for child in self.edition.children(code))
        return mean([value for value in below if value is not None])

    def _share(self, children: list[NodeScore], weight: Callable[[NodeScore], Fraction]) -> None:
        for child in children:
            if child.value is not None:
                self.nodes[child.code] = replace(child, weight=weight(child))

    # --- instrument and total

    def _check_sample(self, instrument: Instrument, node: NodeScore) -> NodeScore:
        rule = self.edition.sample_rule
        if not instrument.surveyed or rule is None or node.n is None:
            return node
        population, people = self.unit.population.get(instrument.code), node.n
        if population is None:
            return replace(node, notes=(*node.notes, Note("sample_unknown"))) if people else node
        needed = sample_size(rule, population)
        if people >= needed:
            return node
        figures = {"n": people, "needed": needed, "population": population}
        note = Note("shortfall", tuple((key, str(value)) for key, value in figures.items()))
        node = replace(node, notes=(*node.notes, note))
        if self.shortfall is ShortfallMode.NOT_SCORED:
            return replace(node, value=None, status=Status.NOT_SCORED, rule="shortfall_not_scored")
        if self.shortfall is ShortfallMode.ZERO:
            return replace(node, value=_ZERO, status=Status.OK, rule="shortfall_zero")
        return node

    def _total(self) -> NodeScore:
        instruments = [self.nodes[instrument.code] for instrument in self.edition.instruments]
        weights = {i.code: i.weight for i in self.edition.instruments}
        self._share(instruments, lambda node: weights[node.code])
        surveyed = {i.code for i in self.edition.instruments if i.surveyed}
        people = [node.n for node in instruments if node.code in surveyed]
        known = [weights[node.code] * node.value for node in instruments if node.value is not None]
        status, value = Status.OK, sum(known, _ZERO) if len(known) == len(instruments) else None
        if value is None:
            short = any(node.status is Status.NOT_SCORED for node in instruments)
            status = Status.NOT_SCORED if short else Status.MISSING
        rule = {Status.OK: "total_weighted", Status.NOT_SCORED: "shortfall_not_scored"}
        missing = [node.code for node in instruments if node.value is None]
        notes = (Note("excluded", (("codes", ", ".join(missing)),)),) if missing else ()
        return NodeScore(
            TOTAL,
            value,
            _sum_known(people),
            status,
            Fraction(1),
            self.edition.children(TOTAL),
            rule.get(status, "missing"),
            notes=notes,
        )


def mean(values: list[Fraction]) -> Fraction | None:
    """Plain mean; None of nothing."""
    return sum(values, _ZERO) / len(values) if values else None


def _mean_of(tally: Tally) -> Fraction | None:
    return tally.points / tally.n if tally.n else None


def _sum_known(numbers: list[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known and len(known) == len(numbers) else None


def _leaf(
    code: str, value: Fraction | None, status: Status, rule: str, n: int | None = None
) -> NodeScore:
    return NodeScore(code, value, n, status, _ZERO, (), rule)
