"""What fieldwork puts under "my work": reminders of one's unit, paper batches that wait for one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from sucharit.assessments.fieldwork.queries import fill_of
from sucharit.assessments.models import PaperBatch, Participation, Round
from sucharit.core.registry import DeskItem
from sucharit.orgs import scope
from sucharit.orgs.models import RoleAssignment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

State = PaperBatch.State
OFFICERS = (RoleAssignment.Role.UNIT_OFFICER, RoleAssignment.Role.UNIT_HEAD)


def desk_items(user: Any) -> Iterable[DeskItem]:
    """All a user owes around the surveys."""
    if any(role in OFFICERS for role, _path in scope.grants(user)):
        yield from _reminders(user)
    yield from _batches(user)


def _reminders(user: Any) -> Iterator[DeskItem]:
    """Reminded units at which the user himself is officer or head, while answers are missing."""
    own = Q(pk=None)
    for role, path in scope.grants(user):
        if role in OFFICERS:
            own |= Q(unit__path=path)
    reminded = Participation.objects.filter(
        own,
        round__state=Round.State.OPEN,
        round__surveys_closed_at=None,
        reminders__isnull=False,
    ).distinct()
    rounds = Round.objects.filter(pk__in=reminded.values("round_id")).select_related("framework")
    for round_ in rounds:
        for row in fill_of(round_, reminded.filter(round=round_)):
            if row.short:
                yield _item(
                    row.participation,
                    round_,
                    "reminder",
                    _("Reminder: too few answers to %(surveys)s") % {"surveys": ", ".join(row.short)},
                    reverse("assessments:fieldwork_unit", args=[round_.pk, row.participation.unit.code]),
                )  # fmt: skip


def _batches(user: Any) -> Iterator[DeskItem]:
    """Batches one began or may go on with."""
    for part, permission in (("1", "assessments.edit"), ("2", "assessments.mark")):
        if not scope.can_somewhere(user, permission):
            continue
        found = (
            PaperBatch.objects.visible_to(user, permission)
            .unfinished()
            .filter(part=part)
            .select_related("participation__unit", "participation__round")
            .prefetch_related("entries")
            .order_by("pk")
        )
        for batch in found:
            title = _duty(batch, user)
            if title:
                place = batch.participation
                url = reverse("assessments:fieldwork_batch", args=[place.round_id, place.unit.code, batch.pk])  # fmt: skip
                yield _item(place, place.round, "paper", title, url)


def _duty(batch: PaperBatch, user: Any) -> str:
    """What this user can do for a batch now; "" when it waits for somebody else."""
    words = {"survey": batch.instrument, "number": batch.pk, "forms": batch.forms}
    if batch.state == State.AGREED:
        return _("Commit paper batch %(number)s (%(survey)s, %(forms)s forms)") % words
    if batch.state == State.DIFFERS:
        return _("Decide differences of paper batch %(number)s (%(survey)s)") % words
    sides = {batch.keyed_a_id: "A", batch.keyed_b_id: "B"}
    mine = sides.get(user.pk)
    if mine is None:
        free = batch.keyed_a_id is None or (batch.double and batch.keyed_b_id is None)
        whole = _("Key paper batch %(number)s (%(survey)s, %(forms)s forms)") % words
        return whole if free else ""
    done = any(entry.side == mine and entry.done for entry in batch.entries.all())
    text = _("Finish keying paper batch %(number)s (%(survey)s, %(forms)s forms)") % words
    return "" if done else text


def _item(p: Participation, round_: Round, kind: str, title: str, url: str) -> DeskItem:
    return DeskItem(
        title=title,
        url=url,
        unit=p.unit,
        kind=f"assessments.{kind}",
        kind_label=_("Surveys IIT and EIT"),
        due_on=round_.surveys_to,
        fiscal_year=round_.fiscal_year,
    )
