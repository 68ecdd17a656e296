"""The end of a paper batch: the paper decides where two entries differ, then everything is committed once."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.assessments.engine.keying import Column, byte_of, settle
from sucharit.assessments.engine.packing import MISSING
from sucharit.assessments.fieldwork.services.paper import (
    columns_of,
    differences,
    grid_of,
    locked_batch,
    questionnaire_of,
)
from sucharit.assessments.intake.answers import week_of
from sucharit.assessments.intake.services import record_part2
from sucharit.assessments.models import (
    PaperBatch,
    PaperEntry,
    ResponseCounter,
    Round,
    SurveyResponse,
)
from sucharit.assessments.services.steps import account
from sucharit.core import clock
from sucharit.core.errors import Refusal
from sucharit.core.ledger import record

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

State, Side = PaperBatch.State, PaperEntry.Side


def decide(*, actor: Any, batch: PaperBatch, decided: Mapping[tuple[int, int], str]) -> PaperBatch:
    """Settle every difference from the paper: (form, column) → digit. Then only one set is left.

    Raises Refusal (``where`` = "form-column") for a cell without a decision or off the scale.
    """
    with transaction.atomic():
        held = locked_batch(actor=actor, batch=batch, state=State.DIFFERS)
        columns = columns_of(held)
        chosen = {
            (d.form, d.column): _byte(decided.get((d.form, d.column), ""), columns[d.column], d.form, d.column)
            for d in differences(held)
        }  # fmt: skip
        first, second = (held.entries.get(side=side) for side in (Side.A, Side.B))
        first.cells = bytes(settle(grid_of(held, first), grid_of(held, second), chosen).cells)
        first.side = Side.AGREED
        second.delete()
        first.save()
        held.state, held.decided_by = State.AGREED, account(actor)
        held.save(update_fields=["state", "decided_by"])
        record(
            actor=actor, action="assessments.paper_decided", target=held, unit=held.participation.unit,
            fiscal_year=held.participation.round.fiscal_year, differing=held.differing,
        )  # fmt: skip
    return held


def _byte(text: str, column: Column, form: int, place: int) -> int:
    byte = byte_of(text, column) if text.strip() else None
    if byte is None:
        raise Refusal(
            _("Form %(form)s, %(question)s: key what stands on the paper, 1 to %(most)s, or 0 for blank.")
            % {"form": form, "question": column.code, "most": column.options},
            where=f"{form}-{place}",
        )  # fmt: skip
    return byte


def commit_batch(*, actor: Any, batch: PaperBatch, on: dt.date | None = None) -> int:
    """Each form becomes one answer, all in one transaction, once; gives how many.

    The gate and the cap of the online survey hold here, too. Rows get random ids, which are their
    order, and the week; the batch keeps counts only.
    """
    today = on or clock.today()
    with transaction.atomic():
        held = locked_batch(actor=actor, batch=batch, state=State.AGREED)
        entry = held.entries.get(side=Side.AGREED)
        rows = grid_of(held, entry).rows()
        held.entries.all().delete()
        held.state, held.committed_by, held.committed_at = (
            State.COMMITTED,
            account(actor),
            clock.now(),
        )
        held.save(update_fields=["state", "committed_by", "committed_at"])
        if held.part == "2":
            _into_part2(held, rows, actor=actor, today=today)
        else:
            _into_part1(held, rows, today)
        record(
            actor=actor, action="assessments.paper_committed", target=held, unit=held.participation.unit,
            fiscal_year=held.participation.round.fiscal_year, instrument=held.instrument, part=held.part,
            n=len(rows), double=held.double, differing=held.differing,
        )  # fmt: skip
    return len(rows)


def _into_part1(held: PaperBatch, rows: list[bytes], today: dt.date) -> None:
    part = held.participation
    counter, _made = ResponseCounter.objects.select_for_update().get_or_create(
        participation=part, instrument=held.instrument, part="1"
    )
    if counter.closed or part.round.state != Round.State.OPEN:
        raise Refusal(_("The surveys of this round are not open: paper forms cannot be added."))
    if counter.cap is not None and counter.n + len(rows) > counter.cap:
        raise Refusal(
            _("With these forms there would be more answers than people (%(cap)s). "
                "Check the head count and whether somebody answered twice."
            )
            % {"cap": counter.cap}
        )  # fmt: skip
    made = [
        SurveyResponse(
            id=uuid.uuid4(), participation=part, instrument=held.instrument, part="1",
            framework_version=part.round.framework.version, answers=row, day=week_of(today),
        )
        for row in rows
    ]  # fmt: skip
    SurveyResponse.objects.bulk_create(sorted(made, key=lambda r: r.id))
    counter.n += len(rows)
    counter.save(update_fields=["n"])


def _into_part2(held: PaperBatch, rows: list[bytes], *, actor: Any, today: dt.date) -> None:
    slots = questionnaire_of(held.participation, held.instrument).slots
    names = [{byte: code for code, byte in slot.options.items()} for slot in slots]
    sheets = [
        {
            slot.code: names[n][byte]
            for n, (slot, byte) in enumerate(zip(slots, row, strict=True))
            if byte != MISSING
        }
        for row in rows
    ]
    record_part2(actor=actor, participation=held.participation, sheets=sheets, today=today)
