"""What is wrong with an evaluated sheet, in the page's language, by the field where it is shown."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sucharit.assessments.collect.layout import Layout
from sucharit.assessments.collect.reading import Read
from sucharit.assessments.engine.instruments import Evaluation


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a sheet. ``field``: name of the form's field, where it is shown and linked to."""

    field: str
    message: str


def problems(layout: Layout, read: Read, evaluation: Evaluation) -> list[Problem]:
    """Everything wrong, once a field, in the order of the page."""
    thai = (get_language() or "th").startswith("th")
    found: dict[str, str] = {}
    for name, fault in read.faults.items():
        if name.rsplit(":", 1)[-1] in evaluation.relevant:
            found[name] = _FAULTS[fault]()
    for problem in evaluation.problems:
        repeat = layout.repeat_of.get(problem.item)
        name = problem.item
        if repeat is not None and problem.instance is not None:
            name = f"{repeat}:{problem.instance}:{problem.item}"
        found.setdefault(name, problem.message_th if thai else problem.message_en)
    order = {name: place for place, name in enumerate([*layout.repeats, *layout.questions])}
    return [
        Problem(name, message)
        for name, message in sorted(
            found.items(), key=lambda one: (order.get(one[0].rsplit(":", 1)[-1], 0), one[0])
        )
    ]


def own_code_problem() -> Problem:
    """The person's own code is missing or of an odd length."""
    return Problem("~code", _("Please enter your own code, 4 to 40 letters or digits."))


_FAULTS = {
    "long": lambda: _("This text is too long."),
    "rank": lambda: _("Give each place once: 1, 2, 3 … without a tie or a gap."),
    "date": lambda: _("Not a date. Write it like 18/3/2567."),
    "datetime": lambda: _("Not a date and time. Write it like 18/3/2567 14:30."),
}
