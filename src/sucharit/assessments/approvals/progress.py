"""Completeness and timeliness of any branch of the tree: one query for a whole roll-up."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.db.models import Count, Sum, Value
from django.db.models.functions import Substr
from django.utils.translation import gettext as _

from sucharit.assessments.approvals import parameters, reports
from sucharit.assessments.approvals.workflows import Workflow
from sucharit.assessments.models import Campaign, CollectCounter, ResponseCounter
from sucharit.orgs.models import Unit


@dataclass(frozen=True)
class Counts:
    """Reports of a branch: expected of it, handed in, handed in by the last day. ``done``: final."""

    expected: int = 0
    submitted: int = 0
    on_time: int = 0
    done: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.expected + other.expected,
            self.submitted + other.submitted,
            self.on_time + other.on_time,
            self.done + other.done,
        )

    @property
    def completeness(self) -> Fraction | None:
        """Handed in of expected, 0 to 1; None where nothing is expected."""
        return Fraction(self.submitted, self.expected) if self.expected else None

    @property
    def timeliness(self) -> Fraction | None:
        """In time of expected, 0 to 1; None where nothing is expected."""
        return Fraction(self.on_time, self.expected) if self.expected else None


@dataclass(frozen=True)
class RollUp:
    """A branch and its children. ``own`` the unit at the top of it, if it reports itself."""

    total: Counts
    own: Counts
    children: dict[str, Counts] = field(default_factory=dict)  # by tree path of the child


def roll_up(workflow: Workflow, unit: Unit) -> RollUp:
    """Counts of the unit's branch as a whole and by child, in one query."""
    end = len(unit.path) + Unit.steplen
    rows = (
        reports.members(workflow, unit.path)
        .annotate(branch=Substr("unit__path", 1, Value(end)))
        .values("branch")
        .annotate(
            n=Count("pk"),
            n_submitted=Sum("submitted"),
            n_on_time=Sum("on_time"),
            n_done=Sum("done"),
        )
    )
    found = {
        r["branch"]: Counts(r["n"], r["n_submitted"] or 0, r["n_on_time"] or 0, r["n_done"] or 0)
        for r in rows
    }
    own = found.pop(unit.path, Counts())
    return RollUp(sum(found.values(), own), own, found)


def answers(workflow: Workflow, unit: Unit) -> int | None:
    """Survey answers that came in from the branch; None where nobody is asked but the units."""
    if workflow.kind == "round":
        rows: Any = ResponseCounter.objects.filter(participation__round_id=workflow.pk)
        at = "participation__unit__path"
    elif workflow.source.mode == Campaign.Mode.PEOPLE:
        rows = CollectCounter.objects.filter(campaign_unit__campaign_id=workflow.pk)
        at = "campaign_unit__unit__path"
    else:
        return None
    within = rows.filter(**{f"{at}__gte": unit.path, f"{at}__lt": unit.path + "~"})
    total = within.aggregate(n=Sum("n"))["n"]
    return int(total or 0)


@dataclass(frozen=True)
class Light:
    """A traffic light: state of the house (colour and icon) and its word."""

    state: str
    word: str
    percent: int | None  # rounded down, so that 100 means all


def light(
    share: Fraction | None, what: str, *, workflow: Workflow, today: dt.date, thai: bool
) -> Light | None:
    """The light of a share of ``what`` (completeness, timeliness).

    Until the last day has passed nothing is red: it is still being done.
    """
    if share is None:
        return None
    percent = int(share * 100)
    if share < 1 and today <= workflow.due_on:
        return Light("in_progress", _("Still in time"), percent)
    found = next(b for b in parameters.progress(workflow.due_on, what) if share >= b.least)
    return Light(found.state, found.word_th if thai else found.word_en, percent)


def ranked(children: list[Any]) -> list[Any]:
    """Rows (with ``counts``) as a league table: the most complete first, then the most timely."""
    return sorted(
        children,
        key=lambda row: (
            -(row.counts.completeness or Fraction()),
            -(row.counts.timeliness or Fraction()),
        ),
    )
