"""Paper forms: a batch is keyed twice by two people, compared, settled from the paper, committed once.

The lock is always participation, then batch, then counter. Answers in keying are deleted as soon as
they are not needed: the two entries when they agree or are settled, the agreed set with the commit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.assessments.engine.keying import Column, Difference, Grid, compare
from sucharit.assessments.intake.lookup import questions_of
from sucharit.assessments.models import PaperBatch, PaperEntry, Participation, Round
from sucharit.assessments.services.marking import require_no_stake
from sucharit.assessments.services.steps import account, locked_participation
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.ledger import record
from sucharit.orgs import scope

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sucharit.assessments.intake.questions import Questionnaire
    from sucharit.orgs.models import User

LEAST_FORMS = 5  # a batch is one ledger row with a time: fewer would date single answers
MOST_FORMS = 100

State, Side = PaperBatch.State, PaperEntry.Side


@dataclass(frozen=True)
class Saved:
    """What became of rows that were keyed: the grid, and the cells (form, column) that are no option."""

    grid: Grid
    wrong: list[tuple[int, int]]


def permission_for(part: str) -> str:
    """The right to key a part: the unit itself for part 1, assessors for part 2 of EIT."""
    return "assessments.mark" if part == "2" else "assessments.edit"


def open_batch(
    *,
    actor: Any,
    participation: Participation,
    instrument: str,
    forms: int,
    part: str = "1",
    double: bool = True,
) -> PaperBatch:
    """Begin keying a pile of ``forms`` paper forms, numbered from 1.

    Part 1 is always keyed twice; part 2 may be keyed once (``double=False``), which stays flagged.
    """
    if (
        instrument not in ("IIT", "EIT")
        or part not in ("1", "2")
        or (instrument, part) == ("IIT", "2")
    ):
        raise Refusal(_("Choose one of the surveys."), where="instrument")  # fmt: skip
    if not LEAST_FORMS <= forms <= MOST_FORMS:
        raise Refusal(
            _("A batch has %(least)s to %(most)s forms. Keep fewer until more have come.")
            % {"least": LEAST_FORMS, "most": MOST_FORMS},
            where="forms",
        )
    with transaction.atomic():
        held = locked_participation(participation)
        _require(actor=actor, held=held, part=part)
        _require_time(held, instrument, part)
        questionnaire_of(held, instrument)
        batch = PaperBatch.objects.create(
            participation=held, instrument=instrument, part=part, forms=forms,
            double=double or part == "1", created_by=account(actor),
        )  # fmt: skip
        record(
            actor=actor, action="assessments.paper_opened", target=batch, unit=held.unit,
            fiscal_year=held.round.fiscal_year, instrument=instrument, part=part, forms=forms, double=batch.double,
        )  # fmt: skip
    return batch


def save_rows(*, actor: Any, batch: PaperBatch, rows: Mapping[int, Sequence[str]]) -> Saved:
    """Keep keyed rows (form → digits, "" = not keyed yet) in the actor's own entry.

    The first to key makes entry A, the next entry B; a third is refused. A draft, so no ledger row.
    """
    with transaction.atomic():
        held = locked_batch(actor=actor, batch=batch, state=State.KEYING)
        who = account(actor)
        if who is None:
            raise Refusal(_("Paper forms are keyed by people with an account of their own."))
        entry = _entry_to_write(held, who)
        grid = grid_of(held, entry)
        if not set(rows) <= set(range(1, held.forms + 1)):
            raise Refusal(_("There is no form with this number in the batch."), where="form")
        width = len(grid.columns)
        if any(len(row) != width for row in rows.values()):
            raise Refusal(_("Each form has %(n)s answers.") % {"n": width}, where="form")
        wrong = [(form, column) for form, row in rows.items() for column in grid.put(form, row)]
        entry.cells = bytes(grid.cells)
        entry.save()
    return Saved(grid, wrong)


def finish_entry(*, actor: Any, batch: PaperBatch) -> PaperBatch:
    """The actor's entry is whole. When both are, they are compared: equal ones become one at once."""
    with transaction.atomic():
        held = locked_batch(actor=actor, batch=batch, state=State.KEYING)
        entry = own_entry(held, account(actor))
        if entry is None:
            raise Refusal(_("You have not keyed anything of this batch yet."))
        unkeyed = grid_of(held, entry).unkeyed()
        if unkeyed:
            raise Refusal(
                _("Not keyed to the end: form %(forms)s. Key 0 where the paper is blank.")
                % {"forms": ", ".join(map(str, unkeyed[:10])) + ("…" if len(unkeyed) > 10 else "")},
                where=str(unkeyed[0]),
            )
        entry.done = True
        entry.save(update_fields=["done"])
        if not held.double:
            _agree(held, entry)
        elif held.entries.filter(done=True).count() == 2:
            _compare(held)
        record(
            actor=actor, action="assessments.paper_keyed", target=held, unit=held.participation.unit,
            fiscal_year=held.participation.round.fiscal_year, entry=entry.side, differing=held.differing,
        )  # fmt: skip
    return held


def _compare(held: PaperBatch) -> None:
    found = differences(held)
    held.differing = len(found)
    if found:
        held.state = State.DIFFERS
        held.save(update_fields=["differing", "state"])
    else:
        held.save(update_fields=["differing"])
        _agree(held, held.entries.get(side=Side.A))


def _agree(held: PaperBatch, entry: PaperEntry) -> None:
    """This entry is what will be committed; the others have served."""
    held.entries.exclude(pk=entry.pk).delete()
    entry.side, entry.done = Side.AGREED, True
    entry.save()
    held.state = State.AGREED
    held.save(update_fields=["state"])


def differences(batch: PaperBatch) -> list[Difference]:
    """Where the two entries of a batch disagree."""
    first, second = (batch.entries.get(side=side) for side in (Side.A, Side.B))
    return compare(grid_of(batch, first), grid_of(batch, second))


def drop_batch(*, actor: Any, batch: PaperBatch) -> PaperBatch:
    """Give a batch up: what was keyed is deleted, the paper stays as it is."""
    with transaction.atomic():
        held = locked_batch(actor=actor, batch=batch)
        if held.state in (State.COMMITTED, State.DROPPED):
            raise Refusal(_("This batch is finished already."))
        held.entries.all().delete()
        held.state = State.DROPPED
        held.save(update_fields=["state"])
        record(
            actor=actor, action="assessments.paper_dropped", target=held, unit=held.participation.unit,
            fiscal_year=held.participation.round.fiscal_year, forms=held.forms,
        )  # fmt: skip
    return held


def locked_batch(*, actor: Any, batch: PaperBatch, state: str = "") -> PaperBatch:
    """The batch with its unit and round, locked, when the actor may key it and it is in the state."""
    taking_part = locked_participation(batch.participation)
    held = PaperBatch.objects.select_for_update(of=("self",)).filter(pk=batch.pk).first()
    if held is None:
        raise NotFoundInScope(_("There is no such batch."))
    held.participation = taking_part
    _require(actor=actor, held=taking_part, part=held.part)
    if state == State.KEYING:
        _require_time(taking_part, held.instrument, held.part)
    if state and held.state != state:
        raise Refusal(
            _("The batch has moved on meanwhile. Reload the page to see where it stands.")
        )
    return held


def _require(*, actor: Any, held: Participation, part: str) -> None:
    scope.require(actor, permission_for(part), held.unit)
    if part == "2":
        require_no_stake(actor=actor, participation=held)


def _require_time(held: Participation, instrument: str, part: str) -> None:
    state = held.round.state
    if part == "2":
        if state not in (Round.State.OPEN, Round.State.REVIEW):
            raise Refusal(_("Part 2 is collected while the round is open or under review."))
        return
    shut = held.counters.filter(instrument=instrument, part=part, closed=True).exists()
    if state != Round.State.OPEN or shut:
        raise Refusal(_("The surveys of this round are not open: paper forms cannot be added."))


def questionnaire_of(participation: Participation, instrument: str) -> Questionnaire:
    """The questions of the round's framework. Refusal where it has none for the survey."""
    framework = participation.round.framework
    found = questions_of(framework.pk, framework.sha256, instrument)
    if found is None:
        raise Refusal(_("This framework has no questions for %(survey)s.") % {"survey": instrument})
    return found


def columns_of(batch: PaperBatch) -> list[Column]:
    """The questions of a batch as columns of the grid, in printed order."""
    slots = questionnaire_of(batch.participation, batch.instrument).slots
    return [Column(slot.code, len(slot.options)) for slot in slots]


def grid_of(batch: PaperBatch, entry: PaperEntry | None) -> Grid:
    """The grid of an entry; an empty one where nothing was keyed."""
    return Grid(columns_of(batch), batch.forms, bytes(entry.cells) if entry else b"")


def own_entry(batch: PaperBatch, who: User | None) -> PaperEntry | None:
    """What this person keyed of the batch; nobody gets another's entry before both are finished."""
    side = _side_of(batch, who)
    return batch.entries.filter(side=side).first() if side else None


def _side_of(batch: PaperBatch, who: User | None) -> str:
    if who is None:
        return ""
    if batch.keyed_a_id == who.pk:
        return Side.A
    return Side.B if batch.keyed_b_id == who.pk else ""


def _entry_to_write(held: PaperBatch, who: User) -> PaperEntry:
    side = _side_of(held, who)
    if not side:
        if held.keyed_a_id is None:
            side, held.keyed_a = Side.A, who
        elif held.double and held.keyed_b_id is None:
            side, held.keyed_b = Side.B, who
        else:
            raise Refusal(_("Others are keying this batch already. Open a batch of your own."))
        held.save(update_fields=["keyed_a", "keyed_b"])
    entry = held.entries.filter(side=side).first() or PaperEntry(batch=held, side=side)
    if entry.done:
        raise Refusal(_("You have finished your entry: it can no longer be changed."))
    return entry
