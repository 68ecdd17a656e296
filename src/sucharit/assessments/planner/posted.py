"""What a planner's form says: which items are mended, which sliders were moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from sucharit.assessments.engine import InputError
from sucharit.assessments.engine.planner import Mend, Outcome, what_if
from sucharit.core.rounding import half_up
from sucharit.core.thaidate import to_arabic_digits

if TYPE_CHECKING:
    from django.http import QueryDict

    from sucharit.assessments.planner.queries import Desk

MARK = "mark"  # codes of the ticked items
VALUE = "v-"  # + code of an item, a sub-question or a fixed figure: its new value


@dataclass(frozen=True)
class Posted:
    """Changes by code, what was wrong (by code), the score with the changes (None: wrong)."""

    changes: Mapping[str, Fraction] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    then: Outcome | None = None


def slider(value: Fraction | None) -> int:
    """Where a slider stands for a value: the nearest whole point."""
    return half_up(value or Fraction(0))


def read(desk: Desk, data: QueryDict) -> Posted:
    """The form as changes. A slider left where it stood changes nothing, however the value rounds."""
    changes: dict[str, Fraction] = {}
    errors: dict[str, str] = {}
    full = {lever.item: lever.full for lever in desk.levers if not lever.surveyed}
    for code in data.getlist(MARK):
        if code in full:
            changes[code] = full[code]
        else:
            errors[code] = _("%(code)s cannot be mended here.") % {"code": code}
    stands = starts(desk)
    for name, text in data.items():
        code = name.removeprefix(VALUE)
        if name == code or not str(text).strip():
            continue
        value = number(str(text))
        if value is None or not 0 <= value <= 100:
            errors[code] = _("%(code)s: a number from 0 to 100.") % {"code": code}
        elif code not in stands:
            errors[code] = _("%(code)s cannot be changed here.") % {"code": code}
        elif value != stands[code]:
            changes[code] = value
    if errors:
        return Posted(changes, errors)
    return _tried(desk, changes)


def _tried(desk: Desk, changes: Mapping[str, Fraction]) -> Posted:
    try:
        return Posted(changes, {}, what_if(desk.standing, changes))
    except InputError:
        both = _("Change either an item or its sub-questions, not both.")
        return Posted(changes, {"": both})


def starts(desk: Desk) -> dict[str, int]:
    """Where each slider stands before anybody moved it."""
    found = {
        code: slider(value) for code, value in desk.standing.fixed.items() if value is not None
    }
    for lever in desk.levers:
        if lever.surveyed:
            found[lever.item] = slider(lever.value)
            for question in desk.standing.questions.get(lever.item, ()):
                found[question.code] = slider(question.value)
    return found


def number(text: str) -> Fraction | None:
    """A number as officers write it ("87", "87.5", "๘๗"); None for anything else."""
    plain = to_arabic_digits(text.strip())
    whole, dot, rest = plain.partition(".")
    if not whole.isdecimal() or (dot and not rest.isdecimal()) or len(plain) > 12:
        return None
    return Fraction(plain)


def mends(desk: Desk, changes: Mapping[str, Fraction]) -> list[Mend]:
    """The items a change lifts, as mends; sub-questions and fixed figures are no items."""
    found: list[Mend] = []
    for lever in desk.levers:
        new: Any = changes.get(lever.item)
        if new is not None and new > lever.value:
            effort = desk.efforts.of(lever.item, surveyed=lever.surveyed)
            gain = lever.share * (new - lever.value)
            found.append(Mend(lever.item, lever.instrument, lever.value, new, effort, gain))
    return found
