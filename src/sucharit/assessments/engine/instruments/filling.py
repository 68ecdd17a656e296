"""Answers against an instrument: what applies, what is computed, what is wrong.

The rules are those of ODK forms: what is not relevant is dropped and not checked; a constraint is
looked at only when there is an answer; a choice filter holds here, not only on the page; a
calculation sees only answers that apply.
"""

from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from sucharit.assessments.engine.expressions import (
    Context,
    Rows,
    Value,
    evaluate,
    number_of,
    number_text,
    truth,
)

from .answers import blank, external_value, read_answer, storable
from .evaluation import AnswerProblem, Evaluation
from .model import Instrument, Item
from .sentences import SENTENCES

MAX_INSTANCES = 200
"""Instances of a repeat that says no `max`."""


def evaluate_answers(
    instrument: Instrument,
    answers: Mapping[str, Any],
    *,
    external: Mapping[str, Any] | None = None,
    today: date,
    profile: str | None = None,
    not_applicable: frozenset[str] = frozenset(),
    previous: Mapping[str, Any] | None = None,
) -> Evaluation:
    """Apply the instrument to answers; never raises for what people post.

    answers: item id → option code, list of codes, text (numbers too); repeat id → list of mappings.
    external: values of the platform by name. profile: the unit's applicability profile (None: every
    item applies). not_applicable: items the unit sets aside, where they allow it. previous: stored
    values of calculations, which only `once()` reads; posted calculations are never believed.
    """
    run = _Run(instrument, answers, today, profile, previous or {})
    for code, declared in instrument.external.items():
        run.outer[code] = external_value(declared.type, (external or {}).get(code))
    run.set_aside = frozenset(
        code
        for code in not_applicable
        if code in instrument.by_id and instrument.by_id[code].not_applicable
    )
    for code in instrument.order:
        run.item(instrument.by_id[code])
    run.check_constraints()
    run.unknown()
    return run.result()


def defaults(instrument: Instrument, *, today: date) -> dict[str, Any]:
    """The answers a fresh form starts with, outside of repeats."""
    found: dict[str, Any] = {}
    for item in instrument.items:
        if item.default and item.id not in instrument.repeat_of:
            text = today.isoformat() if item.default == "today()" else item.default
            found[item.id] = text.split() if item.type in {"choices", "rank"} else text
    return found


@dataclass
class _Run:
    instrument: Instrument
    answers: Mapping[str, Any]
    today: date
    profile: str | None
    previous: Mapping[str, Any]
    set_aside: frozenset[str] = frozenset()
    outer: dict[str, Value] = field(default_factory=dict)
    inner: dict[str, list[dict[str, Value]]] = field(default_factory=dict)
    relevant: dict[tuple[str, int | None], bool] = field(default_factory=dict)
    options: dict[tuple[str, int | None], tuple[str, ...]] = field(default_factory=dict)
    problems: list[tuple[int, AnswerProblem]] = field(default_factory=list)
    constrained: list[tuple[Item, int | None, Context]] = field(default_factory=list)
    dropped: set[str] = field(default_factory=set)
    excluded: set[str] = field(default_factory=set)

    # --- one item, in every instance of its repeat ---------------------------------------------

    def item(self, item: Item) -> None:
        repeat = self.instrument.repeat_of.get(item.id)
        if repeat is None:
            self.once(item, None, self.answers.get(item.id), self.outer)
            if item.type == "repeat":
                self.open_repeat(item)
            return
        if self.not_for_profile(item):
            self.excluded.add(item.id)
        for at, own in enumerate(self.inner[repeat]):
            raw = self.rows_of(repeat)[at].get(item.id)
            self.once(item, at, raw, own)
        if item.has_value:
            self.outer[item.id] = Rows([own.get(item.id) for own in self.inner[repeat]])

    def once(self, item: Item, at: int | None, raw: Any, own: dict[str, Value]) -> None:
        context = Context(own if own is self.outer else ChainMap(own, self.outer), None, self.today)
        applies = self.applies(item, at, context)
        self.relevant[item.id, at] = applies
        if not item.has_value:
            return
        value: Value = None
        if applies and item.id not in self.set_aside:
            value = self.value(item, at, raw, context)
        elif not blank(raw) and item.calculation is None:
            self.dropped.add(item.id)
        own[item.id] = value

    def applies(self, item: Item, at: int | None, context: Context) -> bool:
        if self.not_for_profile(item):
            self.excluded.add(item.id)
            return False
        if item.parent:
            inside = self.instrument.repeat_of.get(item.parent)
            parent_at = at if inside else None
            if item.parent in self.excluded:
                self.excluded.add(item.id)
            if not self.relevant[item.parent, parent_at]:
                return False
        return item.relevant is None or truth(item.relevant, context)

    def not_for_profile(self, item: Item) -> bool:
        return bool(self.profile and item.profiles and self.profile not in item.profiles)

    def value(self, item: Item, at: int | None, raw: Any, context: Context) -> Value:
        if item.calculation is not None:
            return evaluate(item.calculation, self.here(context, self.stored(item, at)))
        if item.type == "hidden" and blank(raw):
            raw = item.default
        value, code, details = read_answer(item, raw, self.filtered(item, at, context))
        if code:
            self.complain(item, code, at, **details)
        elif value is None:
            if item.required:
                self.complain(item, "required", at)
        elif item.constraint:
            self.constrained.append((item, at, self.here(context, value)))
        return value

    def check_constraints(self) -> None:
        """A constraint may name any item, so it is looked at once everything has its value."""
        for item, at, context in self.constrained:
            if item.constraint and not truth(item.constraint, context):
                self.complain(item, "constraint", at)

    def here(self, context: Context, value: Value) -> Context:
        return Context(context.values, value, self.today)

    def stored(self, item: Item, at: int | None) -> Value:
        kept = self.previous
        if at is not None:
            rows = self.previous.get(self.instrument.repeat_of[item.id])
            kept = rows[at] if isinstance(rows, list) and at < len(rows) else {}
        text = kept.get(item.id) if isinstance(kept, Mapping) else None
        return text if isinstance(text, str) and text else None

    def filtered(self, item: Item, at: int | None, context: Context) -> frozenset[str] | None:
        if item.choice_filter is None or item.scale is None:
            return None
        left = tuple(
            option.code
            for option in item.scale.options
            if truth(
                item.choice_filter,
                Context(
                    context.values,
                    None,
                    self.today,
                    {**option.columns, "name": option.code, "code": option.code},
                ),
            )
        )
        self.options[item.id, at] = left
        return frozenset(left)

    # --- repeats --------------------------------------------------------------------------------

    def rows_of(self, repeat: str) -> list[Mapping[str, Any]]:
        rows = self.answers.get(repeat)
        most = self.instrument.by_id[repeat].max
        kept = rows[: int(most) if most else MAX_INSTANCES] if isinstance(rows, list) else []
        return [row if isinstance(row, Mapping) else {} for row in kept]

    def open_repeat(self, item: Item) -> None:
        rows = self.rows_of(item.id)
        if not self.relevant[item.id, None]:
            if rows:
                self.dropped.add(item.id)
            rows = []
        else:
            self.count_instances(item, self.answers.get(item.id))
        self.inner[item.id] = [{} for _ in rows]
        self.outer[item.id] = Rows([Fraction(at + 1) for at in range(len(rows))])

    def count_instances(self, item: Item, posted: Any) -> None:
        if posted is not None and not isinstance(posted, list):
            self.complain(item, "not_text", None)
        count = len(posted) if isinstance(posted, list) else 0
        if item.repeat_count is not None:
            wanted = number_of(evaluate(item.repeat_count, Context(self.outer, None, self.today)))
            if wanted is not None and count != wanted:
                self.complain(item, "repeat_count", None, count=number_text(wanted))
        elif item.min and count < int(item.min):
            self.complain(item, "repeat_min", None, min=item.min)
        most = int(item.max) if item.max else MAX_INSTANCES
        if count > most:
            self.complain(item, "repeat_max", None, max=str(most))

    # --- what is said ---------------------------------------------------------------------------

    def complain(self, item: Item, code: str, at: int | None, **details: str) -> None:
        thai, english = SENTENCES[code]
        own = {"required": item.required_message, "constraint": item.constraint_message}.get(code)
        thai, english = thai.format(**details), english.format(**details)
        if own:
            thai = own.get("th") or thai
            english = own.get("en") or own.get("th") or english
        self.problems.append((item.position, AnswerProblem(item.id, code, thai, english, at)))

    def unknown(self) -> None:
        last = len(self.instrument.items)
        thai, english = SENTENCES["unknown"]
        outside = {i.id for i in self.instrument.items} - set(self.instrument.repeat_of)
        for name in self.answers:
            if name not in outside:
                found = AnswerProblem(str(name)[:60], "unknown", thai, english)
                self.problems.append((last, found))
        for repeat in self.inner:
            for at, row in enumerate(self.rows_of(repeat)):
                for name in row:
                    if self.instrument.repeat_of.get(name) != repeat:
                        found = AnswerProblem(str(name)[:60], "unknown", thai, english, at)
                        self.problems.append((last, found))

    # --- the result -----------------------------------------------------------------------------

    def result(self) -> Evaluation:
        known = self.instrument.by_id
        typed = {code: self.outer[code] for code in known if code in self.outer}
        values: dict[str, Any] = {}
        for code, value in typed.items():
            if known[code].type == "repeat":
                if self.inner[code]:
                    values[code] = [_kept(row) for row in self.inner[code]]
            elif code not in self.instrument.repeat_of and not blank(value):
                values[code] = storable(value)
        holds = [place for place, applies in self.relevant.items() if applies]
        ordered = sorted(self.problems, key=lambda one: (one[0], one[1].instance or 0))
        return Evaluation(
            values=values,
            typed=typed,
            relevant=frozenset(code for code, _ in holds),
            problems=tuple(found for _, found in ordered),
            dropped=tuple(item.id for item in self.instrument.items if item.id in self.dropped),
            excluded=frozenset(self.excluded),
            not_applicable=self.set_aside,
            instances={code: len(rows) for code, rows in self.inner.items()},
            relevant_instances=frozenset((code, at) for code, at in holds if at is not None),
            open_options=self.options,
            external={code: self.outer.get(code) for code in self.instrument.external},
            profile=self.profile,
        )


def _kept(row: Mapping[str, Value]) -> dict[str, Any]:
    return {code: storable(value) for code, value in row.items() if not blank(value)}
