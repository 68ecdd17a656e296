"""The self-report (OIT) of a unit: saved item by item, submitted, returned or approved; approval freezes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sucharit.assessments.models import OitEntry, Participation, ProofUse
from sucharit.assessments.services.answers import check_answer
from sucharit.assessments.services.entries import (
    editable,
    entry_of,
    is_editor,
    known_item,
    note_editor,
    put_links,
    stamp,
)
from sucharit.assessments.services.freezing import OWNER_KIND, fingerprint, freeze
from sucharit.assessments.services.readiness import missing_items, refuse_unready
from sucharit.assessments.services.returning import check_comments, return_items
from sucharit.assessments.services.steps import (
    account,
    locked_participation,
    take_step,
)
from sucharit.core import clock
from sucharit.core.errors import NotFoundInScope, Refusal
from sucharit.core.ledger import record
from sucharit.core.models import Evidence


class StaleError(Refusal):
    """Somebody else saved the entry meanwhile; ``current`` is what stands there now."""

    def __init__(self, current: OitEntry) -> None:
        super().__init__(
            _(
                "Somebody else saved this item while you were writing. Nothing is lost: both versions stand below."
            )
        )
        self.current = current


@dataclass(frozen=True)
class Saved:
    """What was saved, and what the officer should look at once more."""

    entry: OitEntry
    warnings: list[str] = field(default_factory=list)


def save_entry(
    *,
    actor: Any,
    participation: Participation,
    item: str,
    links: Sequence[str],
    explanation: str,
    nothing_to_show: bool,
    version: int,
    on: dt.date | None = None,
) -> Saved:
    """Save a draft of one item. ``version`` is what the page was made from (0: nothing saved yet).

    ``links``: 0 to 6 addresses as typed, blanks are skipped, doubles dropped. Raises ValidationError
    by field (``link_1`` … counted as given), StaleError when another save came in between, Refusal when
    the self-report is not a draft or its time is over. What was copied from an earlier year is
    confirmed by saving; evidence whose link is no longer among the links is taken off.
    """
    with transaction.atomic():
        held = locked_participation(participation)
        take_step(actor=actor, participation=held, action="edit", on=on)
        known_item(held, item)
        entry = entry_of(held, item)
        if entry.version != version:
            raise StaleError(entry)
        clean, warnings = check_answer(held, links, explanation, nothing_to_show)
        entry.explanation, entry.nothing_to_show = explanation.strip(), nothing_to_show
        entry.must_confirm = False
        stamp(entry, actor=actor)
        entry.save()
        put_links(entry, clean)
        taken_off = _keep_uses(entry, clean, actor=actor)
        record(
            actor=actor, action="assessments.oit.saved", target=entry, unit=held.unit, fiscal_year=held.round.fiscal_year,
            item=item, version=entry.version, links=len(clean), nothing_to_show=nothing_to_show, proofs_taken_off=taken_off,
        )  # fmt: skip
    return Saved(entry, warnings)


def attach_evidence(
    *,
    actor: Any,
    participation: Participation,
    item: str,
    upload: Any,
    title: str,
    on: dt.date | None = None,
) -> Evidence:
    """Put a file behind an item while the self-report is a draft.

    The file is read and hashed outside the transaction; the right and the state are asked again inside it,
    so no file slips in after approval. Raises what core.evidence raises, and Refusal.
    """
    from sucharit.core.evidence import services as evidence

    with transaction.atomic():
        held = editable(actor=actor, participation=participation, on=on)
        known_item(held, item)
        entry = entry_of(held, item)
        if entry.pk is None or not is_editor(entry, actor=actor):
            note_editor(entry, actor=actor)
            entry.save()
    return evidence.add_evidence(
        actor=actor, unit=held.unit, fiscal_year=held.round.fiscal_year, title=title, owner_kind=OWNER_KIND, owner_id=entry.pk,
        upload=upload, check=lambda: editable(actor=actor, participation=participation, on=on),
    )  # fmt: skip


def withdraw_evidence(
    *,
    actor: Any,
    participation: Participation,
    item: str,
    evidence_id: str,
    on: dt.date | None = None,
) -> Evidence:
    """Take a file out of a draft; its bytes stay for the record. NotFoundInScope for a file of something else."""
    from sucharit.core.evidence import services as evidence

    held = Evidence.objects.filter(pk=evidence_id, owner_kind=OWNER_KIND, withdrawn_at=None).first()
    entry = OitEntry.objects.filter(participation=participation, item=item).first()
    if held is None or entry is None or held.owner_id != str(entry.pk):
        raise NotFoundInScope(_("There is no such file."))
    return evidence.withdraw(
        actor=actor,
        evidence=held,
        check=lambda: editable(actor=actor, participation=participation, on=on),
    )


def submit(
    *,
    actor: Any,
    participation: Participation,
    incomplete_ok: bool = False,
    on: dt.date | None = None,
) -> Participation:
    """Hand the self-report to the head. Items without an answer must be confirmed: they get no points.

    Refusal: answers copied from an earlier year that nobody has looked at; items without an answer
    (``where="incomplete_ok"``).
    """
    with transaction.atomic():
        held = locked_participation(participation)
        state = take_step(actor=actor, participation=held, action="submit", on=on)
        missing = missing_items(held)
        refuse_unready(held, missing, incomplete_ok=incomplete_ok)
        held.oit_state = state
        held.submitted_at, held.submitted_by = clock.now(), account(actor)
        held.save(update_fields=["oit_state", "submitted_at", "submitted_by"])
        record(
            actor=actor, action="assessments.oit.submitted", target=held, unit=held.unit,
            fiscal_year=held.round.fiscal_year, missing=len(missing),
        )  # fmt: skip
    return held


def return_report(
    *,
    actor: Any,
    participation: Participation,
    note: str = "",
    items: Mapping[str, str] | None = None,
    on: dt.date | None = None,
) -> Participation:
    """Send the self-report back to the officer with a reason: a note, comments by item, or both.

    ValidationError by field: ``note``, or ``item_O14`` for a comment that is too long.
    """
    with transaction.atomic():
        held = locked_participation(participation)
        state = take_step(actor=actor, participation=held, action="return", on=on)
        comments = check_comments(held, note, items or {})
        held.oit_state, held.returned_note = state, note.strip()
        held.save(update_fields=["oit_state", "returned_note"])
        return_items(held, comments, actor=actor)
        record(
            actor=actor, action="assessments.oit.returned", target=held, unit=held.unit,
            fiscal_year=held.round.fiscal_year, items=sorted(comments),
        )  # fmt: skip
    return held


def approve(
    *, actor: Any, participation: Participation, on: dt.date | None = None
) -> Participation:
    """The head approves: every item is frozen as it stands, with the fingerprints of its files."""
    with transaction.atomic():
        held = locked_participation(participation)
        state = take_step(actor=actor, participation=held, action="approve", on=on)
        now = clock.now()
        frozen = freeze(held, now)
        held.oit_state, held.approved_at, held.approved_by, held.returned_note = (
            state,
            now,
            account(actor),
            "",
        )
        held.save(update_fields=["oit_state", "approved_at", "approved_by", "returned_note"])
        record(
            actor=actor, action="assessments.oit.approved", target=held, unit=held.unit, fiscal_year=held.round.fiscal_year,
            items=len(frozen), sha256=fingerprint(frozen),
        )  # fmt: skip
        transaction.on_commit(partial(_keep_copies, held.pk), robust=True)
    return held


def _keep_copies(participation_id: int) -> None:
    """Have the frozen links fetched in the background; approval never waits for it."""
    from sucharit.assessments.proof import fetching, tasks

    if fetching.switched_on():
        tasks.keep_copies.enqueue(participation_id)


def _keep_uses(entry: OitEntry, urls: list[str], *, actor: Any) -> int:
    """Evidence of the library follows the item's links; what stays is confirmed. How many went."""
    uses = ProofUse.objects.filter(participation=entry.participation, item=entry.item)
    gone, _kinds = uses.exclude(revision__url="").exclude(revision__url__in=urls).delete()
    uses.filter(must_confirm=True).update(
        must_confirm=False, confirmed_at=clock.now(), confirmed_by=account(actor)
    )
    return gone
