"""What people owe around evidence and items, for "my work"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from sucharit.assessments.models import (
    Mark,
    OitAssignment,
    OitEntry,
    Participation,
    Round,
    SecondReading,
)
from sucharit.assessments.services.marking import stakes
from sucharit.core.registry import DeskItem
from sucharit.orgs import scope

EDIT, MARK = "assessments.edit", "assessments.mark"
OPEN = {"participation__round__state": Round.State.OPEN, "participation__oit_state": "draft"}


def desk_items(user: Any) -> Iterable[DeskItem]:
    """Items in one's hands, items to look at, comments of the head, second readings."""
    roles = {role for role, _path in scope.grants(user)}
    if roles & {"unit_officer", "unit_head"}:
        yield from _hands(user)
        yield from _returned(user)
    if scope.can_somewhere(user, MARK):
        yield from _readings(user)


def _hands(user: Any) -> Iterator[DeskItem]:
    """What the user has to do himself, and what others of his own units have handed in."""
    rows = (
        scope.limit(
            OitAssignment.objects.filter(**OPEN),
            user,
            path_field="participation__unit__path",
            permission=EDIT,
        )
        .filter(
            Q(assignee=user, state__in=("assigned", "returned"))
            | (Q(state="submitted") & ~Q(assignee=user))
        )
        .select_related("participation__unit", "participation__round")
        .order_by("participation_id", "pk")
    )
    grouped: dict[tuple[Participation, bool], list[str]] = defaultdict(list)
    for row in rows:
        grouped[row.participation, row.state == "submitted"].append(row.item)
    for (p, to_read), items in grouped.items():
        listed = ", ".join(items)
        title = (
            _("Look at items handed in to you: %(items)s")
            if to_read
            else _("Answer the items given to you: %(items)s")
        )
        yield _item(p, "hand", title % {"items": listed}, items[0])


def _returned(user: Any) -> Iterator[DeskItem]:
    """Items the head has commented on and nobody has changed since."""
    rows = (
        scope.limit(
            OitEntry.objects.filter(**OPEN),
            user,
            path_field="participation__unit__path",
            permission=EDIT,
        )
        .exclude(returned_note="")
        .filter(returned_version=F("version"))
        .select_related("participation__unit", "participation__round")
        .order_by("participation_id", "item")
    )
    grouped: dict[Participation, list[str]] = defaultdict(list)
    for row in rows:
        grouped[row.participation].append(row.item)
    for p, items in grouped.items():
        title = _("The head commented on items: %(items)s") % {"items": ", ".join(items)}
        yield _item(p, "returned", title, items[0])


def _readings(user: Any) -> Iterator[DeskItem]:
    """Samples with items this assessor may read: no stake in the unit, not his own mark."""
    own = Mark.objects.filter(
        participation=OuterRef("participation"), item=OuterRef("item"), assessor=user
    )
    rows = list(
        scope.limit(
            SecondReading.objects.filter(read_at=None).exclude(
                sample__round__state=Round.State.FINAL
            ),
            user,
            path_field="participation__unit__path",
            permission=MARK,
        )
        .filter(~Exists(own))
        .select_related("participation__unit", "participation__round", "sample__round__owner")
    )
    barred = stakes(user, {r.participation for r in rows})
    left: dict[Any, int] = defaultdict(int)
    for row in rows:
        if row.participation_id not in barred:
            left[row.sample] += 1
    for sample, n in left.items():
        yield DeskItem(
            title=_("Second reading: %(n)s items wait for a reader") % {"n": n},
            url=reverse("assessments:proof_sample", args=[sample.pk]),
            unit=sample.round.owner,
            kind="assessments.second_reading",
            kind_label=_("ITA assessment"),
            due_on=sample.round.review_to,
            fiscal_year=sample.round.fiscal_year,
        )


def _item(p: Participation, kind: str, title: str, item: str) -> DeskItem:
    return DeskItem(
        title=title,
        url=reverse(
            "assessments:oit_item",
            kwargs={"round_id": p.round_id, "code": p.unit.code, "item": item},
        ),
        unit=p.unit,
        kind=f"assessments.{kind}",
        kind_label=_("ITA assessment"),
        due_on=p.round.oit_to,
        fiscal_year=p.round.fiscal_year,
    )
