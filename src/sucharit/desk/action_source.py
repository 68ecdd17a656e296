"""Action items as sources of "my work": those to work on, and those to accept or decide."""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Sequence
from itertools import islice
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sucharit.core.registry import DeskItem, DeskWant
from sucharit.desk.models import ActionItem
from sucharit.orgs import scope
from sucharit.orgs.models import RoleAssignment, Unit

EDIT = "actions.edit"
DUTIES = (RoleAssignment.Role.UNIT_HEAD, RoleAssignment.Role.UNIT_OFFICER)


def duty_units(user: Any) -> list[int]:
    """Units at exactly which the user is head or officer: their work is his, ownerless or not."""
    paths = {path for role, path in scope.grants(user) if role in DUTIES}
    return list(Unit.objects.filter(path__in=paths).values_list("pk", flat=True)) if paths else []


class _Source:
    """Counts and pages in the database; ``_owed`` says what belongs to whom.

    It gives disjoint parts, each of which one index answers: an OR over them would read far more rows.
    """

    kind: str
    label: Any

    def counts(self, user: Any, want: DeskWant, edges: Sequence[dt.date]) -> list[int]:
        """See ``DeskSource``."""
        first, second = edges
        sums = [0, 0, 0, 0]
        for part in self._parts(user, want):
            found = part.aggregate(
                before=Count("pk", filter=Q(due_on__lt=first)),
                week=Count("pk", filter=Q(due_on__gte=first, due_on__lt=second)),
                later=Count("pk", filter=Q(due_on__gte=second)),
                every=Count("pk"),
            )
            known = [found["before"], found["week"], found["later"]]
            numbers = [*known, found["every"] - sum(known)]
            sums = [a + b for a, b in zip(sums, numbers, strict=True)]
        return sums

    def soonest(self, user: Any, want: DeskWant, n: int) -> list[tuple[dt.date | None, str]]:
        """See ``DeskSource``. Reads in index order: with a day, then without."""
        parts = self._parts(user, want)
        made: list[tuple[dt.date | None, int]] = []
        if want.dated is not False:
            dated = [
                part.filter(due_on__isnull=False)
                .order_by("due_on", "pk")
                .values_list("due_on", "pk")[:n]
                for part in parts
            ]
            made = list(islice(heapq.merge(*dated), n))
        if want.dated is not True and len(made) < n:
            rest = [
                part.filter(due_on__isnull=True).order_by("pk").values_list("pk", flat=True)[:n]
                for part in parts
            ]
            made += [(None, pk) for pk in islice(heapq.merge(*rest), n - len(made))]
        return [(day, f"{self.kind}:{pk}") for day, pk in made]

    def items(self, user: Any, keys: Sequence[str]) -> dict[str, DeskItem]:  # noqa: ARG002 (the keys came from ``soonest``)
        """See ``DeskSource``."""
        rows = ActionItem.objects.filter(pk__in=_numbers(keys, self.kind)).select_related("unit")
        rows = rows.annotate(steps=Count("events"))
        return {
            f"{self.kind}:{row.pk}": DeskItem(
                title=row.title,
                url=reverse("desk:action", args=[row.pk]),
                unit=row.unit,
                kind=self.kind,
                kind_label=self.label,
                due_on=self._day(row),
                fiscal_year=row.fiscal_year,
                key=f"{self.kind}:{row.pk}",
                changed=row.steps,
            )
            for row in rows
        }

    def _day(self, row: ActionItem) -> dt.date | None:
        return row.due_on

    def _owed(self, user: Any, *, mine: bool) -> list[QuerySet[ActionItem]]:
        raise TypeError(f"{type(self).__name__} says nothing of {user} {mine}")

    def _parts(self, user: Any, want: DeskWant) -> list[QuerySet[ActionItem]]:
        parts = self._owed(user, mine=want.scope != "units")
        return [self._narrowed(part.order_by(), want) for part in parts]

    def _narrowed(self, rows: QuerySet[ActionItem], want: DeskWant) -> QuerySet[ActionItem]:
        if want.only is not None:
            rows = rows.filter(pk__in=_numbers(want.only, self.kind))
        without = _numbers(want.without, self.kind)
        if without:
            rows = rows.exclude(pk__in=without)
        if want.fiscal_year is not None:
            rows = rows.filter(fiscal_year=want.fiscal_year)
        rows = self._by_day(rows, want)
        if want.text:
            rows = rows.filter(title__icontains=want.text)
        if want.unit:
            text = want.unit.strip()
            rows = rows.filter(
                Q(unit__name_th__icontains=text)
                | Q(unit__name_en__icontains=text)
                | Q(unit__code=text.lower())
            )
        if want.paths is not None:
            rows = rows.filter(unit_id__in=_within(want.paths))
        return rows

    def _by_day(self, rows: QuerySet[ActionItem], want: DeskWant) -> QuerySet[ActionItem]:
        limits = {"due_on__gte": want.due_from, "due_on__lt": want.due_before}
        rows = rows.filter(**{k: v for k, v in limits.items() if v is not None})
        return rows if want.dated is None else rows.filter(due_on__isnull=not want.dated)


class ToDo(_Source):
    """Open items to work on: those the user owns, and those without an owner of exactly his unit."""

    kind = "desk.action"
    label = _("Action item")

    def _owed(self, user: Any, *, mine: bool) -> list[QuerySet[ActionItem]]:
        rows = ActionItem.objects.owed()
        if not mine:
            return [rows.filter(unit_id__in=_within(scope.paths(user, EDIT)))]
        units = duty_units(user)
        own: list[QuerySet[ActionItem]] = [rows.filter(owner_id=user.pk)]
        return [*own, rows.filter(owner=None, unit_id__in=units)] if units else own


class ToAccept(_Source):
    """Handed in, or a later day asked for: the unit the finding belongs to decides, not who handed in."""

    kind = "desk.acceptance"
    label = _("Action item: accept, or decide on a later day")

    # A decision has no day of its own: the day of the item is the other side's.
    def counts(self, user: Any, want: DeskWant, edges: Sequence[dt.date]) -> list[int]:  # noqa: ARG002 (without a day)
        """All of them stand without a day."""
        return [0, 0, 0, sum(part.count() for part in self._parts(user, want))]

    def soonest(self, user: Any, want: DeskWant, n: int) -> list[tuple[dt.date | None, str]]:
        """The longest handed in first."""
        waiting, asked = self._parts(user, want)
        pks = list(waiting.order_by("submitted_at", "pk").values_list("pk", flat=True)[:n])
        pks += asked.order_by("pk").values_list("pk", flat=True)[: n - len(pks)]
        return [(None, f"{self.kind}:{pk}") for pk in pks]

    def _day(self, row: ActionItem) -> dt.date | None:  # noqa: ARG002 (none, whatever the row says)
        return None

    def _by_day(self, rows: QuerySet[ActionItem], want: DeskWant) -> QuerySet[ActionItem]:
        limited = want.dated or want.due_from is not None or want.due_before is not None
        return rows.none() if limited else rows

    def _owed(self, user: Any, *, mine: bool) -> list[QuerySet[ActionItem]]:
        units = duty_units(user) if mine else _within(scope.paths(user, EDIT))
        rows = ActionItem.objects.filter(origin_unit_id__in=units)
        own = Q(submitted_by_id=user.pk, submitted_by__isnull=False)
        return [
            rows.filter(state=ActionItem.State.SUBMITTED).exclude(own),
            rows.owed().filter(asked_due_on__isnull=False),
        ]


def _within(paths: Sequence[str]) -> QuerySet[Unit, int]:
    within = Q(pk__in=[])
    for path in paths:
        within |= Q(path__gte=path, path__lt=path + "~")
    return Unit.objects.order_by().filter(within).values_list("pk", flat=True)


def _numbers(keys: Sequence[str] | frozenset[str], kind: str) -> list[int]:
    start = f"{kind}:"
    ends = (k.removeprefix(start) for k in keys if k.startswith(start))
    return [int(end) for end in ends if end.isdecimal() and len(end) < 19]
