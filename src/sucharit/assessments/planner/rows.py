"""What the planner's page shows, row by row, ready for the template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language

from sucharit.assessments.engine import Level
from sucharit.assessments.engine.planner import Lever, Option, Outcome
from sucharit.assessments.planner.posted import Posted, slider
from sucharit.core.rounding import hundredths

if TYPE_CHECKING:
    from sucharit.assessments.engine import Band, Edition, Label
    from sucharit.assessments.planner.queries import Desk


def text(label: Label) -> str:
    """A label in the page's language."""
    return label.th if (get_language() or "th").startswith("th") else (label.en or label.th)


@dataclass(frozen=True)
class Shown:
    """A level with its colour; ``rank`` as in results.band_rank."""

    label: str
    rank: int
    code: str
    passed: bool | None


def level(found: Level | Band | None, edition: Edition) -> Shown | None:
    """A level as a chip shows it."""
    if found is None:
        return None
    code = found.code if isinstance(found, Level) else found.level
    alike = [b.level for b in edition.bands if b.passed == found.passed]
    place = alike.index(code) if code in alike else 1
    rank = max(5 - place, 3) if found.passed else max(2 - place, 1)
    return Shown(text(found.label), rank, code, found.passed)


@dataclass(frozen=True)
class Slider:
    """A figure that can be moved: where it stood, where it is now (whole points)."""

    code: str
    title: str
    start: int
    value: Any
    hundredths: int


@dataclass(frozen=True)
class Row:
    """One item of the table of leverage; figures in hundredths."""

    lever: Lever
    title: str
    value: int
    up: int
    down: int
    per_point: int  # in hundredths of a point of the total
    chosen: bool
    slider: Slider | None
    questions: list[Slider]
    effort: int


def rows(desk: Desk, posted: Posted) -> list[Row]:
    """Items that can still add something, by leverage."""
    return [_row(desk, lever, posted.changes) for lever in desk.levers if lever.up]


def full_rows(desk: Desk) -> list[Row]:
    """Items at full marks, by what would be lost."""
    full = [lever for lever in desk.levers if not lever.up]
    return [_row(desk, lever, {}) for lever in sorted(full, key=lambda lever: -lever.down)]


def _row(desk: Desk, lever: Lever, changes: Mapping[str, Fraction]) -> Row:
    texts = {
        question.code: text(question.text)
        for question in desk.edition.item[lever.item].subquestions
    }
    return Row(
        lever,
        text(desk.edition.titles[lever.item]),
        hundredths(lever.value),
        hundredths(lever.up),
        hundredths(lever.down),
        hundredths(lever.share),
        lever.item in changes,
        _slider(lever.item, "", lever.value, changes) if lever.surveyed else None,
        [
            _slider(question.code, texts[question.code], question.value, changes)
            for question in desk.standing.questions.get(lever.item, ())
        ],
        desk.efforts.of(lever.item, surveyed=lever.surveyed),
    )


def _slider(
    code: str, title: str, value: Fraction | None, changes: Mapping[str, Fraction]
) -> Slider:
    start = slider(value)
    moved = changes.get(code)
    # Sliders move in whole points; a planned value between two stands at the upper one.
    now = start if moved is None else min(ceil(moved), 100)
    return Slider(code, title, start, now, hundredths(value or 0))


def fixed(desk: Desk, posted: Posted) -> list[Slider]:
    """Figures that do not follow items: published, or assumed for the estimate."""
    return [
        _slider(code, text(desk.edition.titles[code]), value, posted.changes)
        for code, value in desk.standing.fixed.items()
        if value is not None
    ]


@dataclass(frozen=True)
class Strip:
    """The score now and with the changes, side by side; hundredths."""

    now: int | None
    then: int | None
    level_now: Shown | None
    level_then: Shown | None
    instruments: list[tuple[str, str, int | None, int | None, int | None]]
    changed: list[tuple[str, str, int, int]]

    @property
    def change(self) -> int | None:
        """Difference of the displayed totals."""
        return None if self.now is None or self.then is None else self.then - self.now


def strip(desk: Desk, posted: Posted) -> Strip:
    """What the form's changes would make of the score."""
    then = posted.then or desk.now
    instruments = [
        (i.code, text(i.title), *_pair(desk.now.shown(i.code), then.shown(i.code)))
        for i in desk.edition.instruments
    ]
    return Strip(
        desk.now.shown(),
        then.shown(),
        level(desk.now.level, desk.edition),
        level(then.level, desk.edition),
        instruments,
        [
            (code, _title(desk, code), hundredths(_stood(desk, code)), hundredths(value))
            for code, value in posted.changes.items()
        ]
        if posted.then
        else [],
    )


def _pair(now: int | None, then: int | None) -> tuple[int | None, int | None, int | None]:
    return now, then, None if now is None or then is None else then - now


def _title(desk: Desk, code: str) -> str:
    if code in desk.edition.titles:
        return text(desk.edition.titles[code])
    questions = (q for item in desk.edition.items for q in item.subquestions)
    return next((text(q.text) for q in questions if q.code == code), code)


def _stood(desk: Desk, code: str) -> Fraction:
    value = desk.now.values.get(code)
    if value is not None:
        return value
    found = (q for item in desk.standing.questions.values() for q in item)
    return next((q.value for q in found if q.code == code), Fraction(0))


@dataclass(frozen=True)
class ShownOption:
    """A set of mends as the page lists it."""

    number: int
    mends: list[tuple[str, str, bool, int, int, int]]  # code, title, surveyed, old, new, gain
    effort: int
    total: int | None
    level: Shown | None


def option(desk: Desk, number: int, found: Option) -> ShownOption:
    """A set of mends with titles and displayed figures."""
    outcome: Outcome = found.outcome
    return ShownOption(
        number,
        [
            (
                mend.item,
                text(desk.edition.titles[mend.item]),
                desk.edition.item[mend.item].surveyed,
                hundredths(mend.old),
                hundredths(mend.new),
                hundredths(mend.gain),
            )
            for mend in found.mends
        ],
        found.effort,
        outcome.shown(),
        level(outcome.level, desk.edition),
    )
