"""Which judgement counts: the ministry's before the province's before the unit's own; all are kept."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sucharit.assessments.engine.checklists.workflow import SELF, STAGES


@dataclass(frozen=True, slots=True)
class Answered:
    """A unit's own answer. ``confirmed`` no: taken over and not looked at yet, so it counts for nothing."""

    value: Any  # option code, list of codes, text; None not answered
    not_applicable: bool = False
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """A mark. Of several in a stage the one with the highest turn holds."""

    item: str
    stage: str
    turn: int
    value: str
    not_applicable: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """What counts for an item, and whose word it is."""

    item: str
    value: Any
    not_applicable: bool
    stage: str
    turn: int  # 0: the unit's own answer
    overruled: bool  # a higher stage says something else than the unit


def latest(marks: Iterable[Found]) -> dict[tuple[str, str], Found]:
    """The mark that holds in each (item, stage)."""
    found: dict[tuple[str, str], Found] = {}
    for mark in marks:
        key = (mark.item, mark.stage)
        if key not in found or mark.turn > found[key].turn:
            found[key] = mark
    return found


def hold(
    answers: Mapping[str, Answered],
    marks: Iterable[Found],
    *,
    upto: str,
    may_be_na: Collection[str],
) -> dict[str, Held]:
    """What counts for each item when the stages up to ``upto`` have spoken.

    ``may_be_na``: items that may be left out of the score; for any other "not applicable" is ignored and
    the item counts as unanswered. Items nobody said anything about are absent. ValueError: unknown stage.
    """
    if upto not in STAGES:
        raise ValueError(f"{upto!r} is no stage")
    speaking = STAGES[1 : STAGES.index(upto) + 1]
    held = {
        item: Held(item, a.value, a.not_applicable and item in may_be_na, SELF, 0, overruled=False)
        for item, a in answers.items()
        if a.confirmed and (a.not_applicable or a.value not in (None, "", []))
    }
    current = latest(marks)
    for stage in speaking:
        for (item, of), mark in current.items():
            if of != stage:
                continue
            na = mark.not_applicable and item in may_be_na
            own = answers.get(item)
            said = None if own is None or not own.confirmed else own
            differs = (
                said is None
                or said.not_applicable != na
                or (not na and str(said.value) != mark.value)
            )
            held[item] = Held(
                item, None if na else mark.value, na, stage, mark.turn, overruled=differs
            )
    return held
