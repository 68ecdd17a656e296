"""What the budget room shows of itself: side bar, links, desk items, documents, a measure and a headline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sucharit.core import clock, fiscal, rounding
from sucharit.core.registry import DeskItem, Headline, Link, Measure, NavEntry, registry
from sucharit.orgs import scope
from sucharit.orgs.models import Unit
from sucharit.plans.budget import flows, proving, rules, words
from sucharit.plans.budget.services import SPEND
from sucharit.plans.engine.quadrant import percent
from sucharit.plans.models import BudgetLine, BudgetTransaction

LINE, MEASURE = "plans.budget_line", "plans.disbursement"
MOST = 20  # links of one thing
_PATHS = {"plans.project": "project", "plans.activity": "activity"}


def register() -> None:
    """Hand everything in."""
    registry.nav.append(
        NavEntry("plan", _("Budget"), "plans:budget", icon="table", permission="view", order=40)
    )
    registry.links[LINE] = line_link
    registry.backlinks.append(lines_of_thing)
    registry.offers.append(offer_line)
    registry.desk.append(desk_items)
    registry.evidence[proving.KIND] = proving.may_read
    registry.measures[MEASURE] = Measure(MEASURE, _("Disbursed of allocated"), flows.as_of)
    registry.headlines.append(headline)


def _link(line: BudgetLine) -> Link:
    closed = line.closed_at is not None
    return Link(
        LINE, _("Budget line"), line.item, reverse("plans:budget_line", args=[line.pk]),
        state="closed" if closed else "in_progress",
        state_word="" if closed else _("%(there)s baht available") % {"there": words.baht(line.available_satang)},
    )  # fmt: skip


def line_link(user: Any, object_id: str) -> Link | None:
    """A line for this reader."""
    if not object_id.isdigit():
        return None
    found = BudgetLine.objects.visible_to(user).filter(pk=object_id).first()
    return _link(found) if found else None


def lines_of_thing(user: Any, kind: str, object_id: str) -> Iterable[Link]:
    """Lines of a project or an activity."""
    path = _PATHS.get(kind)
    if path is None or not object_id.isdigit():
        return []
    rows = BudgetLine.objects.visible_to(user).filter(**{path: object_id})
    return [_link(line) for line in rows[:MOST]]


def offer_line(user: Any, kind: str, object_id: str) -> Iterable[Link]:
    """Add a budget line to a project or an activity."""
    from sucharit.plans.models import Activity

    if kind not in _PATHS or not object_id.isdigit() or not scope.can_somewhere(user, SPEND):
        return []
    project, more = object_id, ""
    if kind == "plans.activity":
        found = Activity.objects.filter(pk=object_id).values_list("project_id", flat=True).first()
        project, more = str(found or 0), f"&activity={object_id}"
    url = f"{reverse('plans:budget_line_new')}?project={project}{more}"
    return [Link(LINE, _("Budget line"), str(_("Add a budget line")), url)]


def desk_items(user: Any) -> Iterable[DeskItem]:
    """Money about to lapse and commitments open for long, of the units the reader himself holds a role at."""
    paths = scope.paths(user, SPEND)
    if not paths:
        return
    today = clock.today()
    rule, year = rules.watch(today), fiscal.fiscal_year_be(today)
    mine = BudgetLine.objects.filter(unit__path__in=paths, closed_at=None).select_related("unit")
    if fiscal.month_of(today) >= rule.lapse_month:
        for line in mine.filter(fiscal_year=year):
            if line.available_satang > 0:
                yield _item(line, "lapsing", _("Money about to lapse"), fiscal.end_of(year))
    before = today - dt.timedelta(days=rule.old_commitment_days)
    lines = {line.pk: line for line in mine.filter(committed_satang__gt=0)}
    rows = BudgetTransaction.objects.filter(line__in=lines, on__lt=before)
    for row in flows.open_documents(rows, "commitment"):
        yield _item(
            lines[row.line_id], f"commitment-{row.number}", _("Commitment open for long"), None
        )


def _item(line: BudgetLine, what: str, label: Any, due: dt.date | None) -> DeskItem:
    return DeskItem(
        title=line.item, url=reverse("plans:budget_line", args=[line.pk]), unit=line.unit,
        kind=LINE, kind_label=label, due_on=due, fiscal_year=line.fiscal_year,
        key=f"{LINE}:{line.pk}-{what}",
    )  # fmt: skip


def headline(user: Any, unit: Unit, fiscal_year: int, day: dt.date) -> Iterable[Headline]:
    """Disbursed of allocated as it stood on a day."""
    if not scope.can(user, "view", unit):
        return []
    found = flows.as_of(unit, fiscal_year, day)
    share = percent(*found) if found else None
    shown = "–" if share is None else f"{rounding.hundredths_text(rounding.hundredths(share))} %"
    url = reverse("plans:budget_unit", args=[fiscal_year, unit.code])
    return [Headline(MEASURE, _("Disbursed of allocated"), shown, url, number=share)]
